/** For who receives the export. */
export function writeReadme(): string {
  return `# The policies as a DMN model

\`policy.dmn\` is DMN 1.3 with a diagram. There is one decision for each policy and period, a boxed context: whether it is in
force, its figures, and an entry for each rule, whose description names it. Ask for the decision \`answer\`: a decision for
the claim and for each line, the units that the record supports, and the ids of violated and undetermined rules.

It has three inputs. \`encounter\` is a context with one entry for each fact of the visit (\`visit_date\`, \`note_goals\`), and
\`…_supplied\` for each section that may be missing: false where that part of the health record was never sent. \`lines\` and
\`priorVisits\` are lists of such contexts; each has its \`position\`, from 1, and a line \`record_supplied\`. Every entry must
be there: null where there is no value. Days are numbers since 1970-01-01; numbers that may have decimals are in
thousandths. Values of the wrong type must be refused before: the model does not look.

It was tried on two engines: on Apache KIE (Drools) as a whole, and on feelin, an engine for FEEL, decision by decision. Your
engine may differ from both: run the encounters of the conformance kit on it, with their expected answers, before you
rely on it.
`;
}
