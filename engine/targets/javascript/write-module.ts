import type { PlainProgram } from '../../intermediate/form.ts';
import { createLists } from './write-test.ts';
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
  const answers = lines.map((_, index) => {
    const units = judged.map((one) => one.units[index]).filter((it) => typeof it === 'number');
    const { decision, violated, undetermined } = sum(judged.flatMap((one) => one.lines[index]));
    const supportableUnits = units.length === 0 ? null : Math.min(...units);
    return { line: index + 1, decision, supportableUnits, violated, undetermined };
  });
  const { decision, violated, undetermined } = sum(judged.flatMap((one) => one.visit));
  const all = [decision, ...answers.map((line) => line.decision)];
  return { decision: gravest(all), lines: answers, visit: { violated, undetermined } };
}

/** Decisions, gravest first. */
const decisions = ['deny', 'review', 'reduce', 'needs-record', 'advise', 'pay'];

function gravest(some) {
  return decisions.find((decision) => some.includes(decision)) ?? 'pay';
}

function sum(outcomes) {
  const violated = outcomes.filter(({ outcome }) => outcome === 'violated');
  const undetermined = outcomes.filter(({ outcome }) => outcome === 'undetermined');
  const effects = violated.map(({ rule }) => rule.effect);
  if (undetermined.length > 0) effects.push('needs-record');
  const ids = (some) => some.map(({ rule }) => rule.id).sort();
  return { decision: gravest(effects), violated: ids(violated), undetermined: ids(undetermined) };
}

/** The policies of the payer on the date of service, without those that another one replaces. */
function periodsInForce(visit) {
  const [day, payer] = [visit['visit.date'], visit['visit.payer']];
  const found = policies.flatMap((policy) => {
    if (policy.payers !== null && !policy.payers.includes(payer)) return [];
    const period = policy.periods.find(({ from, to }) => from <= day && (to === null || day <= to));
    return period ? [{ policy, period }] : [];
  });
  const replaced = found.map(({ policy }) => policy.replaces);
  return found.filter(({ policy }) => !replaced.includes(policy.id)).map(({ period }) => period);
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
}

/** Unknown where it is unknown of any item whether it counts, or what its value is; empty values are passed over. */
function figureOf({ calculation, value, counts, isLeftOut }, visit, items, figures) {
  if (items === null) return undefined;
  let count = 0;
  const values = [];
  for (const item of items) {
    if (isLeftOut(visit, item, figures)) continue;
    if (!counts(visit, item, figures)) return undefined;
    count += 1;
    if (value === null) continue;
    const found = value(visit, item, figures);
    if (found === undefined) return undefined;
    if (found !== null) values.push(found);
  }
  if (calculation === 'count') return count;
  if (calculation === 'countDistinct') return new Set(values).size;
  // In whole thousandths, so that no order of adding gives another sum.
  if (calculation === 'sum')
    return values.reduce((total, one) => total + Math.round(one * 1000), 0) / 1000;
  if (values.length === 0) return null;
  return values.reduce((best, one) => ((calculation === 'min' ? one < best : one > best) ? one : best));
}

function has(value) {
  return value !== undefined && value !== null;
}

function addDays(day, days) {
  return dayText(dayNumber(day) + days);
}

function daysBetween(one, two) {
  return Math.abs(dayNumber(one) - dayNumber(two));
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
