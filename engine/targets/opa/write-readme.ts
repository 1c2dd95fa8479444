/** For who receives the export. */
export function readme(packageName: string): string {
  const path = packageName.replaceAll('.', '/');
  return `# The policies for Open Policy Agent

\`bundle/\` is an ordinary bundle in Rego v1. The input is an encounter as JSON, as it came; one entry point answers:

    opa eval --bundle bundle --input encounter.json 'data.${packageName}.answer'
    opa run --server --addr 127.0.0.1:8181 --bundle bundle     # then POST {"input": …} to /v1/data/${path}/answer

The answer is \`{"answer": {decision, lines, visit}, "refused": null}\`, or \`{"answer": null, "refused": [{at, problem}]}\`
for a document in which a value has the wrong type: nothing is judged then. \`input.schema.json\` (JSON Schema 2020-12) says what
a document may hold; it stands outside of the bundle, since the bundle looks itself.
A section that is left out (\`record\`, \`plan\`, …) was never supplied, and rules that need it are undetermined; a field that is
left out, null or blank is empty. The two decide differently.

\`opa test --bundle bundle\` runs a part of the conformance kit; the whole kit is in \`conformance/\`.
There is no \`.signatures.json\`: an agent without keys would refuse a signed bundle. The signature of this export stands beside it.
`;
}
