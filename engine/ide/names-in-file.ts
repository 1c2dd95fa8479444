import type { Span } from '../base/span.ts';
import { joinPath } from '../base/paths.ts';
import type { Vocabulary } from '../facts/encounter.ts';
import { optionalSections } from '../facts/encounter.ts';
import { sectionOf } from '../facts/vocabulary.ts';
import { blockWords } from '../model/resolve-condition.ts';
import { derivedFunctions } from '../model/policy.ts';
import type { ReadFile } from '../workspace/read-file.ts';
import type { YamlEntry, YamlMap, YamlNode } from '../yaml/parse-yaml.ts';
import { entriesOf, itemsOf, nodeAt, scalarsOf, textOf } from './tree.ts';

/** What can have a name. */
export const nameKinds = [
  'policy',
  'rule',
  'parameter',
  'condition',
  'figure',
  'list',
  'payer',
  'source',
  'clause',
  'encounter',
  'suite',
  'case',
  'fact',
] as const;
export type NameKind = (typeof nameKinds)[number];

/** A name as it stands in one file, before it is known what it means among the others. */
export interface WrittenName {
  /** `$`: a parameter or a list, which the file alone cannot tell. */
  readonly kind: NameKind | '$';
  /** In what the name is looked for: the policy of a rule, the source of a clause; empty where there is no such thing. */
  readonly owner: string;
  readonly name: string;
  readonly role: 'definition' | 'mention';
  /** The whole word: `$timed-codes`. */
  readonly span: Span;
  /** What of it is the name and can be written anew: `timed-codes`. */
  readonly nameSpan: Span;
  /** A value of a parameter, which is a payer only where the parameter is compared with payers. */
  readonly ifPayer?: string;
}

/** Every name in one file, in the order of the text, and what the other files need to know of it. */
export interface FileNames {
  readonly path: string;
  readonly names: readonly WrittenName[];
  /** Policies alone: its id and the one it extends. */
  readonly policy: string | null;
  readonly extends: string | null;
  /** Policies alone: parameters that are compared with payers. */
  readonly payerParameters: readonly string[];
  /** Suites alone: the policies that judge; null where all do. */
  readonly suitePolicies: readonly string[] | null;
}

export function namesInFile(file: ReadFile, vocabulary: Vocabulary): FileNames {
  const found: Found = {
    text: file.source.text,
    path: file.path,
    vocabulary,
    names: [],
    policy: '',
    payerParameters: new Set(),
  };
  const nothing = { path: file.path, policy: null, extends: null, payerParameters: [], suitePolicies: null };
  if (file.root?.kind !== 'map') return { ...nothing, names: [] };
  const root = file.root;
  switch (file.kind) {
    case 'policy':
      policyNames(root, found);
      break;
    case 'list':
      listNames(root, found);
      break;
    case 'source':
      sourceNames(root, found);
      break;
    case 'vocabulary':
      vocabularyNames(root, found);
      break;
    case 'suite':
      suiteNames(root, found);
      break;
    case 'encounter':
      encounterNames(root, found);
      break;
    case 'settings':
    case 'other':
      break;
  }
  const policies = file.kind === 'suite' ? nodeAt(root, 'policies') : undefined;
  return {
    path: file.path,
    names: found.names.toSorted((a, b) => a.nameSpan.from - b.nameSpan.from),
    policy: file.kind === 'policy' ? found.policy : null,
    extends: file.kind === 'policy' ? textOf(nodeAt(root, 'extends')) || null : null,
    payerParameters: [...found.payerParameters],
    suitePolicies: policies ? scalarsOf(policies).map(({ text }) => text) : null,
  };
}

interface Found {
  readonly text: string;
  readonly path: string;
  readonly vocabulary: Vocabulary;
  readonly names: WrittenName[];
  /** The policy that is being read, empty elsewhere. */
  policy: string;
  readonly payerParameters: Set<string>;
}

// ---- kinds of file ------------------------------------------------------------------------------------------------

function policyNames(root: YamlMap, found: Found): void {
  found.policy = textOf(nodeAt(root, 'policy'));
  define('policy', '', nodeAt(root, 'policy'), found);
  mention('policy', '', nodeAt(root, 'extends'), found);
  for (const payer of scalarsOf(nodeAt(root, 'payers'))) mention('payer', '', payer, found);
  for (const parameter of entriesOf(nodeAt(root, 'parameters'))) {
    defineKey('parameter', found.policy, parameter, found);
    const dated = parameter.value.kind === 'list' ? parameter.value.items : [parameter.value];
    for (const item of dated) {
      cites(nodeAt(item, 'cite'), found);
      for (const value of scalarsOf(nodeAt(item, 'value')))
        add('payer', '', 'mention', value, value.text, found, { ifPayer: parameter.key });
    }
  }
  const timeRule = nodeAt(root, 'timeRule');
  if (timeRule) {
    dollar(nodeAt(timeRule, 'codes'), found);
    dollar(nodeAt(timeRule, 'minimumMinutes'), found);
    cites(nodeAt(timeRule, 'cite'), found);
  }
  for (const figure of entriesOf(nodeAt(root, 'derive'))) {
    defineKey('figure', found.policy, figure, found);
    for (const { key, value } of entriesOf(figure.value)) {
      if (key === 'where') conditionNames(value, found);
      else if (key !== 'count' && derivedFunctions.some((name) => name === key)) factNode(value, found);
    }
  }
  for (const condition of entriesOf(nodeAt(root, 'conditions'))) {
    defineKey('condition', found.policy, condition, found);
    conditionNames(condition.value, found);
  }
  for (const rule of itemsOf(nodeAt(root, 'rules'))) {
    define('rule', found.policy, nodeAt(rule, 'id'), found);
    cites(nodeAt(rule, 'cite'), found);
    for (const part of ['when', 'require', 'unless']) conditionNames(nodeAt(rule, part), found);
    placeholders(nodeAt(rule, 'message'), found);
  }
}

function listNames(root: YamlMap, found: Found): void {
  define('list', '', nodeAt(root, 'list'), found);
  cites(nodeAt(root, 'cite'), found);
  const ofPayers = textOf(nodeAt(root, 'of')) === 'payer';
  const role = textOf(nodeAt(root, 'list')) === 'payers' ? 'definition' : 'mention';
  for (const entry of itemsOf(nodeAt(root, 'entries'))) {
    const value = nodeAt(entry, 'value');
    if (ofPayers && value?.kind === 'scalar') add('payer', '', role, value, value.text, found);
    cites(nodeAt(entry, 'cite'), found);
  }
}

function sourceNames(root: YamlMap, found: Found): void {
  define('source', '', nodeAt(root, 'source'), found);
  const owner = textOf(nodeAt(root, 'source'));
  for (const clause of itemsOf(nodeAt(root, 'clauses'))) define('clause', owner, nodeAt(clause, 'id'), found);
}

function vocabularyNames(root: YamlMap, found: Found): void {
  for (const fact of itemsOf(nodeAt(root, 'facts'))) {
    const path = nodeAt(fact, 'path');
    if (path?.kind === 'scalar') addFact(path.text, path, 'definition', found);
  }
}

function encounterNames(root: YamlMap, found: Found): void {
  const id = nodeAt(root, 'encounter');
  if (id?.kind === 'scalar') add('encounter', found.path, 'definition', id, id.text, found);
  for (const section of ['visit', ...optionalSections]) sectionNames(section, nodeAt(root, section), found);
  for (const visit of itemsOf(nodeAt(root, 'priorVisits'))) sectionNames('prior', visit, found);
  for (const line of itemsOf(nodeAt(root, 'lines'))) lineNames(line, found);
}

function lineNames(line: YamlNode, found: Found): void {
  sectionNames('line', line, found, 'record');
  sectionNames('record', nodeAt(line, 'record'), found);
}

function sectionNames(prefix: string, node: YamlNode | undefined, found: Found, except = ''): void {
  for (const entry of entriesOf(node)) {
    if (entry.key === except) continue;
    const path = `${prefix}.${entry.key}`;
    addFact(path, keyAsNode(entry), 'mention', found);
    payersIn(path, entry.value, found);
  }
}

function suiteNames(root: YamlMap, found: Found): void {
  define('suite', '', nodeAt(root, 'suite'), found);
  const suite = textOf(nodeAt(root, 'suite'));
  for (const policy of scalarsOf(nodeAt(root, 'policies'))) mention('policy', '', policy, found);
  encounterPath(nodeAt(root, 'base'), found);
  for (const suiteCase of itemsOf(nodeAt(root, 'cases'))) {
    define('case', suite, nodeAt(suiteCase, 'id'), found);
    encounterPath(nodeAt(suiteCase, 'base'), found);
    for (const given of entriesOf(nodeAt(suiteCase, 'given'))) givenNames(given, found);
    for (const entry of entriesOf(nodeAt(suiteCase, 'with'))) withNames(entry, found);
    const expect = nodeAt(suiteCase, 'expect');
    const subjects = [
      nodeAt(expect, 'visit'),
      ...entriesOf(nodeAt(expect, 'lines')).map(({ value }) => value),
    ];
    for (const subject of subjects) {
      for (const rule of scalarsOf(nodeAt(subject, 'violates'))) ruleMention(rule, found);
      for (const rule of scalarsOf(nodeAt(subject, 'undetermined'))) ruleMention(rule, found);
      for (const entry of entriesOf(nodeAt(subject, 'outcomes'))) ruleMention(keyAsNode(entry), found);
    }
  }
}

/** `lines.1.record.minutes: 7`, `lines.2: { code: … }`, `plan: { visits: 3 }`, `priorVisits: […]`. */
function givenNames(given: YamlEntry, found: Found): void {
  const [head = '', ...rest] = given.key.split('.');
  if (head === 'priorVisits') {
    for (const visit of itemsOf(given.value)) sectionNames('prior', visit, found);
  } else if (head === 'lines') {
    if (rest.length === 1) lineNames(given.value, found);
    else if (rest[1] === 'record' && rest.length === 2) sectionNames('record', given.value, found);
    else givenFact(rest[1] === 'record' ? rest.slice(1).join('.') : `line.${rest[1]}`, given, found);
  } else if (rest.length === 0) sectionNames(head, given.value, found);
  else givenFact(given.key, given, found);
}

function givenFact(path: string, given: YamlEntry, found: Found): void {
  addFact(path, keyAsNode(given), 'mention', found);
  payersIn(path, given.value, found);
}

/** `minimumMinutes: 10`, or `policy.minimumMinutes: 10` where several policies have one of that name. */
function withNames(entry: YamlEntry, found: Found): void {
  const node = keyAsNode(entry);
  const dot = entry.key.indexOf('.');
  const policy = dot === -1 ? '' : entry.key.slice(0, dot);
  const name = entry.key.slice(dot + 1);
  if (dot !== -1) add('policy', '', 'mention', node, policy, found, { part: [0, dot] });
  add('parameter', policy, 'mention', node, name, found, { part: [dot + 1, entry.key.length] });
  for (const value of scalarsOf(entry.value))
    add('payer', '', 'mention', value, value.text, found, { ifPayer: `${policy}.${name}` });
}

/** `policy/rule`: two names. */
function ruleMention(node: TextNode, found: Found): void {
  const slash = node.text.indexOf('/');
  if (slash === -1) return;
  const policy = node.text.slice(0, slash);
  const rule = node.text.slice(slash + 1);
  add('policy', '', 'mention', node, policy, found, { part: [0, slash] });
  add('rule', policy, 'mention', node, rule, found, { part: [slash + 1, node.text.length] });
}

function encounterPath(node: YamlNode | undefined, found: Found): void {
  if (node?.kind !== 'scalar' || node.text === '') return;
  add('encounter', joinPath(found.path, node.text), 'mention', node, node.text, found);
}

// ---- conditions ---------------------------------------------------------------------------------------------------

function conditionNames(node: YamlNode | undefined, found: Found): void {
  for (const entry of entriesOf(node)) {
    const { key, value } = entry;
    if (key === 'condition') mention('condition', found.policy, value, found);
    else if (key === 'all' || key === 'any') itemsOf(value).forEach((item) => conditionNames(item, found));
    else if (blockWords.some((word) => word === key)) conditionNames(value, found);
    else if (key.includes('.')) testNames(entry, found);
  }
}

function testNames({ key, keySpan, value }: YamlEntry, found: Found): void {
  const path = key.startsWith('other.') ? key.slice('other.'.length) : key;
  addFact(path, { text: key, span: keySpan }, 'mention', found);
  if (value.kind !== 'map') operandNames(path, value, found);
  else for (const entry of value.entries) operandNames(path, entry.value, found);
}

/** `$name`, values, or a block: `{ fact: …, plus: $n }`, `{ date: …, days: $n }`, `{ fact: …, in: $pairs }`. */
function operandNames(path: string, node: YamlNode, found: Found): void {
  if (node.kind === 'map') {
    factNode(nodeAt(node, 'fact'), found);
    for (const key of ['plus', 'plusDays', 'date', 'days', 'in']) dollar(nodeAt(node, key), found);
    return;
  }
  const name = dollar(node, found);
  if (name === null) payersIn(path, node, found);
  else if (isPayer(path, found)) found.payerParameters.add(name);
}

/** `$timed-codes`: the name without its sign, or null where none stands here. */
function dollar(node: YamlNode | undefined, found: Found): string | null {
  if (node?.kind !== 'scalar' || node.quoted || !node.text.startsWith('$')) return null;
  const name = node.text.slice(1);
  add('$', found.policy, 'mention', node, name, found, { part: [1, node.text.length] });
  return name;
}

function factNode(node: YamlNode | undefined, found: Found): void {
  if (node?.kind !== 'scalar') return;
  addFact(
    node.text.startsWith('other.') ? node.text.slice('other.'.length) : node.text,
    node,
    'mention',
    found,
  );
}

function isPayer(path: string, { vocabulary }: Found): boolean {
  return vocabulary.byPath.get(path)?.type.scalar === 'payer';
}

function payersIn(path: string, node: YamlNode, found: Found): void {
  if (isPayer(path, found)) for (const payer of scalarsOf(node)) mention('payer', '', payer, found);
}

/** `{minimumMinutes}` and `{derived.visits}` within a message, wherever its text is written. */
function placeholders(node: YamlNode | undefined, found: Found): void {
  if (node?.kind !== 'scalar') return;
  const written = found.text.slice(node.span.from, node.span.to);
  for (const match of written.matchAll(/\{\s*([^{}\s]+)\s*\}/g)) {
    const name = match[1]!;
    const from = node.span.from + match.index + match[0].indexOf(name);
    const word = { text: name, span: { from, to: from + name.length } };
    if (name.includes('.')) addFact(name, word, 'mention', found);
    else add('parameter', found.policy, 'mention', word, name, found);
  }
}

// ---- one name -----------------------------------------------------------------------------------------------------

/** A word in the text: a scalar, or the key of an entry. */
interface TextNode {
  readonly text: string;
  readonly span: Span;
}

function keyAsNode({ key, keySpan }: YamlEntry): TextNode {
  return { text: key, span: keySpan };
}

function define(kind: NameKind, owner: string, node: YamlNode | undefined, found: Found): void {
  if (node?.kind === 'scalar') add(kind, owner, 'definition', node, node.text, found);
}

function defineKey(kind: NameKind, owner: string, entry: YamlEntry, found: Found): void {
  add(kind, owner, 'definition', keyAsNode(entry), entry.key, found);
}

function mention(kind: NameKind, owner: string, node: YamlNode | undefined, found: Found): void {
  if (node?.kind === 'scalar') add(kind, owner, 'mention', node, node.text, found);
}

/** A fact, of which the last word is the name; or a figure of the policy. */
function addFact(path: string, node: TextNode, role: WrittenName['role'], found: Found): void {
  const dot = node.text.lastIndexOf('.');
  const part: Part = [dot + 1, node.text.length];
  if (path.startsWith('derived.'))
    add('figure', found.policy, role, node, path.slice('derived.'.length), found, { part });
  else add('fact', sectionOf(path), role, node, path, found, { part });
}

/** `source#clause`, one or several: two names each. */
function cites(node: YamlNode | undefined, found: Found): void {
  for (const cite of scalarsOf(node)) {
    const hash = cite.text.indexOf('#');
    if (hash === -1) continue;
    const source = cite.text.slice(0, hash);
    add('source', '', 'mention', cite, source, found, { part: [0, hash] });
    add('clause', source, 'mention', cite, cite.text.slice(hash + 1), found, {
      part: [hash + 1, cite.text.length],
    });
  }
}

/** Which characters of a text are meant. */
type Part = readonly [from: number, to: number];

function add(
  kind: WrittenName['kind'],
  owner: string,
  role: WrittenName['role'],
  node: TextNode,
  name: string,
  { text, names }: Found,
  { part = [0, node.text.length], ifPayer }: { part?: Part; ifPayer?: string } = {},
): void {
  // Quotes stand around the text, and a text that is written otherwise than it reads cannot be pointed into.
  const begins = text.slice(node.span.from, node.span.to).indexOf(node.text);
  if (node.text === '' || begins === -1) return;
  const start = node.span.from + begins;
  const nameSpan = { from: start + part[0], to: start + part[1] };
  const split = kind === 'policy' || kind === 'rule' || kind === 'source' || kind === 'clause';
  const span = split || kind === 'parameter' ? nameSpan : node.span;
  names.push({ kind, owner, name, role, span, nameSpan, ...(ifPayer === undefined ? {} : { ifPayer }) });
}
