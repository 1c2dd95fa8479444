/** For who receives the export. */
export function writeReadme(version: string): string {
  return `# The policies as rules of json-rules-engine

\`rules.json\` holds the rules, \`facts.mjs\` runs them, and \`facts.d.mts\` has its types.
They need json-rules-engine ${version}, which \`npm install\` brings as \`package.json\` names it, and Node.js 20 or later.

\`\`\`js
import { judge } from './facts.mjs';
const answer = await judge(encounter); // { decision, lines, visit }, or { refused: [{ at, problem }] }
\`\`\`

An encounter is JSON as \`input.schema.json\` describes it; one with a value of the wrong type is refused with the place.
A section that is left out was never supplied: what needs it comes out as \`undetermined\`, and never as \`violated\`.

\`judge\` takes one encounter at a time: two runs of one engine that overlap would lose rules, so calls wait for each other in the order in which they came, and \`Promise.all\` over many is right, and no faster.
To judge many at once, run several processes (or worker threads), each with the module and a part of the encounters of its own.
The module is for Node.js alone, since it reads \`rules.json\` from beside it; where there is no Node.js, take the JavaScript export.

For each policy and period, \`rules.json\` has the rules that are asked of each line, and those that are asked of the visit.
A rule of a policy is three rules of the engine, with the events \`violated\`, \`met\` and \`not-applicable\`; each event carries the rule, its effect and the line (null for the visit). Where none of the three holds, the rule cannot be decided.
The engine knows no loops: \`others\` are conditions that are asked of each other line first, and reach the rules as the facts \`others1\`, \`others2\` and so on. Facts of the other line begin with \`other:\`. Figures say in the same way which lines or prior visits they count.
Long lists and pairs of codes stand once, under \`lists\`, and are facts as well: \`list1\`, \`pairs2\`.
No rule has a \`path\`, and an engine that meets one stops.
`;
}
