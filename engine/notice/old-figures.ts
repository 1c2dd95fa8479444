import type { ChangedRegion } from '../compare/compare-policies.ts';
import type { Epoch } from '../evaluate/compile.ts';
import { walk } from '../model/condition.ts';
import type { Operand } from '../model/condition.ts';
import { inForce } from '../model/effective.ts';
import type { Citation, Policy, Rule } from '../model/policy.ts';
import { nameWords } from '../words/runs.ts';
import { amount, singular } from '../words/values.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** A clause that the notice cites for a number, and that says another one: the one from before. */
export interface OldFigure {
  readonly source: string;
  readonly clause: string;
  /** What is there, in a plain sentence; what to do about it is the same for all: `oldFiguresAdvice`. */
  readonly words: string;
}

/** The next move. */
export const oldFiguresAdvice = 'Update the source page, or cite another clause, before the notice is sent.';

/**
 * The clauses that changed rules rest on and that still say the old number: “8 minutes”, where the rule says 10 by now.
 * Only where a rule has one number of a kind in place of one other, and only where the clause says the old one with its
 * unit and the new one nowhere; so a clause that tells both, or another number, is left alone.
 */
export function oldFigures(
  regions: readonly ChangedRegion[],
  sources: Workspace['sources'],
): readonly OldFigure[] {
  const found = new Map<string, OldFigure>();
  for (const { epochs, rules } of regions) {
    if (epochs.before === null || epochs.after === null) continue;
    for (const { was, is, unit, cites } of changedNumbers(
      epochs.before,
      epochs.after,
      rules.map(({ id }) => id),
    )) {
      for (const { source, clause } of cites) {
        const from = sources.find(({ id }) => id === source);
        const text = from?.clauses.find(({ id }) => id === clause)?.text;
        if (!from || text === undefined || !saysAmount(text, was, unit) || saysNumber(text, is)) continue;
        const words = `The clause “${nameWords(clause)}” of “${from.title}” still says ${amount(was, unit)}, and the rule says ${amount(is, unit)} now.`;
        found.set(`${source}#${clause}`, { source, clause, words });
      }
    }
  }
  return [...found.values()];
}

interface ChangedNumber {
  readonly was: number;
  readonly is: number;
  readonly unit: string;
  readonly cites: readonly Citation[];
}

function changedNumbers(before: Epoch, after: Epoch, rules: readonly string[]): readonly ChangedNumber[] {
  const fromRules = rules.flatMap((id): readonly ChangedNumber[] => {
    const [old, now] = [before, after].map(({ policy }) => policy.rules.find((rule) => rule.id === id));
    return old && now ? changedIn(numbersOf(old), numbersOf(now), now.cites, after) : [];
  });
  const [old, now] = [before.policy.timeRule, after.policy.timeRule];
  const least = (operand: Operand | null) => (operand === null ? [] : numberOf('', 'minutes', operand));
  return old && now
    ? [...fromRules, ...changedIn(least(old.minimumMinutes), least(now.minimumMinutes), now.cites, after)]
    : fromRules;
}

/** A number that a rule compares a fact with; `name` is that of the parameter that it stands for. */
interface Compared {
  readonly fact: string;
  readonly unit: string;
  readonly value: number;
  readonly name: string | null;
}

/** What has one number in place of one other; of several it could not be said which became which. */
function changedIn(
  before: readonly Compared[],
  after: readonly Compared[],
  cites: readonly Citation[],
  { policy, from }: Epoch,
): readonly ChangedNumber[] {
  return [...new Set(after.map(({ fact }) => fact))].flatMap((fact): readonly ChangedNumber[] => {
    const [old, now] = [before, after].map((side) => side.filter((it) => it.fact === fact));
    const gone = numbersBeside(old!, now!);
    const come = numbersBeside(now!, old!);
    if (gone.length !== 1 || come.length !== 1) return [];
    const { unit, name } = now!.find(({ value }) => value === come[0])!;
    return [
      { was: gone[0]!, is: come[0]!, unit, cites: [...cites, ...citesOfParameter(policy, name, from)] },
    ];
  });
}

/** The numbers of one side that the other has not, each once. */
function numbersBeside(own: readonly Compared[], other: readonly Compared[]): readonly number[] {
  return [...new Set(own.map(({ value }) => value))].filter(
    (value) => !other.some((it) => it.value === value),
  );
}

function citesOfParameter({ parameters }: Policy, name: string | null, day: number): readonly Citation[] {
  const parameter = parameters.find((it) => it.name === name);
  return (parameter && inForce(parameter.values, day)?.value.cites) ?? [];
}

function numbersOf({ when, require, unless }: Rule): readonly Compared[] {
  return [when, require, unless].flatMap((part) =>
    part === null
      ? []
      : [...walk(part)].flatMap((node) =>
          node.kind === 'test' && node.fact.unit !== null
            ? numberOf(node.fact.path, node.fact.unit, node.operand)
            : [],
        ),
  );
}

function numberOf(fact: string, unit: string, operand: Operand): readonly Compared[] {
  return operand.kind === 'literal' && typeof operand.value === 'number'
    ? [{ fact, unit, value: operand.value, name: operand.name }]
    : [];
}

const spelled =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );

/** A number as digits or spelled out, as part of a pattern. */
function written(value: number): string {
  const word = spelled[value];
  const digits = String(value).replace('.', String.raw`\.`);
  return word === undefined ? digits : `(?:${digits}|${word})`;
}

/** Not within another number, and not the end of a hyphenated word. */
const whole = String.raw`(?<![\p{L}\d.,\-–])`;

/** With its unit behind it: not “the 8-minute rule” or “the rule of 8 minutes”, which are names. */
function saysAmount(text: string, value: number, unit: string): boolean {
  const units = `(?:${unit}|${singular(unit)})`;
  return new RegExp(String.raw`(?<!\brule of )${whole}${written(value)}\s+${units}(?![\p{L}\d])`, 'iu').test(
    text,
  );
}

function saysNumber(text: string, value: number): boolean {
  return new RegExp(String.raw`${whole}${written(value)}(?![\p{L}\d]|[.,]\d)`, 'iu').test(text);
}
