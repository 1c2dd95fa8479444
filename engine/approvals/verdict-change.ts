import { count } from '../base/words.ts';
import { decisionText } from '../compare/region-words.ts';
import { decisions } from '../evaluate/outcome.ts';
import type { LineVerdict, Verdict } from '../evaluate/outcome.ts';
import { eachRuleOnce } from '../evaluate/verdict.ts';
import type { ApprovalItem } from './approval-item.ts';

/** Two verdicts on one encounter in words: the decision, and the lines on which they differ. */
export function verdictWords(before: Verdict, after: Verdict): readonly [before: string, after: string] {
  const [was, is] = [parts(before), parts(after)];
  const names = [...new Set([...was.keys(), ...is.keys()])];
  const differing = names.filter((name) => was.get(name) !== is.get(name));
  const told = ({ decision }: Verdict, of: ReadonlyMap<string, string>) => {
    const lines = differing.flatMap((name) => (of.has(name) ? [`${name}: ${of.get(name)!}`] : []));
    return `${decisionText(decision)}${lines.length === 0 ? '' : ` (${lines.join('; ')})`}`;
  };
  return [told(before, was), told(after, is)];
}

/**
 * Which way it goes for whoever bills: a graver decision or fewer units are stricter, a milder one or more units looser;
 * `both` where it goes one way on one line and the other way on another.
 */
export function directionBetween(before: Verdict, after: Verdict): ApprovalItem['direction'] {
  const steps = [
    Math.sign(rank(before) - rank(after)),
    ...after.lines.flatMap((line, at) => {
      const was = before.lines[at];
      return was ? [Math.sign(rank(was) - rank(line)), unitsStep(was, line)] : [];
    }),
  ];
  const [stricter, looser] = [steps.includes(1), steps.includes(-1)];
  if (stricter && looser) return 'both';
  return stricter ? 'stricter' : looser ? 'looser' : 'neutral';
}

/** The gravest decision is the first. */
function rank({ decision }: Pick<Verdict, 'decision'>): number {
  return decisions.indexOf(decision);
}

function unitsStep(before: LineVerdict, after: LineVerdict): number {
  const [was, is] = [before.supportableUnits, after.supportableUnits];
  return was === null || is === null ? 0 : Math.sign(was - is);
}

function parts({ lines, visit }: Verdict): ReadonlyMap<string, string> {
  return new Map([
    ...lines.map((line): [string, string] => [`line ${line.line}, ${line.code}`, lineWords(line)]),
    ['the visit', rulesWords(visit) || 'nothing violated'],
  ]);
}

function lineWords(line: LineVerdict): string {
  const units = line.supportableUnits === null ? [] : [`${count(line.supportableUnits, 'unit')} supported`];
  return [decisionText(line.decision), ...units, rulesWords(line)].filter((it) => it !== '').join(', ');
}

function rulesWords({ violated, undetermined }: Verdict['visit']): string {
  return [
    ...violated.map(({ rule, effect }) => `${rule} violated: ${effect}`),
    ...eachRuleOnce(undetermined).map(({ rule }) => `${rule} needs the record`),
  ].join(', ');
}
