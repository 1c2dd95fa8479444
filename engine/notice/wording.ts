import { andList } from '../base/words.ts';
import type { Epoch } from '../evaluate/compile.ts';
import { walk } from '../model/condition.ts';
import type { Operand } from '../model/condition.ts';
import { inForce } from '../model/effective.ts';
import type { Policy } from '../model/policy.ts';
import { parameterItem, policyWords } from '../words/policy-words.ts';
import type { Paragraph, Sentence } from '../words/policy-words.ts';
import { capital, nameWords, textOf } from '../words/runs.ts';
import type { Naming } from '../words/speaking.ts';
import type { Phrase } from '../words/phrase.ts';

/** What a rule asks, before and after; null: nothing of the kind was asked. */
export interface WordingChange {
  readonly before: string | null;
  readonly after: string | null;
}

interface Sides {
  readonly before: Epoch | null;
  readonly after: Epoch | null;
}

/** What the rules with these ids ask, where the two sides say it otherwise. */
export function ruleChanges(
  { before, after }: Sides,
  ids: readonly string[],
  [namesBefore, namesAfter]: readonly [Naming, Naming],
): readonly WordingChange[] {
  const [was, is] = [
    before && rulesIn(before.policy, namesBefore),
    after && rulesIn(after.policy, namesAfter),
  ];
  return ids
    .map((id) => ({ before: was?.get(id) ?? null, after: is?.get(id) ?? null }))
    .filter((change) => change.before !== change.after);
}

function rulesIn(policy: Policy, naming: Naming): ReadonlyMap<string, string> {
  const paragraphs = policyWords(policy, naming).sections.flatMap((section) =>
    section.id === 'rules' ? section.paragraphs : [],
  );
  return new Map(paragraphs.map((paragraph) => [paragraph.rule!, ruleText(paragraph)]));
}

const told: ReadonlySet<Sentence['role']> = new Set(['rule', 'exception', 'effect']);

function ruleText({ sentences }: Paragraph): string {
  return sentences
    .filter(({ role }) => told.has(role))
    .map(phraseText)
    .join(' ');
}

/** What is counted up follows in one line, with semicolons between. */
function phraseText({ runs, items }: Phrase): string {
  if (items.length === 0) return textOf(runs);
  const end = textOf(runs).endsWith(':') ? '.' : '';
  return `${textOf(runs)} ${items.map(phraseText).join('; ')}${end}`;
}

/** Numbers and lists that have another value: "Minimum minutes: 10 minutes in place of 8 minutes." */
export function briefChanges({ before, after }: Sides, { lists }: Naming): readonly string[] {
  if (before === null || after === null) return [];
  const [was, is] = [valuesIn(before), valuesIn(after)];
  return [...is].flatMap(([name, now]): readonly string[] => {
    const old = was.get(name);
    if (old === undefined) return [];
    const list = after.policy.parameters.some((it) => it.name === name)
      ? undefined
      : lists.find(({ id }) => id === name);
    const words = list ? `List “${list.title}”` : capital(nameWords(name));
    const added = now.items.filter((item) => !old.items.includes(item));
    const removed = old.items.filter((item) => !now.items.includes(item));
    if (added.length + removed.length === 0) return [];
    if (!now.isList) return [`${words}: ${andList(now.items)} in place of ${andList(old.items)}.`];
    return [
      ...(added.length > 0 ? [`${words}: ${someOf(added)} ${added.length === 1 ? 'is' : 'are'} added.`] : []),
      ...(removed.length > 0
        ? [`${words}: ${someOf(removed)} ${removed.length === 1 ? 'is' : 'are'} taken out.`]
        : []),
    ];
  });
}

/** How many members of a list are named before the rest are only counted. */
const mostMembers = 8;

function someOf(members: readonly string[]): string {
  const rest = members.length - mostMembers;
  return andList(rest > 1 ? [...members.slice(0, mostMembers), `${rest} more`] : members);
}

interface Named {
  readonly items: readonly string[];
  readonly isList: boolean;
}

/** The parameters and lists that a policy uses on the days of an epoch, by name, with their values as people write them. */
function valuesIn({ policy, from }: Epoch): ReadonlyMap<string, Named> {
  const { parameters, timeRule, derived, rules } = policy;
  const conditions = [
    ...derived.map(({ where }) => where),
    ...rules.flatMap(({ when, require, unless }) => [when, require, unless]),
  ];
  const operands = [
    ...(timeRule ? [timeRule.codes, timeRule.minimumMinutes] : []),
    ...conditions.flatMap((condition) =>
      condition ? [...walk(condition)].flatMap((node) => (node.kind === 'test' ? [node.operand] : [])) : [],
    ),
  ];
  const lists = operands.flatMap(namedLists).filter(([name]) => !parameters.some((it) => it.name === name));
  return new Map([
    ...lists,
    ...parameters.flatMap(({ name, unit, values }): readonly (readonly [string, Named])[] => {
      const value = inForce(values, from)?.value;
      if (!value) return [];
      return [[name, { isList: value.isList, items: value.items.map((item) => parameterItem(item, unit)) }]];
    }),
  ]);
}

function namedLists(operand: Operand | null): readonly (readonly [string, Named])[] {
  switch (operand?.kind) {
    case 'literal':
      return operand.name === null || typeof operand.value !== 'object'
        ? []
        : [[operand.name, { isList: true, items: operand.value.map(String) }]];
    case 'pairs':
      return [
        [
          operand.list,
          {
            isList: true,
            items: operand.pairs.map(({ value }) => `${value.columnTwo} beside ${value.columnOne}`),
          },
        ],
      ];
    case 'fact':
      return namedLists(operand.plus);
    case 'within':
      return [...namedLists(operand.of), ...namedLists(operand.days)];
    case 'dated':
    case undefined:
      return [];
  }
}
