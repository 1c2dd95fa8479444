/** For who receives the export. */
export function writeReadme(): string {
  return `# The policies as a GoRules decision

\`policy.json\` is a JDM graph. It opens in the GoRules editor, and runs on ZEN (Node, Rust, Python, Go):

    const { ZenEngine } = require('@gorules/zen-engine');
    const decision = new ZenEngine().createDecision(fs.readFileSync('policy.json'));
    const { result } = await decision.evaluate(encounter);

The input is an encounter as JSON; a section that is left out was never supplied, and one with blank fields was. The
two decide differently. The result has a decision for the claim and for each line, the units that the record supports,
and the ids of violated and undetermined rules.

Values of the wrong type must be refused before: the graph does not look. \`input.schema.json\` (JSON Schema 2020-12) refuses
them, but for a day that no calendar has (\`2023-02-29\`) and a fourth decimal place: those two must be looked for besides.

To try an encounter in the simulator of the editor, paste what stands under \`encounter\` in a line of
\`conformance/kit.jsonl\` as the request, and compare the output with what stands under \`expected\`. Test events of GoRules
are no file: their server keeps them, and takes them one by one over its API (\`test-events\`, where \`context\` is the request
as text).

There is one expression node for each policy and period; its first row says whether it is in force, the next ones are
its figures, and then there is a row for each rule, named by the rule. Days are numbers since 1970-01-01. Three nodes are
JavaScript: the one that reads the encounter, the one that makes units of minutes, and the one that decides.
`;
}
