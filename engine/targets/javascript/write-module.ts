import type { PlainProgram } from '../../intermediate/form.ts';
import { createLists } from './write-test.ts';
import { decideCode } from './write-decide.ts';
import { inputCode, writeFields } from './write-input.ts';
import { comment, writeRules } from './write-rules.ts';
import { unitsCode } from './write-units.ts';

/** The whole module: what the policies say first, then how an encounter is read and judged. */
export function writeModule({ fields, policies, semantics }: PlainProgram): string {
  const lists = createLists();
  const rules = writeRules(policies, lists);
  const titles = [...new Set(policies.map(({ title }) => title))];
  return `// Payer policies, written by Proviso. Changes belong into the policies and not into this file.
${titles.map((title) => `//   ${comment(title)}`).join('\n')}
//
//   import { judge } from './policy.mjs';
//   judge(encounter) gives { decision, lines, visit }, or { refused } where the encounter cannot be judged.
//   node policy.mjs < encounters.ndjson prints one answer for each line.
//
// undefined is what was never supplied, null what is empty. A condition that is not certain is neither of its two tests.

/** The meaning of the rules, as the makers of Proviso number it. */
export const semantics = ${semantics};

/** Every field that is read of an encounter. */
${writeFields(fields)}

${lists.written().join('\n\n')}

${rules}

${judgeCode}

${decideCode}

${unitsCode}

${inputCode}

${commandCode}
`;
}

const judgeCode = String.raw`/** What the policies say of one encounter. */
export function judge(document) {
  const { visit, lines, prior, problems } = read(document);
  if (problems.length > 0) return { refused: problems };
  const judged = periodsInForce(visit).map((period) => judgePeriod(period, visit, lines, prior));
  return answerOf(judged, lines);
}

function judgePeriod(period, visit, billed, prior) {
  const timed = applyTimeRule(period.timeRule, billed);
  const lines = billed.map((line, index) => ({ ...line, 'record.supportableUnits': timed.units[index] }));
  const figures = { ...timed.figures };
  for (const figure of period.figures)
    figures[figure.name] = figureOf(figure, visit, figure.over === 'lines' ? lines : prior, timed.figures);
  const ask = (scope, line, others) =>
    period.rules
      .filter((rule) => rule.scope === scope)
      .map((rule) => ({ rule, outcome: outcomeOf(rule, visit, line, others, figures) }));
  return {
    units: timed.units,
    lines: lines.map((line) => ask('line', line, lines.filter((other) => other !== line))),
    visit: ask('visit', null, lines),
  };
}

function outcomeOf(rule, visit, line, others, figures) {
  if (rule.doesNotApply(visit, line, others, figures)) return 'not-applicable';
  if (!rule.applies(visit, line, others, figures)) return 'undetermined';
  if (rule.isMet(visit, line, others, figures)) return 'met';
  return rule.isNotMet(visit, line, others, figures) ? 'violated' : 'undetermined';
}`;

const commandCode = String.raw`/** As a command: one encounter a line in, one answer a line out. */
async function command() {
  const { createInterface } = process.getBuiltinModule('node:readline');
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue;
    let answer;
    try {
      answer = judge(JSON.parse(line));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      answer = { refused: [{ at: '', problem: 'must be JSON' }] };
    }
    process.stdout.write(JSON.stringify(answer) + '\n');
  }
}

function isCommand() {
  if (typeof process === 'undefined' || !process.argv?.[1]) return false;
  try {
    const { realpathSync } = process.getBuiltinModule('node:fs');
    const { pathToFileURL } = process.getBuiltinModule('node:url');
    return import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href;
  } catch {
    // Whoever may not read the file system has imported the module.
    return false;
  }
}

if (isCommand()) await command();`;
