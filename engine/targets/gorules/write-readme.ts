/** For who receives the export. */
export function writeReadme(): string {
  return `# The policies as a GoRules decision

\`policy.json\` is a JDM graph. It opens in the GoRules editor, and runs on ZEN (Node, Rust, Python, Go):

    const { ZenEngine } = require('@gorules/zen-engine');
    const decision = new ZenEngine().createDecision(fs.readFileSync('policy.json'));
    const { result } = await decision.evaluate(encounter);

The input is an encounter as JSON; a section that is left out was never supplied, and one with blank fields was. The
two decide differently. The result has a decision for the claim and for each line, the units that the record supports,
and the ids of violated and undetermined rules. Values of the wrong type must be refused before: the graph does not look.

There is one expression node for each policy and period; its first row says whether it is in force, the next ones are
its figures, and then there is a row for each rule, named by the rule. Days are numbers since 1970-01-01. Three nodes are
JavaScript: the one that reads the encounter, the one that makes units of minutes, and the one that decides.
`;
}
