import type { PlainProgram } from '../../intermediate/form.ts';

export function writeReadme({ policies }: PlainProgram): string {
  const ids = [...new Set(policies.map(({ id }) => id))];
  return `# The policies as a JavaScript module

\`policy.mjs\` is one ES module without dependencies, and \`policy.d.mts\` its types.
It holds ${ids.length === 1 ? 'the policy' : 'the policies'} ${ids.map((id) => `\`${id}\``).join(', ')}.

\`\`\`js
import { judge } from './policy.mjs';
const answer = judge(encounter); // { decision, lines, visit }, or { refused: [{ at, problem }] }
\`\`\`

As a command, \`node policy.mjs < encounters.ndjson\` prints one answer for each line; that needs Node.js 20.16 or later, and the module itself no platform at all.
An encounter is JSON as \`input.schema.json\` describes it; one with a value of the wrong type is refused with the place.
A section that is left out was never supplied: what needs it comes out as \`undetermined\`, and never as \`violated\`.
The module reads no clock, no file and no network, and gives the same answer to the same encounter.
`;
}
