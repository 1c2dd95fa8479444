import { compile, judge } from '../../evaluate/compile.ts';
import type { Decision, Finding, Undetermined } from '../../evaluate/outcome.ts';
import { verdictOf } from '../../evaluate/verdict.ts';
import type { ClaimLine } from '../../facts/encounter.ts';
import type { Policy } from '../../model/policy.ts';
import { andList, count } from '../../base/words.ts';
import { sectionNouns } from '../../words/nouns.ts';
import { amount } from '../../words/values.ts';
import type { Workspace } from '../../workspace/workspace.ts';

/** A saved case in which a policy has something to say of a line or of the visit. */
export interface Example {
  readonly title: string;
  /** "97530, 2 units, 20 minutes"; of the visit: what is billed on it. */
  readonly billed: string;
  readonly decision: Decision;
  /** Why, in the policy's own words. */
  readonly reasons: readonly string[];
  /** The rules that speak, so that each may be shown once. */
  readonly rules: readonly string[];
}

/** So many a policy, one for each rule as far as they go. */
const mostExamples = 6;

/** The examples of each revision, from the saved cases as the exported policies together decide them. */
export function examplesOf(
  policies: readonly Policy[],
  { cases, vocabulary }: Workspace,
): (policy: Policy) => readonly Example[] {
  const program = compile(policies, vocabulary);
  const found = new Map<string, Example[]>(policies.map((policy) => [keyOf(policy), []]));
  for (const { title, ready, skip } of cases) {
    if (ready === null || skip !== null) continue;
    const { encounter, table } = ready;
    const judgement = judge(program, table);
    const verdict = verdictOf(judgement);
    for (const { epoch } of judgement.policies) {
      const { policy } = epoch;
      const examples = found.get(keyOf(policy))!;
      const own = new Set(policy.rules.map(({ id }) => id));
      for (const { line, decision, violated, undetermined } of verdict.lines) {
        const said = sayingOf(violated, undetermined, own);
        if (said.rules.length > 0)
          examples.push({ title, billed: lineWords(encounter.lines[line - 1]!), decision, ...said });
      }
      const said = sayingOf(verdict.visit.violated, verdict.visit.undetermined, own);
      if (said.rules.length > 0)
        examples.push({
          title,
          billed: `The visit: ${andList(encounter.lines.map(({ claim }) => textOf(claim.get('line.code'))))}`,
          decision: verdict.decision,
          ...said,
        });
    }
  }
  return (policy) => chosen(found.get(keyOf(policy))!);
}

/** Of a revision, bound to a day or not. */
function keyOf({ id, from }: Policy): string {
  return `${id} ${from}`;
}

/** Those first that show a rule which no earlier one shows, the plainest of each: the fewest rules at once. */
function chosen(examples: readonly Example[]): readonly Example[] {
  const shown = new Set<string>();
  const taken = examples
    .toSorted((a, b) => a.rules.length - b.rules.length)
    .filter(({ rules }) => {
      const isNew = rules.some((rule) => !shown.has(rule));
      for (const rule of rules) shown.add(rule);
      return isNew;
    });
  return taken.slice(0, mostExamples);
}

function sayingOf(
  violated: readonly Finding[],
  undetermined: readonly Undetermined[],
  own: ReadonlySet<string>,
): Pick<Example, 'reasons' | 'rules'> {
  const [against, open] = [
    violated.filter(({ rule }) => own.has(rule)),
    undetermined.filter(({ rule }) => own.has(rule)),
  ];
  const missing = [...new Set(open.flatMap(({ needs }) => needs))].map((need) => sectionNouns[need] ?? need);
  return {
    reasons: [
      ...against.map(({ message }) => message),
      ...(missing.length === 0 ? [] : [`Not supplied: ${andList(missing)}.`]),
    ],
    rules: [...against, ...open].map(({ rule }) => rule),
  };
}

function lineWords({ claim, record }: ClaimLine): string {
  const units = claim.get('line.units');
  const minutes = record?.get('record.minutes');
  return [
    textOf(claim.get('line.code')),
    ...(typeof units === 'number' ? [count(units, 'unit')] : []),
    ...(typeof minutes === 'number' ? [amount(minutes, 'minutes')] : []),
  ].join(', ');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '–';
}
