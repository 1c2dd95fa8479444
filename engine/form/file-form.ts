import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { FactType } from '../facts/vocabulary.ts';
import type { entryKeys, listKeys } from '../language/parse-list.ts';
import { periodKeys } from '../language/parse-policy.ts';
import type { policyKeys, reviewKeys, ruleKeys, timeRuleKeys } from '../language/parse-policy.ts';
import { derivedFunctions } from '../model/policy.ts';
import type { ReadFile } from '../workspace/read-file.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { YamlPath } from '../yaml/edit-yaml.ts';
import type { YamlEntry, YamlNode } from '../yaml/parse-yaml.ts';
import { describeBlock, describeOperand } from './describe-condition.ts';
import type { Names } from './describe-condition.ts';
import type {
  BlockSubject,
  FigureForm,
  FileForm,
  ListEntryForm,
  ListForm,
  OperandForm,
  ParameterForm,
  ParameterValueForm,
  PeriodField,
  PolicyForm,
  RuleForm,
  Spot,
  TimeRuleForm,
  Wanted,
} from './form.ts';
import {
  citesIn,
  entryOf,
  fieldAt,
  fieldIn,
  itemsIn,
  leftoversIn,
  plainItems,
  problemsBySpot,
  spot,
} from './spots.ts';

/** The form of a policy or a list; null for other files, and where the text cannot be read as a block of keys. */
export function fileForm(workspace: Workspace, path: string): FileForm | null {
  const file = workspace.memory.read.get(path);
  if (!file || file.root?.kind !== 'map' || hasSyntaxError(file)) return null;
  const diagnostics = workspace.diagnostics.filter(({ place }) => place.path === path);
  if (file.kind === 'policy')
    return describePolicy(namesOf(workspace, file.root, file.source.text), file, diagnostics);
  return file.kind === 'list' ? describeList(file, diagnostics) : null;
}

/** With a syntax error the tree is a guess, and an edit of it would be one too. */
export function hasSyntaxError({ diagnostics }: Pick<ReadFile, 'diagnostics'>): boolean {
  return diagnostics.some(({ code }) => code === 'yaml-syntax' || code === 'yaml-several-documents');
}

/** A value of a parameter: when, then what. */
export const valueKeys = ['from', 'to', 'value', 'unit', 'cite', 'remark'] as const;

/** What the form has a place for; whatever else stands in the text is shown as it is written. */
const placed = {
  policy: [
    'policy',
    'title',
    'kind',
    'payers',
    'effective',
    'received',
    'review',
    'remark',
    'extends',
    'parameters',
    'timeRule',
    'derive',
    'conditions',
    'rules',
  ],
  review: ['notified', 'last', 'next', 'owner'],
  timeRule: ['method', 'codes', 'minutesPerUnit', 'minimumMinutes', 'cite', 'remark'],
  rule: [
    'id',
    'title',
    'cite',
    'for',
    'received',
    'when',
    'require',
    'unless',
    'message',
    'remedy',
    'remark',
  ],
  list: ['list', 'title', 'of', 'cite', 'remark', 'entries'],
  entry: ['value', 'short', 'cite', 'from', 'to', 'remark'],
  pair: ['columnOne', 'columnTwo', 'short', 'cite', 'from', 'to', 'remark'],
} as const satisfies {
  readonly policy: readonly (typeof policyKeys)[number][];
  readonly review: readonly (typeof reviewKeys)[number][];
  readonly timeRule: readonly (typeof timeRuleKeys)[number][];
  readonly rule: readonly (typeof ruleKeys)[number][];
  readonly list: readonly (typeof listKeys)[number][];
  readonly entry: readonly (typeof entryKeys)[number][];
  readonly pair: readonly (typeof entryKeys)[number][];
};

/** What the names of a policy mean, read from its tree; an overlay also knows those of its base. */
export function namesOf(workspace: Workspace, root: YamlNode, text: string): Names {
  const { vocabulary, lists } = workspace;
  const based = entryOf(root, 'extends')?.value;
  const base = based?.kind === 'scalar' ? based.text : null;
  const roots = [...workspace.memory.read.values()].flatMap((file) =>
    base !== null && file.kind === 'policy' && file.value?.id === base && file.root ? [file.root] : [],
  );
  const entriesOf = (key: string) =>
    [...roots, root].flatMap((each) => mapEntries(entryOf(each, key)?.value));
  return {
    text,
    vocabulary,
    parameters: new Map(
      entriesOf('parameters').map((entry) => [entry.key, { isList: holdsList(entry.value) }]),
    ),
    lists: new Set(lists.map(({ id }) => id)),
    pairLists: lists.flatMap(({ id, of }) => (of === 'pair' ? [id] : [])),
    figures: new Map(
      entriesOf('derive').map((entry) => {
        const calculation = derivedFunctions.find((name) => entryOf(entry.value, name));
        const of = calculation && entryOf(entry.value, calculation)?.value;
        const fact = of?.kind === 'scalar' ? vocabulary.byPath.get(of.text) : undefined;
        const isDate = (calculation === 'min' || calculation === 'max') && fact?.type.scalar === 'date';
        const type: FactType = { scalar: isDate ? 'date' : 'number', list: false };
        return [entry.key, { type, unit: calculation?.startsWith('count') ? null : (fact?.unit ?? null) }];
      }),
    ),
  };
}

function mapEntries(node: YamlNode | undefined): readonly YamlEntry[] {
  return node?.kind === 'map' ? node.entries : [];
}

function holdsList(parameter: YamlNode): boolean {
  const first = parameter.kind === 'list' ? (parameter.items[0] ?? null) : parameter;
  return entryOf(first, 'value')?.value.kind === 'list';
}

function describePolicy(names: Names, file: ReadFile, diagnostics: readonly Diagnostic[]): PolicyForm {
  const { root } = file;
  const at = (key: string) => entryOf(root, key)?.value ?? null;
  const effective = at('effective');
  const review = at('review');
  const timeRule = at('timeRule');
  const rules = at('rules');
  const reviewField = (key: (typeof placed.review)[number]) => fieldIn(names, review, ['review'], key);
  const shown = {
    id: fieldIn(names, root, [], 'policy'),
    title: fieldIn(names, root, [], 'title'),
    remark: fieldIn(names, root, [], 'remark'),
    policyKind: fieldIn(names, root, [], 'kind'),
    payers: itemsIn(names, root, [], 'payers'),
    from: fieldIn(names, effective, ['effective'], 'from'),
    to: fieldIn(names, effective, ['effective'], 'to'),
    received: receivedIn(names, root, []),
    review: {
      notified: reviewField('notified'),
      last: reviewField('last'),
      next: reviewField('next'),
      owner: reviewField('owner'),
    },
    extends: fieldIn(names, root, [], 'extends'),
    parameters: mapEntries(at('parameters') ?? undefined).map((entry) => describeParameter(names, entry)),
    timeRule: timeRule?.kind === 'map' ? describeTimeRule(names, timeRule) : null,
    figures: mapEntries(at('derive') ?? undefined).map((entry) => describeFigure(names, entry)),
    conditions: mapEntries(at('conditions') ?? undefined).map((entry) => ({
      ...spot(['conditions', entry.key], entry.keySpan),
      name: entry.key,
      block: describeBlock(names, entry.value, ['conditions', entry.key], 'line'),
    })),
    rules: rules?.kind === 'list' ? rules.items.map((item, index) => describeRule(names, item, index)) : [],
    leftovers: [
      // A section that is not written as one is kept as its text.
      ...leftoversIn(
        names,
        root,
        [],
        placed.policy.filter((key) => !isOdd(at(key), sectionKinds[key])),
      ),
      ...leftoversIn(names, effective, ['effective'], ['from', 'to']),
      ...leftoversIn(names, at('received'), ['received'], periodKeys),
      ...leftoversIn(names, review, ['review'], placed.review),
    ],
  };
  return { kind: 'policy', path: file.path, ...shown, problems: problemsBySpot(shown, diagnostics) };
}

const sectionKinds: Partial<Record<(typeof policyKeys)[number], YamlNode['kind']>> = {
  parameters: 'map',
  timeRule: 'map',
  derive: 'map',
  conditions: 'map',
  rules: 'list',
  effective: 'map',
  received: 'map',
  review: 'map',
};

function receivedIn(names: Names, parent: YamlNode | null, path: YamlPath): PeriodField {
  const at: YamlPath = [...path, 'received'];
  const entry = entryOf(parent, 'received');
  const node = entry?.value ?? null;
  return {
    ...spot(at, entry?.keySpan ?? null),
    from: fieldIn(names, node, at, 'from'),
    to: fieldIn(names, node, at, 'to'),
  };
}

function isOdd(node: YamlNode | null, wanted: YamlNode['kind'] | undefined): boolean {
  if (!node || !wanted || (node.kind === 'scalar' && node.isNull)) return false;
  return node.kind !== wanted;
}

function describeParameter(names: Names, entry: YamlEntry): ParameterForm {
  const path: YamlPath = ['parameters', entry.key];
  const dated = entry.value.kind === 'list';
  const values =
    entry.value.kind === 'list'
      ? entry.value.items.map((item, index) => describeValue(names, item, [...path, index]))
      : [describeValue(names, entry.value, path)];
  return {
    ...spot(path, entry.keySpan),
    name: entry.key,
    dated,
    unit: values.find(({ unit }) => unit.text !== null)?.unit.text ?? null,
    values,
    leftovers: [],
  };
}

function describeValue(names: Names, node: YamlNode, path: YamlPath): ParameterValueForm {
  const value = entryOf(node, 'value')?.value ?? null;
  const items = value && plainItems(value);
  return {
    ...spot(path, node.span),
    value: items
      ? { ...spot([...path, 'value'], value.span), text: null, instead: null, items }
      : { ...fieldAt(names, [...path, 'value'], value), items: null },
    unit: fieldIn(names, node, path, 'unit'),
    from: fieldIn(names, node, path, 'from'),
    to: fieldIn(names, node, path, 'to'),
    cite: citesIn(names, node, path),
    remark: fieldIn(names, node, path, 'remark'),
    leftovers: node.kind === 'map' ? leftoversIn(names, node, path, valueKeys) : [oddNode(names, node, path)],
  };
}

function oddNode(names: Names, node: YamlNode, path: YamlPath) {
  return { ...spot(path, node.span), text: names.text.slice(node.span.from, node.span.to).trimEnd() };
}

const timedCodes: Wanted = {
  kind: 'several',
  value: { type: 'code', unit: null, values: null, whole: false, min: null, max: null },
};
const minutes: Wanted = {
  kind: 'one',
  value: { type: 'number', unit: 'minutes', values: null, whole: true, min: 0, max: 1440 },
};

function describeTimeRule(names: Names, node: YamlNode): TimeRuleForm {
  const path: YamlPath = ['timeRule'];
  const operand = (key: string, wanted: Wanted): OperandForm & Spot => {
    const value = entryOf(node, key)?.value ?? null;
    return { ...spot([...path, key], value?.span ?? null), ...describeOperand(names, value, wanted) };
  };
  return {
    ...spot(path, node.span),
    method: fieldIn(names, node, path, 'method'),
    codes: operand('codes', timedCodes),
    minutesPerUnit: fieldIn(names, node, path, 'minutesPerUnit'),
    minimumMinutes: operand('minimumMinutes', minutes),
    cite: citesIn(names, node, path),
    remark: fieldIn(names, node, path, 'remark'),
    leftovers: leftoversIn(names, node, path, placed.timeRule),
  };
}

function describeFigure(names: Names, entry: YamlEntry): FigureForm {
  const path: YamlPath = ['derive', entry.key];
  const written = derivedFunctions.filter((name) => entryOf(entry.value, name));
  const calculation = written.length === 1 ? written[0]! : null;
  const of = fieldIn(names, entry.value, path, calculation ?? 'count');
  const overPrior = of.text === 'priorVisits' || (of.text?.startsWith('prior.') ?? false);
  const known = ['where', ...(calculation ? [calculation] : [])];
  return {
    ...spot(path, entry.keySpan),
    name: entry.key,
    calculation,
    of,
    where: describeBlock(
      names,
      entryOf(entry.value, 'where')?.value ?? null,
      [...path, 'where'],
      overPrior ? 'figure-prior' : 'figure-line',
    ),
    leftovers:
      entry.value.kind === 'map'
        ? leftoversIn(names, entry.value, path, known)
        : [oddNode(names, entry.value, path)],
  };
}

function describeRule(names: Names, node: YamlNode, index: number): RuleForm {
  const path: YamlPath = ['rules', index];
  const at = (key: string) => entryOf(node, key)?.value ?? null;
  const scope = fieldIn(names, node, path, 'for');
  const subject: BlockSubject = scope.text === 'visit' ? 'visit' : 'line';
  const block = (key: 'when' | 'require' | 'unless') =>
    describeBlock(names, at(key), [...path, key], subject);
  const outcomeKey =
    at('then') && !at('otherwise') ? 'then' : at('require') || !at('when') ? 'otherwise' : 'then';
  return {
    ...spot(path, node.span),
    index,
    id: fieldIn(names, node, path, 'id'),
    title: fieldIn(names, node, path, 'title'),
    cite: citesIn(names, node, path),
    scope,
    received: receivedIn(names, node, path),
    when: block('when'),
    require: block('require'),
    unless: block('unless'),
    outcome: fieldIn(names, node, path, outcomeKey),
    message: fieldIn(names, node, path, 'message'),
    remedy: fieldIn(names, node, path, 'remedy'),
    remark: fieldIn(names, node, path, 'remark'),
    leftovers:
      node.kind === 'map'
        ? [
            ...leftoversIn(names, node, path, [
              ...placed.rule.filter((key) => key !== 'received' || !isOdd(at(key), 'map')),
              outcomeKey,
            ]),
            ...leftoversIn(names, at('received'), [...path, 'received'], periodKeys),
          ]
        : [oddNode(names, node, path)],
  };
}

function describeList(file: ReadFile, diagnostics: readonly Diagnostic[]): ListForm {
  const { root } = file;
  const page = { text: file.source.text };
  const entries = entryOf(root, 'entries')?.value ?? null;
  const of = fieldIn(page, root, [], 'of');
  const shown = {
    id: fieldIn(page, root, [], 'list'),
    title: fieldIn(page, root, [], 'title'),
    remark: fieldIn(page, root, [], 'remark'),
    of,
    cite: citesIn(page, root, []),
    entries:
      entries?.kind === 'list'
        ? entries.items.map((item, index): ListEntryForm => {
            const path: YamlPath = ['entries', index];
            const pair = of.text === 'pair';
            const field = (key: string) => fieldIn(page, item, path, key);
            const known = pair ? placed.pair : placed.entry;
            return {
              ...spot(path, item.span),
              index,
              value: field(pair ? 'columnOne' : 'value'),
              columnTwo: pair ? field('columnTwo') : null,
              short: field('short'),
              from: field('from'),
              to: field('to'),
              cite: citesIn(page, item, path),
              remark: field('remark'),
              leftovers:
                item.kind === 'map'
                  ? leftoversIn(page, item, path, known)
                  : [
                      {
                        ...spot(path, item.span),
                        text: page.text.slice(item.span.from, item.span.to).trimEnd(),
                      },
                    ],
            };
          })
        : [],
    leftovers: leftoversIn(
      page,
      root,
      [],
      placed.list.filter((key) => key !== 'entries' || !isOdd(entries, 'list')),
    ),
  };
  return { kind: 'list', path: file.path, ...shown, problems: problemsBySpot(shown, diagnostics) };
}
