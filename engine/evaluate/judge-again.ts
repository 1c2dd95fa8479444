import { sameData } from '../base/same-data.ts';
import type { FactTable } from '../facts/encounter.ts';
import { factsOf } from '../model/condition.ts';
import type { FactRef } from '../model/condition.ts';
import { contextFor, epochsInForce, judgePolicy, outcomeCode, outcomeOf } from './compile.ts';
import type { CompiledRule, Epoch, Judgement, PolicyJudgement, Program } from './compile.ts';

import type { Verdict } from './outcome.ts';
import { verdictOf } from './verdict.ts';

/** An encounter judged, with what it takes to judge it again after a change. */
export interface JudgedTable {
  readonly judgement: Judgement;
  readonly verdict: Verdict;
}

export type JudgeAgain = (table: FactTable, before: JudgedTable | null) => JudgedTable;

/**
 * Judges encounters with a program, taking over what an earlier one said wherever the change did not touch it.
 * INVARIANT: the answer is always that of `judge` and `verdictOf`.
 * Where the verdict comes out the same it is the very same object, and where nothing could change so is the whole answer.
 */
export function createJudgeAgain(program: Program): JudgeAgain {
  const epochsOf = cachedEpochs(program);
  const carries = new Map<Epoch, Map<Epoch, Carry>>();
  const carryOf = (epoch: Epoch, old: Epoch): Carry => {
    const known = carries.get(epoch) ?? new Map<Epoch, Carry>();
    carries.set(epoch, known);
    const carry = known.get(old) ?? compareEpochs(epoch, old);
    known.set(old, carry);
    return carry;
  };

  return (table, before) => {
    const epochs = epochsOf(table);
    const { codeSlot } = program;
    if (before === null || before.judgement.table !== table || before.judgement.codeSlot !== codeSlot)
      return judged({
        table,
        codeSlot,
        policies: epochs.map((epoch) => judgePolicy(epoch, table, codeSlot)),
      });
    const old = before.judgement.policies;
    if (epochs.length === old.length && epochs.every((epoch, index) => epoch === old[index]!.epoch))
      return before;

    let sameVerdict = epochs.length === old.length;
    const policies = epochs.map((epoch, index): PolicyJudgement => {
      const { id } = epoch.policy;
      const known =
        old[index]?.epoch.policy.id === id ? old[index] : old.find((it) => it.epoch.policy.id === id);
      if (!known || known !== old[index]) sameVerdict = false;
      if (!known || known.epoch.vocabulary !== epoch.vocabulary) {
        sameVerdict = false;
        return judgePolicy(epoch, table, codeSlot);
      }
      if (known.epoch === epoch) return known;
      const carry = carryOf(epoch, known.epoch);
      const policy = judgePolicyAgain(epoch, table, codeSlot, known, carry);
      sameVerdict &&= saysTheSame(policy, known, carry);
      return policy;
    });
    const judgement: Judgement = { table, codeSlot, policies };
    if (sameVerdict) return { judgement, verdict: before.verdict };
    const verdict = verdictOf(judgement);
    return { judgement, verdict: sameData(verdict, before.verdict) ? before.verdict : verdict };
  };
}

function judged(judgement: Judgement): JudgedTable {
  return { judgement, verdict: verdictOf(judgement) };
}

/** Encounters share days and payers; those, and the date received where a policy asks for it, decide what is in force. */
function cachedEpochs(program: Program): (table: FactTable) => readonly Epoch[] {
  const asksReceived = program.policies.some(({ policy }) => policy.received !== null);
  const known = new Map<string, Map<string | number, readonly Epoch[]>>();
  return (table) => {
    const days = known.get(table.payer) ?? new Map<string | number, readonly Epoch[]>();
    known.set(table.payer, days);
    const key = asksReceived ? `${table.day} ${table.received}` : table.day;
    const epochs = days.get(key) ?? epochsInForce(program, table);
    days.set(key, epochs);
    return epochs;
  };
}

/** How one epoch of a policy follows from another of an earlier revision of the text. */
interface Carry {
  /** Whether all is as it was, but for the places in the text. */
  readonly all: boolean;
  readonly figures: boolean;
  readonly lineRules: CarriedRules;
  readonly visitRules: CarriedRules;
}

interface CarriedRules {
  /** For each rule the position of the same rule before, or -1. */
  readonly from: readonly number[];
  /** Positions before of the rules that are gone or are other rules now. */
  readonly dropped: readonly number[];
  /** Whether the rules that stayed follow each other as they did. */
  readonly inOrder: boolean;
}

function compareEpochs(epoch: Epoch, old: Epoch): Carry {
  const figures =
    sameButForPlaces(epoch.policy.timeRule, old.policy.timeRule) &&
    sameButForPlaces(epoch.policy.derived, old.policy.derived);
  const lineRules = compareRules(epoch, epoch.lineRules, old.lineRules, figures);
  const visitRules = compareRules(epoch, epoch.visitRules, old.visitRules, figures);
  const unmoved = ({ from, dropped }: CarriedRules) =>
    dropped.length === 0 && from.every((position, index) => position === index);
  return { all: figures && unmoved(lineRules) && unmoved(visitRules), figures, lineRules, visitRules };
}

function compareRules(
  { vocabulary }: Epoch,
  rules: readonly CompiledRule[],
  old: readonly CompiledRule[],
  figures: boolean,
): CarriedRules {
  const isFigure = ({ section, path }: FactRef) =>
    section === 'derived' || vocabulary.byPath.get(path)?.computed === true;
  const positions = new Map(old.map(({ rule }, position) => [rule.id, position]));
  const from = rules.map(({ rule }) => {
    const position = positions.get(rule.id);
    if (position === undefined || !sameButForPlaces(rule, old[position]!.rule)) return -1;
    const facts = [rule.when, rule.require, rule.unless].flatMap((condition) =>
      condition ? factsOf(condition) : [],
    );
    const spoken = rule.message.flatMap((part) => (part.kind === 'fact' ? [part.fact] : []));
    return figures || ![...facts, ...spoken].some(isFigure) ? position : -1;
  });
  const kept = from.filter((position) => position !== -1);
  return {
    from,
    dropped: old.flatMap((_, position) => (kept.includes(position) ? [] : [position])),
    inOrder: kept.every((position, index) => index === 0 || kept[index - 1]! < position),
  };
}

function judgePolicyAgain(
  epoch: Epoch,
  table: FactTable,
  codeSlot: number,
  old: PolicyJudgement,
  carry: Carry,
): PolicyJudgement {
  if (carry.all) return { ...old, epoch };
  const figures = carry.figures ? old.figures : epoch.figures(table);
  const context = contextFor(table, figures);
  const lines = table.lines.map((line, index) => {
    context.line = line;
    context.index = index;
    const outcomes = takenOver(carry.lineRules, old.lines[index]!);
    for (const position of epoch.byCode.get(line[codeSlot] as string) ?? epoch.otherCodes) {
      if (carry.lineRules.from[position] === -1)
        outcomes[position] = outcomeOf(epoch.lineRules[position]!, context);
    }
    return outcomes;
  });
  const visit = takenOver(carry.visitRules, old.visit);
  epoch.visitRules.forEach((rule, position) => {
    if (carry.visitRules.from[position] === -1) visit[position] = outcomeOf(rule, context);
  });
  return { epoch, figures, lines, visit };
}

function takenOver({ from }: CarriedRules, old: Uint8Array): Uint8Array {
  const outcomes = new Uint8Array(from.length);
  for (let position = 0; position < from.length; position += 1) {
    const before = from[position]!;
    if (before !== -1) outcomes[position] = old[before]!;
  }
  return outcomes;
}

/** Whether a policy adds to the verdict what it added before: the same findings in the same order, and the same units. */
function saysTheSame(policy: PolicyJudgement, old: PolicyJudgement, carry: Carry): boolean {
  if (carry.all) return true;
  const { lineRules, visitRules } = carry;
  return (
    lineRules.inOrder &&
    visitRules.inOrder &&
    (policy.figures === old.figures ||
      policy.lines.every((_, index) => policy.figures.lines[index] === old.figures.lines[index])) &&
    policy.lines.every((outcomes, index) => quiet(outcomes, old.lines[index]!, lineRules)) &&
    quiet(policy.visit, old.visit, visitRules)
  );
}

/** Whether the rules that are new here, and those that are gone, say and said nothing. */
function quiet(outcomes: Uint8Array, old: Uint8Array, { from, dropped }: CarriedRules): boolean {
  return (
    from.every((before, position) => before !== -1 || !speaks(outcomes[position]!)) &&
    dropped.every((position) => !speaks(old[position]!))
  );
}

function speaks(outcome: number): boolean {
  return outcome === outcomeCode.violated || outcome === outcomeCode.undetermined;
}

function sameButForPlaces(a: unknown, b: unknown): boolean {
  return sameData(a, b, 'place');
}
