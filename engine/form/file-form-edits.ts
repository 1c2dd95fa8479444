import { applyTextEdits, composeEdits } from '../base/text-edit.ts';
import type { TextEdit } from '../base/text-edit.ts';
import { entryKeys, listKeys } from '../language/parse-list.ts';
import { periodKeys, policyKeys, reviewKeys, ruleKeys, timeRuleKeys } from '../language/parse-policy.ts';
import { operatorNames, operatorOf } from '../model/operators.ts';
import type { OperatorName } from '../model/operators.ts';
import { derivedFunctions } from '../model/policy.ts';
import type { DerivedFunction } from '../model/policy.ts';
import { readFile } from '../workspace/read-file.ts';
import type { Workspace } from '../workspace/workspace.ts';
import {
  copyYaml,
  insertYaml,
  listYaml,
  moveYaml,
  removeYaml,
  renameYamlKey,
  setYaml,
} from '../yaml/edit-yaml.ts';
import type { YamlPath } from '../yaml/edit-yaml.ts';
import type { YamlNode } from '../yaml/parse-yaml.ts';
import type { YamlValue } from '../yaml/write-yaml.ts';
import { describeOperand, impliedOperator, knownFact, wantedBy } from './describe-condition.ts';
import type { KnownFact, Names } from './describe-condition.ts';
import { hasSyntaxError, namesOf, valueKeys } from './file-form.ts';
import type { FormAction, FileFormEdits } from './form-action.ts';
import { keyOf } from './form.ts';
import type { OperandForm, Wanted } from './form.ts';
import { entryOf } from './spots.ts';

/**
 * The text edits of one action on the form of a file. Each leaves every other line and all comments as they are.
 * No edits come back where the text has changed meanwhile and the action no longer fits it.
 */
export function fileFormEdits(
  workspace: Workspace,
  path: string,
  text: string,
  action: FormAction,
): FileFormEdits {
  const known = workspace.memory.read.get(path);
  const file = known?.source.text === text ? known : readFile(path, text);
  if (!file.root || hasSyntaxError(file)) return { label: labels[action.kind], edits: [], focus: null };
  const form: OpenForm = { names: namesOf(workspace, file.root, text), root: file.root, kind: file.kind };
  const { steps, focus } = stepsOf(form, action);
  let now = text;
  let edits: readonly TextEdit[] = [];
  for (const step of steps) {
    const next = step(now);
    now = applyTextEdits(now, next);
    edits = composeEdits(edits, next);
  }
  return { label: labels[action.kind], edits, focus: focus && keyOf(focus) };
}

const labels: Readonly<Record<FormAction['kind'], string>> = {
  set: 'Change a field',
  clear: 'Remove',
  'set-cites': 'Change citations',
  'rename-key': 'Rename',
  move: 'Move',
  'add-test': 'Add a condition',
  'add-named': 'Add a named condition',
  'add-group': 'Add a group of conditions',
  'add-alternative': 'Add an alternative',
  'change-word': 'Change a group of conditions',
  'change-fact': 'Change the fact of a condition',
  'change-operator': 'Change a condition',
  'change-calculation': 'Change a figure',
  'add-rule': 'Add a rule',
  'duplicate-rule': 'Duplicate a rule',
  'add-parameter': 'Add a parameter',
  'date-parameter': 'Add a value from a date',
  'add-entry': 'Add an entry',
};

interface OpenForm {
  readonly names: Names;
  readonly root: YamlNode;
  readonly kind: string;
}

/** Steps follow each other: each is asked about the text that the one before it left. */
interface Steps {
  readonly steps: readonly ((text: string) => readonly TextEdit[])[];
  readonly focus: YamlPath | null;
}

const nothing: Steps = { steps: [], focus: null };

function stepsOf(form: OpenForm, action: FormAction): Steps {
  switch (action.kind) {
    case 'set':
      return { steps: [set(form, action.path, action.value)], focus: null };
    case 'clear':
      return clear(form, action.path);
    case 'set-cites':
      return setCites(form, action.path, action.cites);
    case 'rename-key':
      return {
        steps: [(text) => renameYamlKey(text, action.path, action.key)],
        focus: [...action.path.slice(0, -1), action.key],
      };
    case 'move':
      return {
        steps: [(text) => moveYaml(text, action.list, action.from, action.to)],
        focus: [...action.list, action.to],
      };
    case 'add-test':
      return addTest(form, action.block, action.fact);
    case 'add-named':
      return addEntry(form, action.block, 'condition', action.name);
    case 'add-group':
      return addGroup(form, action.block, action.word, action.fact);
    case 'add-alternative': {
      const group = nodeAt(form.root, action.group);
      const block = defaultBlock(form.names, action.fact);
      if (!block || group?.kind !== 'list') return nothing;
      const index = group.items.length;
      const steps = [(text: string) => insertYaml(text, action.group, index, block)];
      return { steps, focus: [...action.group, index, action.fact] };
    }
    case 'change-word':
      return {
        steps: [(text) => renameYamlKey(text, action.path, action.word)],
        focus: [...action.path.slice(0, -1), action.word],
      };
    case 'change-fact':
      return changeFact(form, action.factPath, action.fact);
    case 'change-operator':
      return changeOperator(form, action);
    case 'change-calculation':
      return changeCalculation(form, action.path, action.to);
    case 'add-rule':
      return addRule(form, action.index);
    case 'duplicate-rule': {
      const index = action.index + 1;
      const id = freeId(form, textAt(form.root, ['rules', action.index, 'id']) ?? 'rule');
      const steps = [
        (text: string) => copyYaml(text, ['rules'], action.index),
        set(form, ['rules', index, 'id'], id),
      ];
      return { steps, focus: ['rules', index] };
    }
    case 'add-parameter':
      return addParameter(form, action);
    case 'date-parameter':
      return dateParameter(form, action);
    case 'add-entry':
      return addListEntry(form, action);
  }
}

// ---- fields ----

/** The order in which keys stand, so that a new one comes to its place. */
function orderOf(form: OpenForm, parent: YamlPath): readonly string[] {
  const [head] = parent;
  if (parent.length === 0) return form.kind === 'list' ? listKeys : policyKeys;
  if (head === 'effective') return ['from', 'to'];
  // Where the block itself is not there yet, it comes to its place among the keys around it.
  if (parent.at(-1) === 'received') return [...(parent.length === 1 ? policyKeys : ruleKeys), ...periodKeys];
  if (head === 'review') return reviewKeys;
  if (head === 'timeRule') return timeRuleKeys;
  if (head === 'parameters') return parent.length > 1 ? valueKeys : [];
  if (head === 'entries') return entryKeys;
  return head === 'rules' && parent.length === 2 ? ruleKeys : [];
}

function set(form: OpenForm, path: YamlPath, value: YamlValue) {
  return (text: string) => setYaml(text, path, value, orderOf(form, path.slice(0, -1)));
}

/** A block that held only what is taken out goes with it; rules and entries stay, for the author to finish. */
function clear(form: OpenForm, path: YamlPath): Steps {
  let at = path;
  while (at.length > 1) {
    const parent = at.slice(0, -1);
    const node = nodeAt(form.root, parent);
    const size = node?.kind === 'map' ? node.entries.length : node?.kind === 'list' ? node.items.length : 0;
    const stays = parent.length <= 2 && (parent[0] === 'rules' || parent[0] === 'entries');
    if (size !== 1 || stays) break;
    at = parent;
  }
  return {
    steps: [(text) => removeYaml(text, at), ...outcomeAfterRemoving(form, at)],
    focus: at.slice(0, -1),
  };
}

/** Without a requirement the outcome follows from `when`: `then` in place of `otherwise`. */
function outcomeAfterRemoving(form: OpenForm, path: YamlPath): Steps['steps'] {
  const rule = path.slice(0, 2);
  const isRequire = path.length === 3 && path[0] === 'rules' && path[2] === 'require';
  const node = isRequire ? nodeAt(form.root, rule) : null;
  if (!node || !entryOf(node, 'when') || !entryOf(node, 'otherwise')) return [];
  return [(text) => renameYamlKey(text, [...rule, 'otherwise'], 'then')];
}

/** A requirement says what follows otherwise: `otherwise` in place of `then`. */
function outcomeBeforeRequiring(form: OpenForm, block: YamlPath): Steps['steps'] {
  const rule = block.slice(0, 2);
  const isRequire = block.length === 3 && block[0] === 'rules' && block[2] === 'require';
  const node = isRequire ? nodeAt(form.root, rule) : null;
  if (!node || entryOf(node, 'require') || entryOf(node, 'otherwise') || !entryOf(node, 'then')) return [];
  return [(text) => renameYamlKey(text, [...rule, 'then'], 'otherwise')];
}

function setCites(form: OpenForm, path: YamlPath, cites: readonly string[]): Steps {
  const node = nodeAt(form.root, path);
  if (cites.length === 0) return { steps: node ? [(text) => removeYaml(text, path)] : [], focus: null };
  if (node?.kind !== 'list') {
    return { steps: [set(form, path, cites.length === 1 ? cites[0]! : cites)], focus: null };
  }
  // One item at a time, so that comments beside the others stay.
  const before = node.items.map((item) => (item.kind === 'scalar' ? item.text : null));
  const gone = before.flatMap((cite, index) => (cite !== null && cites.includes(cite) ? [] : [index]));
  const added = cites.filter((cite) => !before.includes(cite));
  return {
    steps: [
      ...gone.toReversed().map((index) => (text: string) => removeYaml(text, [...path, index])),
      ...added.map(
        (cite, index) => (text: string) => insertYaml(text, path, before.length - gone.length + index, cite),
      ),
    ],
    focus: null,
  };
}

// ---- conditions ----

function addTest(form: OpenForm, block: YamlPath, fact: string): Steps {
  const test = defaultTest(form.names, fact);
  return test === null ? nothing : addEntry(form, block, fact, test);
}

function addGroup(form: OpenForm, block: YamlPath, word: string, fact: string): Steps {
  const inner = defaultBlock(form.names, fact);
  if (!inner) return nothing;
  const list = word === 'all' || word === 'any';
  const added = addEntry(form, block, word, list ? [inner] : inner);
  return { ...added, focus: added.focus && [...added.focus, ...(list ? [0] : []), fact] };
}

/** A block holds a key once: what would stand there twice goes into an `all` beside it. */
function addEntry(form: OpenForm, block: YamlPath, key: string, value: YamlValue): Steps {
  const node = nodeAt(form.root, block);
  const before = outcomeBeforeRequiring(form, block);
  if (!node || !entryOf(node, key)) {
    return { steps: [...before, set(form, [...block, key], value)], focus: [...block, key] };
  }
  const all = entryOf(node, 'all')?.value;
  const index = all?.kind === 'list' ? all.items.length : 0;
  const steps = [(text: string) => insertYaml(text, [...block, 'all'], index, { [key]: value })];
  return { steps: [...before, ...steps], focus: [...block, 'all', index, key] };
}

function defaultBlock(names: Names, fact: string): { readonly [key: string]: YamlValue } | null {
  const test = defaultTest(names, fact);
  return test === null ? null : { [fact]: test };
}

/** A first test of a fact that can be judged at once, to be changed by the author. */
export function defaultTest(names: Names, written: string): YamlValue | null {
  const known = knownFact(names, written);
  if (!known) return null;
  const { type } = known;
  if (type.list || type.scalar === 'text') return { documented: 'true' };
  if (type.scalar === 'number') return { atLeast: firstValue(known) };
  if (type.scalar === 'date') return { onOrAfter: firstValue(known) };
  return firstValue(known);
}

/** A value that the fact can have: the example of the vocabulary. */
function firstValue({ fact, type }: KnownFact): string {
  if (fact?.values) return fact.values[0]!;
  if (type.scalar === 'number') return fact && !type.list ? fact.example : '1';
  if (fact && !type.list) return fact.example;
  return (
    fact?.example
      .replace(/^\[|\]$|"/g, '')
      .split(',')[0]
      ?.trim() ?? '1'
  );
}

/** Another fact in the same test: operator and operand stay where they fit it. */
function changeFact(form: OpenForm, factPath: YamlPath, fact: string): Steps {
  const { names, root } = form;
  const block = factPath.slice(0, -1);
  const old = knownFact(names, String(factPath.at(-1)));
  const known = knownFact(names, fact);
  const node = nodeAt(root, factPath);
  const blockNode = nodeAt(root, block);
  if (!known || !node || entryOf(blockNode, fact)) return nothing;
  const focus = [...block, fact];
  const rename = (text: string) => renameYamlKey(text, factPath, fact);
  const keeps =
    old !== null &&
    testsIn(names, node).every(
      ({ operator, value }) =>
        operatorOf(operator).fits(known.type) &&
        operandFits(names, value, wantedBy(operator, old), wantedBy(operator, known)),
    );
  if (keeps) return { steps: [rename], focus };
  const tests = testsIn(names, node);
  const [first] = tests;
  const keepsOperator = tests.length === 1 && first && operatorOf(first.operator).fits(known.type);
  const test = keepsOperator
    ? testText(first.operator, firstOperand(names, first.operator, known))
    : defaultTest(names, fact)!;
  return { steps: [rename, (text) => setYaml(text, focus, test)], focus };
}

function testsIn(names: Names, node: YamlNode): readonly { operator: OperatorName; value: YamlNode }[] {
  if (node.kind !== 'map') return [{ operator: impliedOperator(names, node), value: node }];
  return node.entries.flatMap(({ key, value }) => {
    const operator = operatorNames.find((name) => name === key);
    return operator ? [{ operator, value }] : [];
  });
}

/** `is` and `oneOf` have a short form; a single value or a list says which is meant. */
function testText(operator: OperatorName, operand: YamlValue): YamlValue {
  if (operator === 'is' && typeof operand === 'string' && !operand.startsWith('$')) return operand;
  return { [operator]: operand };
}

/** Whether what was compared with means the same for another fact or operator. */
function operandFits(names: Names, node: YamlNode, before: Wanted, after: Wanted): boolean {
  const operand = describeOperand(names, node, before);
  if (operand.kind === 'odd' || operand.kind === 'nothing') return false;
  if (before.kind !== after.kind) return false;
  if (
    (before.kind !== 'one' && before.kind !== 'several') ||
    (after.kind !== 'one' && after.kind !== 'several')
  )
    return true;
  const [a, b] = [before.value, after.value];
  if (a.type !== b.type) return false;
  const written = operand.kind === 'literal' ? [operand.text] : operand.kind === 'items' ? operand.items : [];
  return written.every((text) => valueFits(text, after));
}

function valueFits(text: string, wanted: Extract<Wanted, { kind: 'one' | 'several' }>): boolean {
  const { type, values, whole, min, max } = wanted.value;
  if (values) return values.includes(text);
  if (type !== 'number') return true;
  const number = Number(text);
  return (!whole || Number.isInteger(number)) && number >= (min ?? -Infinity) && number <= (max ?? Infinity);
}

/** A value for an operator that has none yet. */
function firstOperand(names: Names, operator: OperatorName, known: KnownFact): YamlValue {
  const wanted = wantedBy(operator, known);
  const value = firstValue(known);
  switch (wanted.kind) {
    case 'yes-no':
      return 'true';
    case 'one':
      return operatorOf(operator).operand === 'size' ? '1' : value;
    case 'several':
      return [value];
    case 'within':
      return { date: value, days: '28' };
    case 'pairs':
      return { fact: 'line.code', in: `$${names.pairLists[0] ?? 'pairs'}` };
  }
}

function changeOperator(
  { names, root }: OpenForm,
  action: Extract<FormAction, { kind: 'change-operator' }>,
): Steps {
  const { factPath, operator } = action;
  const known = knownFact(names, String(factPath.at(-1)));
  const node = nodeAt(root, factPath);
  if (!known || !node || !operatorOf(operator).fits(known.type)) return nothing;
  const documented = operator === 'documented' ? String(action.documented ?? true) : null;
  const focus = [...factPath, operator];
  if (node.kind !== 'map') {
    const before = impliedOperator(names, node);
    if (before === operator) return nothing;
    const operand = documented ?? keptOperand(names, node, before, operator, known);
    return { steps: [(text) => setYaml(text, factPath, { [operator]: operand })], focus };
  }
  const old = String(action.path.at(-1));
  const oldOperator = operatorNames.find((name) => name === old);
  const value = entryOf(node, old)?.value;
  if (!value || !oldOperator) return nothing;
  if (oldOperator === operator) {
    return documented === null ? nothing : { steps: [(text) => setYaml(text, focus, documented)], focus };
  }
  if (entryOf(node, operator)) return nothing;
  const rename = (text: string) => renameYamlKey(text, action.path, operator);
  const fits = operandFits(names, value, wantedBy(oldOperator, known), wantedBy(operator, known));
  if (fits && documented === null) return { steps: [rename], focus };
  const operand = documented ?? keptOperand(names, value, oldOperator, operator, known);
  return { steps: [rename, (text) => setYaml(text, focus, operand)], focus };
}

/** What was compared with, in the shape that another operator asks for; a first value where nothing of it fits. */
function keptOperand(
  names: Names,
  node: YamlNode,
  before: OperatorName,
  after: OperatorName,
  known: KnownFact,
): YamlValue {
  const [was, wanted] = [wantedBy(before, known), wantedBy(after, known)];
  const operand = describeOperand(names, node, was);
  const first = firstOperand(names, after, known);
  if (was.kind !== 'one' && was.kind !== 'several') return first;
  if (wanted.kind !== 'one' && wanted.kind !== 'several') return first;
  if (was.value.type !== wanted.value.type || was.value.unit !== wanted.value.unit) return first;
  if (was.kind === wanted.kind) return operandValue(operand) ?? first;
  if (operand.kind === 'literal') return wanted.kind === 'several' ? [operand.text] : first;
  if (operand.kind === 'items' && operand.items.length > 0) return operand.items[0]!;
  return first;
}

function operandValue(operand: OperandForm): YamlValue | null {
  switch (operand.kind) {
    case 'literal':
      return operand.text;
    case 'items':
      return operand.items;
    case 'name':
      return `$${operand.name}`;
    case 'fact': {
      const { written } = operand.fact;
      return operand.plus === null ? { fact: written } : null;
    }
    default:
      return null;
  }
}

function changeCalculation({ names, root }: OpenForm, path: YamlPath, written: string): Steps {
  const node = nodeAt(root, path);
  const to = derivedFunctions.find((name) => name === written);
  const from = derivedFunctions.find((name) => entryOf(node, name));
  if (!node || !to) return nothing;
  const of = textAt(node, [from ?? 'count']);
  const value = figureOperand(names, to, of);
  if (!from) return { steps: [(text) => setYaml(text, [...path, to], value)], focus: path };
  if (from === to) return nothing;
  return {
    steps: [
      (text) => renameYamlKey(text, [...path, from], to),
      ...(value === of ? [] : [(text: string) => setYaml(text, [...path, to], value)]),
    ],
    focus: path,
  };
}

/** What a figure is calculated of: as before where that fits, else something that does. */
function figureOperand({ vocabulary }: Names, calculation: DerivedFunction, of: string | null): string {
  const overPrior = of === 'priorVisits' || (of?.startsWith('prior.') ?? false);
  if (calculation === 'count') return overPrior ? 'priorVisits' : 'lines';
  const type = of === null ? undefined : vocabulary.byPath.get(of)?.type;
  const comparable = type && (type.scalar === 'number' || (type.scalar === 'date' && calculation !== 'sum'));
  if (type && !type.list && (calculation === 'countDistinct' || comparable)) return of!;
  if (calculation === 'countDistinct') return overPrior ? 'prior.date' : 'line.code';
  return overPrior ? 'prior.therapies' : 'line.units';
}

// ---- rules, parameters, entries ----

function addRule(form: OpenForm, index: number): Steps {
  const rule = {
    id: freeId(form, 'new-rule'),
    title: 'New rule',
    when: { 'line.code': firstCode(form) },
    require: { 'record.minutes': { documented: 'true' } },
    otherwise: 'review',
  };
  return { steps: [(text) => insertYaml(text, ['rules'], index, rule)], focus: ['rules', index] };
}

function firstCode({ names }: OpenForm): string {
  return names.vocabulary.byPath.get('line.code')!.example;
}

function freeId({ root }: OpenForm, wanted: string): string {
  const rules = nodeAt(root, ['rules']);
  const taken = new Set((rules?.kind === 'list' ? rules.items : []).map((rule) => textAt(rule, ['id'])));
  const stem = wanted.replace(/-\d+$/, '');
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number += 1) if (!taken.has(`${stem}-${number}`)) return `${stem}-${number}`;
}

function addParameter(form: OpenForm, action: Extract<FormAction, { kind: 'add-parameter' }>): Steps {
  const { name, value, unit, use } = action;
  const path: YamlPath = ['parameters', name];
  if (nodeAt(form.root, path)) return nothing;
  const parameter: { readonly [key: string]: YamlValue } = { value, ...(unit === null ? {} : { unit }) };
  const steps = [set(form, path, parameter)];
  return { steps: use ? [...steps, (text) => setYaml(text, use, `$${name}`)] : steps, focus: path };
}

/** The values so far become the first of a list; the new one begins on its day. */
function dateParameter(form: OpenForm, action: Extract<FormAction, { kind: 'date-parameter' }>): Steps {
  const { path, from, value } = action;
  const node = nodeAt(form.root, path);
  if (!node) return nothing;
  const dated = node.kind === 'list';
  const first = dated ? (node.items.at(-1) ?? null) : node;
  const unit = textAt(first, ['unit']);
  const added = { from, value, ...(unit === null ? {} : { unit }) };
  const index = dated ? node.items.length : 1;
  const begin = textAt(form.root, ['effective', 'from']) ?? from;
  const becomesList = [
    (text: string) => listYaml(text, path),
    ...(textAt(node, ['from']) === null ? [set(form, [...path, 0, 'from'], begin)] : []),
  ];
  return {
    steps: [...(dated ? [] : becomesList), (text) => insertYaml(text, path, index, added)],
    focus: [...path, index],
  };
}

/** A list that is in order stays in order. */
function addListEntry(form: OpenForm, action: Extract<FormAction, { kind: 'add-entry' }>): Steps {
  const { value, columnTwo, short } = action;
  const entries = nodeAt(form.root, ['entries']);
  const values = (entries?.kind === 'list' ? entries.items : []).map(
    (item) => textAt(item, [columnTwo === null ? 'value' : 'columnOne']) ?? '',
  );
  const isSorted = values.every((each, index) => index === 0 || values[index - 1]! <= each);
  const behind = values.findIndex((each) => each > value);
  const index = isSorted && behind !== -1 ? behind : values.length;
  const entry: YamlValue = {
    ...(columnTwo === null ? { value } : { columnOne: value, columnTwo }),
    ...(short === '' ? {} : { short }),
  };
  return { steps: [(text) => insertYaml(text, ['entries'], index, entry)], focus: ['entries', index] };
}

// ---- the tree ----

function nodeAt(root: YamlNode, path: YamlPath): YamlNode | null {
  let node: YamlNode | null = root;
  for (const part of path) {
    if (node?.kind === 'list') node = typeof part === 'number' ? (node.items[part] ?? null) : null;
    else node = entryOf(node, String(part))?.value ?? null;
  }
  return node;
}

function textAt(root: YamlNode | null, path: YamlPath): string | null {
  const node = root && nodeAt(root, path);
  return node?.kind === 'scalar' && !node.isNull ? node.text : null;
}
