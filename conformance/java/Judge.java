import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.kie.dmn.api.core.DMNContext;
import org.kie.dmn.api.core.DMNDecisionResult;
import org.kie.dmn.api.core.DMNMessage;
import org.kie.dmn.api.core.DMNModel;
import org.kie.dmn.api.core.DMNResult;
import org.kie.dmn.api.core.DMNRuntime;
import org.kie.dmn.core.internal.utils.DMNRuntimeBuilder;
import org.kie.dmn.validation.DMNValidator;
import org.kie.dmn.validation.DMNValidator.Validation;
import org.kie.dmn.validation.DMNValidatorFactory;
import org.kie.internal.io.ResourceFactory;

/**
 * Runs a DMN model for the conformance kit: one JSON request a line on stdin, one JSON answer a line on stdout.
 *
 * {"load": "a model"} answers {} where the schema of DMN and the rules of its models allow it, {"judge": [inputs, ...]} answers {"answers": [...]}; what fails answers {"error": "..."}.
 */
public class Judge {
  public static void main(String[] args) throws Exception {
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err); // what the engine prints must not stand among the answers
    ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    DMNValidator validator = DMNValidatorFactory.newValidator();
    DMNRuntime runtime = null;
    DMNModel model = null;
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      Map<String, Object> answer = new LinkedHashMap<>();
      try {
        JsonNode request = json.readTree(line);
        if (request.has("load")) {
          String text = request.get("load").asText();
          refuseInvalid(validator, text);
          runtime = DMNRuntimeBuilder.fromDefaults().buildConfiguration()
              .fromResources(List.of(ResourceFactory.newReaderResource(new StringReader(text), "UTF-8")))
              .getOrElseThrow(RuntimeException::new);
          model = runtime.getModels().get(0);
          if (model.hasErrors()) throw new IllegalStateException(model.getMessages().toString());
        } else {
          List<Object> all = new ArrayList<>();
          for (JsonNode input : request.get("judge")) {
            DMNContext context = runtime.newContext();
            input.fields().forEachRemaining((field) -> context.set(field.getKey(), plain(field.getValue())));
            DMNResult result = runtime.evaluateAll(model, context);
            DMNDecisionResult found = result.getDecisionResultByName("answer");
            if (found.getResult() == null) throw new IllegalStateException(result.getMessages().toString());
            all.add(found.getResult());
          }
          answer.put("answers", all);
        }
      } catch (Exception failure) {
        answer.clear();
        answer.put("error", failure.toString());
      }
      answers.println(json.writeValueAsString(answer));
    }
  }

  /** Warnings are let pass: that no variable names its type is meant. */
  private static void refuseInvalid(DMNValidator validator, String text) {
    String mistakes = validator.validateUsing(Validation.VALIDATE_SCHEMA, Validation.VALIDATE_MODEL)
        .theseModels(new StringReader(text)).stream()
        .filter((message) -> message.getLevel() == DMNMessage.Level.ERROR)
        .map(DMNMessage::getText)
        .collect(Collectors.joining("\n"));
    if (!mistakes.isEmpty()) throw new IllegalStateException(mistakes);
  }

  private static Object plain(JsonNode value) {
    if (value.isNull()) return null;
    if (value.isBoolean()) return value.booleanValue();
    if (value.isNumber()) return new BigDecimal(value.asText());
    if (value.isTextual()) return value.textValue();
    if (value.isArray()) {
      List<Object> list = new ArrayList<>();
      for (JsonNode item : value) list.add(plain(item));
      return list;
    }
    Map<String, Object> context = new LinkedHashMap<>();
    value.fields().forEachRemaining((field) -> context.put(field.getKey(), plain(field.getValue())));
    return context;
  }
}
