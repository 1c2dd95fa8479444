import { eachRuleOnce } from '#engine';
import type {
  Decision,
  ExplainedCondition,
  Explanation,
  LineVerdict,
  RuleOutcome,
  Truth,
  Verdict,
} from '#engine';
import { paintFor, plain, tableText } from './terminal.ts';
import type { Paint } from './terminal.ts';

export interface PrintedVerdict {
  readonly verdict: Verdict;
  readonly policies: readonly string[];
  readonly payer: string;
  readonly date: string;
  /** The day whose policies judged. */
  readonly inForceOn: string;
  /** As of which other days and policies, in words; null: as the encounter says, by the folder as it is. */
  readonly whatIf: string | null;
}

/** A verdict for people: what was decided line by line, then why, then what to do. */
export function verdictText(
  { verdict, policies, payer, date, inForceOn, whatIf }: PrintedVerdict,
  color: boolean,
): string {
  const paint = paintFor(color);
  const out = [
    `${paint.bold(verdict.encounter)}  ${plain(payer)}, ${date}`,
    ...(whatIf === null ? [] : [`judged ${plain(whatIf)}; everything else as it is`]),
    `decision: ${paintDecision(verdict.decision, paint)}`,
    '',
  ];
  if (policies.length === 0)
    out.push(paint.yellow(`No policy is in force for ${payer} on ${inForceOn}, so nothing was asked.`), '');
  const rows = verdict.lines.map((line) => [
    String(line.line),
    line.code,
    line.decision,
    line.supportableUnits === null ? '–' : String(line.supportableUnits),
    String(line.violated.length),
    String(eachRuleOnce(line.undetermined).length),
  ]);
  out.push(
    ...tableText(
      ['line', 'code', 'decision', 'supportable units', 'violated', 'undetermined'],
      rows,
      (row, text) =>
        row[2] === 'pay' ? text : text.replace(row[2]!, paintDecision(row[2] as Decision, paint)),
    ),
  );
  for (const line of verdict.lines)
    out.push(...subjectLines(`line ${line.line}, ${plain(line.code)}`, line, paint));
  out.push(...subjectLines('visit', verdict.visit, paint));
  return `${out.join('\n')}\n`;
}

function subjectLines(
  name: string,
  { violated, undetermined }: Pick<LineVerdict, 'violated' | 'undetermined'>,
  paint: Paint,
): string[] {
  if (violated.length + undetermined.length === 0) return [];
  return [
    '',
    paint.bold(name),
    ...violated.flatMap(({ rule, effect, message, remedy, cites }) => [
      `  ${paintDecision(effect, paint)}  ${plain(message)}`,
      ...(remedy === '' ? [] : [`    ${plain(remedy)}`]),
      paint.dim(`    ${rule}${cites.length > 0 ? ` (${cites.join(', ')})` : ''}`),
    ]),
    ...[...byNeeds(undetermined)].flatMap(([needs, rules]) => [
      `  ${paintDecision('needs-record', paint)}  ${needs === '' ? 'not enough is supplied to say' : `never supplied: ${needs}`}`,
      ...rules.map((rule) => paint.dim(`    ${rule}`)),
    ]),
  ];
}

/** Rules that wait for the same sections, under one heading. */
function byNeeds(undetermined: LineVerdict['undetermined']): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const { rule, needs } of eachRuleOnce(undetermined)) {
    const name = needs.map((need) => (need === 'visit.received' ? 'date received' : need)).join(', ');
    groups.set(name, [...(groups.get(name) ?? []), rule]);
  }
  return groups;
}

const truthMarks = { true: '✓', false: '✗', unknown: '?' } as const;

/** Every rule that had something to say, with its conditions and the values under them; the others in one line each. */
export function explanationsText(explanations: readonly Explanation[], color: boolean): string {
  const paint = paintFor(color);
  const subjects = new Map<number | null, Explanation[]>();
  for (const explanation of explanations) {
    const known = subjects.get(explanation.line);
    if (known) known.push(explanation);
    else subjects.set(explanation.line, [explanation]);
  }
  return [...subjects]
    .toSorted(([a], [b]) => (a ?? Infinity) - (b ?? Infinity))
    .map(([line, all]) => {
      const silent = all.filter(({ outcome }) => outcome === 'not-applicable');
      return [
        paint.bold(line === null ? 'visit' : `line ${line}`),
        ...all.filter(({ outcome }) => outcome !== 'not-applicable').flatMap((one) => ruleLines(one, paint)),
        ...(silent.length > 0
          ? [paint.dim(`  not applicable: ${silent.map(({ rule }) => rule).join(', ')}`)]
          : []),
        '',
      ].join('\n');
    })
    .join('\n');
}

function ruleLines({ rule, title, outcome, message, citations, parts }: Explanation, paint: Paint): string[] {
  const cites = citations.map(({ source, clause }) => `${source}#${clause}`);
  return [
    `  ${paintOutcome(outcome, paint)}  ${plain(title)}`,
    paint.dim(`    ${rule}${cites.length > 0 ? ` (${cites.join(', ')})` : ''}`),
    ...(message === '' ? [] : [`    ${plain(message)}`]),
    ...parts.flatMap(({ role, ifReceived, conditions }) => [
      paint.dim(`    ${role}${ifReceived === null ? '' : `, if ${ifReceived}`}`),
      ...conditions.flatMap((condition) => conditionLines(condition, 6, paint)),
    ]),
  ];
}

function conditionLines(
  { otherLine, sentence, result, found, needs, children }: ExplainedCondition,
  indent: number,
  paint: Paint,
): string[] {
  const space = ' '.repeat(indent);
  const values = [
    ...(found === null ? [] : [`found: ${found}`]),
    ...(needs === null ? [] : [`needed: ${needs}`]),
  ];
  return [
    `${space}${paintTruth(result, paint)} ${otherLine === null ? '' : `line ${otherLine}: `}${plain(sentence)}`,
    ...(values.length === 0 ? [] : [paint.dim(`${space}    ${plain(values.join('; '))}`)]),
    ...children.flatMap((child) => conditionLines(child, indent + 2, paint)),
  ];
}

function paintTruth(result: Truth, paint: Paint): string {
  const mark = truthMarks[String(result) as keyof typeof truthMarks];
  return result === true ? paint.green(mark) : result === false ? paint.red(mark) : paint.yellow(mark);
}

function paintOutcome(outcome: RuleOutcome, paint: Paint): string {
  const loud = {
    met: paint.green,
    violated: paint.red,
    undetermined: paint.yellow,
    'not-applicable': paint.dim,
  }[outcome];
  return loud(outcome);
}

function paintDecision(decision: Decision, paint: Paint): string {
  const loud = {
    deny: paint.red,
    review: paint.yellow,
    reduce: paint.yellow,
    'needs-record': paint.yellow,
    advise: paint.cyan,
    pay: paint.green,
  }[decision];
  return loud(decision);
}
