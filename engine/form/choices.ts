import { ownerOf } from '../facts/fact-table.ts';
import type { FactType } from '../facts/vocabulary.ts';
import type { ClauseBasis, ListKind } from '../language/syntax.ts';
import { operatorNames, operatorOf } from '../model/operators.ts';
import type { OperatorName } from '../model/operators.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { YamlNode } from '../yaml/parse-yaml.ts';
import { factName } from './describe-condition.ts';
import { namesOf } from './file-form.ts';
import { entryOf, plainItems } from './spots.ts';

/** Everything that can be chosen while a form is filled in, with the words by which it is found. */
export interface FormChoices {
  readonly facts: readonly FactChoice[];
  /** By the type of the fact, as `typeKey` writes it. */
  readonly operators: { readonly [type: string]: readonly OperatorChoice[] };
  readonly parameters: readonly ParameterChoice[];
  readonly conditions: readonly string[];
  readonly lists: readonly ListChoice[];
  readonly codes: readonly CodeChoice[];
  readonly clauses: readonly ClauseChoice[];
}

export interface FactChoice {
  readonly written: string;
  readonly words: string;
  readonly meaning: string;
  readonly unit: string | null;
  /** Other words under which people look for it. */
  readonly alsoCalled: readonly string[];
  readonly type: string;
  readonly scalar: FactType['scalar'];
  readonly owner: 'visit' | 'line' | 'other' | 'prior' | 'derived';
  /** Comes from a time rule, which the policy must have. */
  readonly computed: boolean;
}

export interface OperatorChoice {
  readonly operator: OperatorName;
  /** `documented` is two choices: that it is, and that it is not. */
  readonly documented: boolean | null;
  readonly words: string;
  readonly meaning: string;
}

export interface ParameterChoice {
  readonly name: string;
  /** Its values in words: "8 minutes". */
  readonly words: string;
  readonly isList: boolean;
}

export interface ListChoice {
  readonly id: string;
  readonly title: string;
  readonly of: ListKind;
  readonly size: number;
}

export interface CodeChoice {
  readonly value: string;
  readonly short: string;
  readonly of: ListKind;
}

export interface ClauseChoice {
  readonly cite: string;
  readonly text: string;
  readonly source: string;
  readonly basis: ClauseBasis;
}

/** How the type of a fact is written as a key: `number`, `code list`. */
export function typeKey({ scalar, list }: FactType): string {
  return list ? `${scalar} list` : scalar;
}

export function choicesFor(workspace: Workspace, path: string): FormChoices {
  const file = workspace.memory.read.get(path);
  const root = file?.root ?? null;
  return {
    facts: factChoices(workspace, root, file?.source.text ?? ''),
    operators: operatorChoices(workspace),
    parameters: parameterChoices(root),
    conditions: entriesOf(root, 'conditions').map(({ key }) => key),
    lists: workspace.lists.map(({ id, title, of, entries }) => ({ id, title, of, size: entries.length })),
    codes: codeChoices(workspace),
    clauses: workspace.sources.flatMap((source) =>
      source.clauses.map(({ id, text, basis }) => ({
        cite: `${source.id}#${id}`,
        text,
        source: source.title,
        basis,
      })),
    ),
  };
}

function factChoices(workspace: Workspace, root: YamlNode | null, text: string): readonly FactChoice[] {
  const { vocabulary } = workspace;
  const facts = vocabulary.facts.flatMap((fact): readonly FactChoice[] => {
    const owner = ownerOf(fact.path);
    const choice: FactChoice = {
      written: fact.path,
      words: factName(fact.path, fact.type),
      meaning: fact.meaning,
      unit: fact.unit ?? null,
      alsoCalled: fact.alsoCalled ?? [],
      type: typeKey(fact.type),
      scalar: fact.type.scalar,
      owner,
      computed: fact.computed ?? false,
    };
    if (owner !== 'line') return [choice];
    const written = `other.${fact.path}`;
    return [choice, { ...choice, written, words: factName(written, fact.type), owner: 'other' }];
  });
  if (!root) return facts;
  const figures = [...namesOf(workspace, root, text).figures].map(([name, { type, unit }]): FactChoice => {
    const written = `derived.${name}`;
    const words = factName(written, type);
    const meaning = 'A figure of this policy.';
    const { scalar } = type;
    return {
      written,
      words,
      meaning,
      unit,
      alsoCalled: [],
      type: typeKey(type),
      scalar,
      owner: 'derived',
      computed: false,
    };
  });
  return [...facts, ...figures];
}

function operatorChoices({ vocabulary }: Workspace): FormChoices['operators'] {
  const types = new Map(vocabulary.facts.map(({ type }) => [typeKey(type), type]));
  return Object.fromEntries(
    [...types].map(([key, type]) => [
      key,
      operatorNames
        .filter((name) => operatorOf(name).fits(type))
        .flatMap((operator): readonly OperatorChoice[] => {
          const { words, wordsNot, meaning } = operatorOf(operator);
          if (operator !== 'documented') return [{ operator, documented: null, words, meaning }];
          return [
            { operator, documented: true, words, meaning: 'The field holds something.' },
            { operator, documented: false, words: wordsNot, meaning: 'The field is empty.' },
          ];
        }),
    ]),
  );
}

function parameterChoices(root: YamlNode | null): readonly ParameterChoice[] {
  return entriesOf(root, 'parameters').map(({ key, value }) => {
    const nodes = value.kind === 'list' ? value.items : [value];
    const unit = nodes.map((node) => textOf(node, 'unit')).find((each) => each !== null);
    const values = nodes.map((node) => {
      const items = entryOf(node, 'value')?.value;
      return (items && plainItems(items)?.join(', ')) ?? textOf(node, 'value') ?? '';
    });
    const words = `${values.join(', then ')}${unit ? ` ${unit}` : ''}`;
    return { name: key, words, isList: entryOf(nodes[0] ?? null, 'value')?.value.kind === 'list' };
  });
}

function entriesOf(root: YamlNode | null, key: string) {
  const node = entryOf(root, key)?.value;
  return node?.kind === 'map' ? node.entries : [];
}

function textOf(node: YamlNode, key: string): string | null {
  const value = entryOf(node, key)?.value;
  return value?.kind === 'scalar' && !value.isNull ? value.text : null;
}

/** Each code once, with the first short description that a list gives it. */
function codeChoices({ lists }: Workspace): readonly CodeChoice[] {
  const known = new Map<string, CodeChoice>();
  for (const { of, entries } of lists) {
    if (of === 'pair') continue;
    for (const { value, short } of entries) {
      const key = `${of} ${value}`;
      if (!known.get(key)?.short) known.set(key, { value, short, of });
    }
  }
  return [...known.values()].toSorted((a, b) => (a.value < b.value ? -1 : 1));
}
