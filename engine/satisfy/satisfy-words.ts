import { decimal } from '../base/decimal.ts';
import { andList, orList } from '../base/words.ts';
import type { Decision } from '../evaluate/outcome.ts';
import type { FactValue, Vocabulary } from '../facts/encounter.ts';
import type { Fact } from '../facts/vocabulary.ts';
import type { Policy } from '../model/policy.ts';
import { nounOf, shownFacts } from '../words/nouns.ts';
import { capital } from '../words/runs.ts';
import { amount, itemWords, singular } from '../words/values.ts';
import { earlierVisits } from './change.ts';
import type { Proposal, RecordChange, Satisfaction, Worse } from './satisfy.ts';

/** A proposal for people. It never says what to write, only what would have to be true and on record. */
export interface ProposalWords {
  /** How little is missing, where that is one number: "One more minute would satisfy it." */
  readonly headline: string | null;
  /** Each one sentence: "Document the rationale for the therapy." */
  readonly steps: readonly string[];
  /** What would become of the line or visit. */
  readonly outcome: string;
  /** What would no longer be met. */
  readonly worse: readonly string[];
}

export interface SatisfactionWords {
  readonly proposals: readonly ProposalWords[];
  /** Said where there is no proposal, else null. */
  readonly nothing: string | null;
}

export interface Saying {
  readonly vocabulary: Vocabulary;
  readonly policies: readonly Policy[];
}

export function satisfactionWords(
  { line, proposals, whole }: Satisfaction,
  saying: Saying,
): SatisfactionWords {
  const records = proposals.filter(({ kind }) => kind === 'record');
  return {
    proposals: proposals.map((proposal) => proposalWords(proposal, line, saying)),
    nothing:
      records.length > 0
        ? null
        : whole
          ? 'No change of the record would satisfy this rule.'
          : 'No change of a few facts of the record was found that would satisfy this rule.',
  };
}

function proposalWords(
  { kind, changes, decision, worse }: Proposal,
  line: number | null,
  saying: Saying,
): ProposalWords {
  return {
    headline: kind === 'record' && changes.length === 1 ? headlineOf(changes[0]!, line, saying) : null,
    steps: changes.map((change) => stepWords(change, line, saying)),
    outcome: outcomeWords(line, decision),
    worse: worse.map((one) => worseWords(one, line, saying)),
  };
}

const numberWords = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
] as const;

function headlineOf(proposed: RecordChange, line: number | null, { vocabulary }: Saying): string | null {
  const { path, from, to, anyValue } = proposed;
  const fact = vocabulary.byPath.get(path);
  if (!fact || anyValue || typeof from !== 'number' || typeof to !== 'number') return null;
  const difference = decimal(Math.abs(to - from));
  const howMany = capital(numberWords[difference] ?? String(difference));
  const where = placeWords(proposed, line);
  if (fact.type.scalar === 'date') {
    const days = difference === 1 ? 'day' : 'days';
    return `${howMany} ${days} ${to > from ? 'later' : 'earlier'}${where} would satisfy it.`;
  }
  const unit = fact.unit === undefined ? '' : ` ${difference === 1 ? singular(fact.unit) : fact.unit}`;
  const change = to > from ? `${howMany} more${unit}` : `${howMany}${unit} fewer`;
  return `${change}${where} would satisfy it.`;
}

/** On which line, where that is not the line that is spoken of. */
function placeWords({ line }: RecordChange, spokenOf: number | null): string {
  return line === null || line === spokenOf ? '' : ` on line ${line}`;
}

function stepWords(change: RecordChange, line: number | null, { vocabulary }: Saying): string {
  const where = placeWords(change, line);
  if (change.path === earlierVisits) return 'Supply the earlier visits; with none it would be met.';
  const { path, from, to, anyValue } = change;
  if (path === 'line.units') return `Bill ${amount(to as number, 'units')} instead of ${String(from)}.`;
  const fact = vocabulary.byPath.get(path)!;
  const noun = nounOf(fact).text;
  if (anyValue) return `Document ${noun}${where}.`;
  if (typeof to === 'boolean') return `Document that ${yesOrNo(fact, to)}${where}.`;
  if (Array.isArray(to)) return listStep(change, fact, where);
  const wanted = orList(shownValues(change).map((value) => itemOf(value, fact)));
  return from === null || from === undefined
    ? `Document ${noun}${where}: ${wanted}.`
    : `${capital(noun)}${where}: ${wanted} instead of ${itemOf(from, fact)}.`;
}

function itemOf(value: FactValue, fact: Fact): string {
  return itemWords(value as string | number | boolean, fact.type, fact.unit);
}

/** The proposed value and those that would do as well, as many as one reads with ease. */
function shownValues({ to, others }: RecordChange): readonly FactValue[] {
  return [to, ...others].slice(0, 6);
}

function yesOrNo(fact: Fact, value: boolean): string {
  if (fact.path === 'plan.active') return `the treatment plan is ${value ? 'active' : 'not active'}`;
  const shown = shownFacts[fact.path];
  if (shown) return value ? shown.yes : shown.no;
  return `${nounOf(fact).text} is “${value ? 'yes' : 'no'}”`;
}

type Items = readonly (string | number)[];

/** What joins a list and what leaves it; where one more item will do, the items of which one will do. */
function listStep(change: RecordChange, fact: Fact, where: string): string {
  const noun = nounOf(fact).text;
  const present = (Array.isArray(change.from) ? change.from : []) as Items;
  const ways = [change.to, ...change.others].map((value) => difference(present, value as Items));
  const [first] = ways;
  const say = (items: Items): readonly string[] => items.map((item) => itemOf(item, fact));
  const onlyAdds = ways.every(({ added, gone }) => added.length === 1 && gone.length === 0);
  if (onlyAdds) {
    const some = ways.slice(0, 6).flatMap(({ added }) => say(added));
    const more = ways.length > 6 ? ' or another that the rule names' : '';
    const which = more === '' ? orList(some) : some.join(', ');
    return `Document among ${noun}${where}: ${which}${more}.`;
  }
  const { added, gone } = first!;
  if (gone.length === 0) return `Document among ${noun}${where}: ${andList(say(added))}.`;
  if (added.length === 0) return `${capital(noun)}${where}: without ${andList(say(gone))}.`;
  const instead = ways.every((way) => way.added.length === 1)
    ? orList(ways.slice(0, 6).flatMap((way) => say(way.added)))
    : andList(say(added));
  return `${capital(noun)}${where}: ${instead} instead of ${andList(say(gone))}.`;
}

function difference(before: Items, after: Items): { readonly added: Items; readonly gone: Items } {
  return {
    added: after.filter((item) => !before.includes(item)),
    gone: before.filter((item) => !after.includes(item)),
  };
}

const becomes: Readonly<Record<Decision, string>> = {
  pay: 'would then be paid',
  advise: 'would then be paid, with a word of advice from another rule',
  'needs-record': 'would then still need more of the record',
  reduce: 'would then still be reduced, by another rule',
  review: 'would then still be held for review, by another rule',
  deny: 'would then still be denied, by another rule',
};

function outcomeWords(line: number | null, decision: Decision): string {
  return `${line === null ? 'The visit' : `Line ${line}`} ${becomes[decision]}.`;
}

function worseWords({ rule, line }: Worse, spokenOf: number | null, { policies }: Saying): string {
  const title = policies.flatMap(({ rules }) => rules).find(({ id }) => id === rule)?.title ?? rule;
  const where = line === spokenOf ? '' : line === null ? ' for the visit' : ` on line ${line}`;
  return `“${title}” would then not be met${where}.`;
}
