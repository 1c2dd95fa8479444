import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;

/**
 * Validates resources of FHIR R4, without any server: one JSON request a line on stdin, one JSON answer a line on stdout.
 *
 * {"validate": "a resource"} answers {"problems": ["error Library.status: ..."]}; what fails answers {"error": "..."}.
 */
public class Validate {
  public static void main(String[] args) throws Exception {
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err); // what the validator prints must not stand among the answers
    ObjectMapper json = new ObjectMapper();
    BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    FhirContext context = FhirContext.forR4();
    FhirValidator validator = context.newValidator();
    validator.registerValidatorModule(new FhirInstanceValidator(new ValidationSupportChain(
        new DefaultProfileValidationSupport(context),
        new CommonCodeSystemsTerminologyService(context),
        new InMemoryTerminologyServerValidationSupport(context))));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      try {
        String resource = json.readTree(line).get("validate").asText();
        List<String> problems = new ArrayList<>();
        for (SingleValidationMessage message : validator.validateWithResult(resource).getMessages())
          if (message.getSeverity() != ResultSeverityEnum.INFORMATION)
            problems.add(message.getSeverity().getCode() + " " + message.getLocationString() + ": " + message.getMessage());
        answers.println(json.writeValueAsString(Map.of("problems", problems)));
      } catch (Exception error) {
        answers.println(json.writeValueAsString(Map.of("error", String.valueOf(error))));
      }
    }
  }
}
