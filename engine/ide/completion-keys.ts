import { count } from '../base/words.ts';
import { optionalSections } from '../facts/encounter.ts';
import type { Encounter } from '../facts/encounter.ts';
import type { Fact } from '../facts/vocabulary.ts';
import { operatorNames, operatorOf } from '../model/operators.ts';
import type { OperatorName } from '../model/operators.ts';
import { blockWords } from '../model/resolve-condition.ts';
import { derivedFunctions } from '../model/policy.ts';
import { blockNamed, conditionMeanings, recordMeaning, sectionMeanings } from '../workspace/shapes.ts';
import type { BlockName, Shape } from '../workspace/shapes.ts';
import { factKeys, foundBy, statedFacts } from './completion-facts.ts';
import { literally, tellingWords } from './completion-item.ts';
import type { Ask, Draft } from './completion-item.ts';
import { knownRules } from './completion-references.ts';
import { fileTemplate } from './completion-templates.ts';
import { isOtherLine, shapeFor } from './context.ts';
import type { FactHere } from './context.ts';
import { baseEncounter, judgingPolicies, lineCount, lineWords } from './around-a-suite.ts';
import { textBehind } from './sketch.ts';
import { factMarkdown, keyMarkdown, operatorMarkdown, parameterMarkdown, typeWords } from './words.ts';

/** What can stand as a key at the cursor. */
export function keyDrafts(ask: Ask): readonly Draft[] {
  const { spot, cursor } = ask.at;
  const taken = takenKeys(ask);
  switch (spot.kind) {
    case 'shape': {
      const shape = shapeFor(spot, 'key');
      return shape ? keysOfShape(shape, taken, ask) : [];
    }
    case 'test':
      return operatorKeys(spot.fact, taken, ask);
    case 'operand':
      return spot.wanted.mayBeFact && cursor.role === 'key' ? keysOfBlock('otherFact', taken, ask) : [];
    case 'value':
    case 'nothing':
      return [];
  }
}

/** The keys that the block has already, without the one that is being typed. */
function takenKeys({ at: { cursor } }: Ask): readonly string[] {
  return (cursor.block?.entries ?? []).flatMap(({ key, keySpan }) =>
    keySpan.from === cursor.span.from ? [] : [key],
  );
}

function keysOfShape(shape: Shape, taken: readonly string[], ask: Ask): readonly Draft[] {
  switch (shape.kind) {
    case 'block':
      return keysOfBlock(shape.of, taken, ask);
    case 'condition':
      return [...conditionWords(taken, ask, shape.of), ...factKeys(ask, taken)];
    case 'section':
      return statedFacts(ask, shape.section)
        .filter(({ path }) => !taken.includes(nameIn(path)))
        .map((fact, index) => statedKey(fact, nameIn(fact.path), index, ask));
    case 'line':
      return lineKeys(taken, ask);
    case 'given':
      return givenKeys(taken, ask);
    case 'overrides':
      return parameterKeys(taken, ask);
    case 'expectedLines':
      return lineNumbers(taken, ask);
    case 'outcomes':
      return knownRules(ask)
        .filter(({ label }) => !taken.includes(label))
        .map((draft) => ({ ...draft, insert: keyText(ask, draft.label, '$0'), retrigger: true }));
    case 'named':
      return newName(shape.of, taken, ask);
    default:
      return [];
  }
}

// ---- the keys of a block ------------------------------------------------------------------------------------------

function keysOfBlock(name: BlockName, taken: readonly string[], ask: Ask): readonly Draft[] {
  const { keys, required } = blockNamed(name);
  const wanted = wantedKeys(name, taken, ask);
  const own = Object.entries(keys).flatMap(([key, { meaning, shape }], index): Draft[] => {
    if (taken.includes(key) || wanted.never.includes(key)) return [];
    const isNeeded = required.includes(key) || wanted.now.includes(key);
    return [
      {
        label: key,
        kind: 'key',
        detail: isNeeded ? 'needed' : '',
        documentation: keyMarkdown(key, meaning),
        insert: ask.at.cursor.hasColon ? key : keyWithValue(key, shape, ask),
        foundBy: tellingWords(meaning),
        rank: (isNeeded ? 0 : 100) + index,
        retrigger: !ask.at.cursor.hasColon && asksFurther(shape),
      },
    ];
  });
  const isEmptyFile = ask.at.cursor.path.length === 0 && taken.length === 0;
  return isEmptyFile ? [fileTemplate(ask.at.file), ...own] : own;
}

/** Keys that are needed, or out of place, because of what the block holds already. */
function wantedKeys(
  name: BlockName,
  taken: readonly string[],
  ask: Ask,
): { readonly now: readonly string[]; readonly never: readonly string[] } {
  const has = (key: string): boolean => taken.includes(key);
  switch (name) {
    case 'rule':
      if (has('require') || has('otherwise')) return { now: ['require', 'otherwise'], never: ['then'] };
      if (has('then')) return { now: ['when'], never: ['require', 'otherwise'] };
      return { now: ['when', 'require'], never: [] };
    case 'figure': {
      const chosen = derivedFunctions.some(has);
      return chosen ? { now: [], never: derivedFunctions } : { now: derivedFunctions, never: [] };
    }
    case 'policy':
      return has('extends') ? { now: [], never: [] } : { now: ['rules'], never: [] };
    case 'entry':
      return listsPairs(ask)
        ? { now: ['columnOne', 'columnTwo'], never: ['value'] }
        : { now: ['value'], never: ['columnOne', 'columnTwo'] };
    case 'within':
      if (has('date')) return { now: [], never: ['fact'] };
      return { now: ['fact'], never: has('fact') ? ['date'] : [] };
    case 'otherFact': {
      const isDate = ask.at.scope.wanted?.some(({ scalar }) => scalar === 'date') ?? false;
      const isNumber = ask.at.scope.wanted?.some(({ scalar }) => scalar === 'number') ?? false;
      return { now: [], never: [...(isDate ? [] : ['plusDays']), ...(isNumber ? [] : ['plus'])] };
    }
    case 'fact': {
      const type = textBehind(ask.at.scope.blocks.get('fact'), 'type');
      return {
        now: type === 'choice' ? ['values'] : [],
        never: type === null || type === 'number' ? [] : ['unit', 'whole', 'min', 'max'],
      };
    }
    default:
      return { now: [], never: [] };
  }
}

/** Whether the list file that is open lists pairs. */
export function listsPairs({ at: { root } }: Ask): boolean {
  return textBehind(root, 'of') === 'pair';
}

/** A key with the skeleton of its value, in one line within braces, below each other elsewhere. */
function keyWithValue(key: string, shape: Shape, ask: Ask): string {
  const { flow } = ask.at.cursor;
  const inner = `\n${' '.repeat(innerColumn(ask))}`;
  const put = (value: string) => keyText(ask, key, value);
  const below = (value: string) => (flow ? put(`{ ${value} }`) : `${dash(ask)}${key}:${inner}${value}`);
  switch (shape.kind) {
    case 'message':
      return put('"$0"');
    case 'block':
      return shape.of === 'timeRule' || shape.of === 'expectation' ? below('$0') : put('{ $0 }');
    case 'given':
    case 'overrides':
    case 'outcomes':
      return put('{ $0 }');
    case 'condition':
    case 'section':
    case 'line':
    case 'expectedLines':
    case 'named':
      return below('$0');
    case 'list':
      if (flow || isOneWord(shape.of)) return put('[$0]');
      return `${dash(ask)}${key}:${inner}- $0`;
    default:
      return put('$0');
  }
}

const isOneWord = ({ kind }: Shape): boolean =>
  kind === 'name' || kind === 'text' || kind === 'part' || kind === 'choice';

/** `key: value`, with the dash of an item where that is still missing. */
function keyText(ask: Ask, key: string, value: string): string {
  return ask.at.cursor.hasColon ? key : `${dash(ask)}${key}: ${value}`;
}

const dash = ({ at: { cursor } }: Ask): string => (cursor.lacksDash ? '- ' : '');
/** The column of what stands one step deeper than the key that is put in. */
const innerColumn = ({ at: { cursor } }: Ask): number => cursor.column + (cursor.lacksDash ? 4 : 2);

/** Whether something can be proposed for a value, so that it is worth asking at once. */
function asksFurther(shape: Shape): boolean {
  return !['text', 'message', 'id', 'day', 'number', 'listed', 'value'].includes(shape.kind);
}

/** A name that the author chooses, with the skeleton of what it names. */
function newName(of: Shape, taken: readonly string[], ask: Ask): readonly Draft[] {
  if (ask.at.cursor.hasColon) return [];
  const inner = `\n${' '.repeat(innerColumn(ask))}`;
  const draft = (label: string, detail: string, insert: string): Draft => ({
    label,
    kind: 'template',
    detail,
    documentation: '',
    insert,
    rank: 0,
  });
  if (of.kind === 'condition') {
    const insert = ask.at.cursor.flow ? '${1:itsName}: { $2 }' : `\${1:itsName}:${inner}$2`;
    return [draft('named condition', 'a block that rules use by its name', insert)];
  }
  if (of.kind === 'block' && of.of === 'figure')
    return [draft('figure', 'counted or added up over lines or earlier visits', '${1:itsName}: { $2 }')];
  const inherited = (ask.at.scope.names.base?.parameters ?? [])
    .filter(({ name }) => !taken.includes(name))
    .map((below): Draft => {
      const value = literally(below.values.at(-1)?.items.join(', ') ?? '');
      const unit = below.unit === null ? '' : `, unit: ${literally(below.unit)}`;
      const shown = below.isList ? `[\${1:${value}}]` : `\${1:${value}}`;
      return {
        label: below.name,
        kind: 'parameter',
        detail: 'takes the place of the parameter below',
        documentation: parameterMarkdown(below),
        insert: `${below.name}: { value: ${shown}${unit}, cite: $2 }`,
        foundBy: below.unit ?? '',
        rank: -1,
      };
    });
  const dated = `\${1:itsName}:${inner}- { from: $2, value: $3, cite: $4 }`;
  return [
    ...inherited,
    draft('parameter', 'a number, date or code with a name', '${1:itsName}: { value: $2, cite: $3 }'),
    draft(
      'parameter with a unit',
      'a number of minutes, days or visits',
      '${1:itsName}: { value: $2, unit: $3, cite: $4 }',
    ),
    ...(ask.at.cursor.flow
      ? []
      : [draft('parameter that changes', 'a value for each period, by its first day', dated)]),
  ];
}

// ---- conditions ---------------------------------------------------------------------------------------------------

function conditionWords(taken: readonly string[], ask: Ask, of: 'rule' | 'figure'): readonly Draft[] {
  const { scope, cursor } = ask.at;
  const inner = `\n${' '.repeat(innerColumn(ask))}`;
  return blockWords.flatMap((word): Draft[] => {
    if (taken.includes(word)) return [];
    if (isOtherLine(word) && (scope.inOtherLine || scope.subject !== 'line' || of === 'figure')) return [];
    if (word === 'condition' && scope.names.conditions.length === 0) return [];
    const isList = word === 'all' || word === 'any';
    const skeleton = () => {
      if (cursor.hasColon) return word;
      if (word === 'condition') return keyText(ask, word, '$0');
      if (cursor.flow) return keyText(ask, word, isList ? '[{ $0 }]' : '{ $0 }');
      return `${dash(ask)}${word}:${inner}${isList ? '- $0' : '$0'}`;
    };
    return [
      {
        label: word,
        kind: 'key',
        documentation: keyMarkdown(word, conditionMeanings[word]),
        insert: skeleton(),
        foundBy: tellingWords(conditionMeanings[word]),
        rank: word === 'condition' ? 1 : 3,
        retrigger: !cursor.hasColon,
      },
    ];
  });
}

/** The operators that fit a fact, as keys of its test. */
function operatorKeys(fact: FactHere, taken: readonly string[], ask: Ask): readonly Draft[] {
  return operatorDrafts(fact, ask)
    .filter(({ label }) => !taken.includes(label))
    .map((draft) =>
      ask.at.cursor.hasColon
        ? { ...draft, insert: draft.label, retrigger: false }
        : { ...draft, insert: `${dash(ask)}${draft.insert}` },
    );
}

/** The operators that fit a fact: those that only its type has first, and of these the ones that the file uses. */
export function operatorDrafts(fact: FactHere, { isUsed }: Ask): readonly Draft[] {
  return operatorNames
    .filter((name) => operatorOf(name).fits(fact.type))
    .map((name): Draft => {
      const operator = operatorOf(name);
      return {
        label: name,
        kind: 'operator',
        detail: `${operator.words} …`,
        documentation: operatorMarkdown(name, fact),
        insert: `${name}: ${operandSkeleton(name)}`,
        foundBy: `${operator.words} ${tellingWords(operator.meaning)}`,
        rank: operatorRank(name, fact) - (isUsed(name) ? 0.5 : 0),
        retrigger: true,
      };
    });
}

function operandSkeleton(name: OperatorName): string {
  switch (operatorOf(name).operand) {
    case 'within':
      return '{ fact: $1, days: $2 }';
    case 'pairs':
      return '{ fact: $1, in: $2 }';
    case 'boolean':
    case 'scalar':
    case 'list':
    case 'size':
      return '$0';
  }
}

function operatorRank(name: OperatorName, { type }: FactHere): number {
  const isText = type.scalar === 'text' && !type.list;
  if (name === 'documented') return isText ? 0 : 2;
  const onlyThere = !operatorOf(name).fits({ scalar: 'choice', list: false });
  return onlyThere ? 1 : 3;
}

// ---- encounters and suites ----------------------------------------------------------------------------------------

const nameIn = (path: string): string => path.slice(path.indexOf('.') + 1);

/** A fact as a key of an encounter: with brackets where it holds several values. */
function statedKey(fact: Fact, key: string, rank: number, ask: Ask): Draft {
  const asks = !['text', 'number', 'date'].includes(fact.type.scalar);
  return {
    label: key,
    kind: 'fact',
    detail: typeWords(fact.type, fact.unit),
    documentation: factMarkdown(fact),
    insert: keyText(ask, key, fact.type.list ? '[$0]' : '$0'),
    foundBy: foundBy(fact),
    rank,
    retrigger: asks && !ask.at.cursor.hasColon,
  };
}

function lineKeys(taken: readonly string[], ask: Ask): readonly Draft[] {
  const facts = statedFacts(ask, 'line').filter(({ path }) => !taken.includes(nameIn(path)));
  const record: Draft = {
    label: 'record',
    kind: 'key',
    documentation: keyMarkdown('record', recordMeaning),
    insert: keyWithValue('record', { kind: 'section', section: 'record' }, ask),
    foundBy: tellingWords(recordMeaning),
    rank: 2,
    retrigger: !ask.at.cursor.hasColon,
  };
  const drafts = facts.map((fact) => {
    const needed = fact.path === 'line.code' || fact.path === 'line.units';
    return {
      ...statedKey(fact, nameIn(fact.path), needed ? 0 : 3, ask),
      ...(needed ? { detail: 'needed' } : {}),
    };
  });
  return taken.includes('record') ? drafts : [...drafts, record];
}

function givenKeys(taken: readonly string[], ask: Ask): readonly Draft[] {
  const base = baseEncounter(ask);
  const numbers = Array.from({ length: lineCount(base) }, (_, index) => index + 1);
  const ofLines = (['record', 'line'] as const).flatMap((section) => {
    const facts = statedFacts(ask, section);
    return numbers.flatMap((number) =>
      facts.map((fact) => {
        const key = `lines.${number}.${section === 'record' ? fact.path : nameIn(fact.path)}`;
        const draft = statedKey(fact, key, ask.isUsed(key) ? 0 : 1, ask);
        return base ? { ...draft, detail: `line ${number}: ${lineWords(base, number)}` } : draft;
      }),
    );
  });
  const ofSections = ['visit', ...optionalSections].flatMap((section) =>
    statedFacts(ask, section).map((fact) => statedKey(fact, fact.path, ask.isUsed(fact.path) ? 0 : 2, ask)),
  );
  const next = `lines.${numbers.length + 1}`;
  const whole: readonly Draft[] = [
    wholeKey(next, 'A further line, given whole.', '{ code: $1, units: $2, record: { minutes: $3 } }', ask),
    ...numbers.map((number) => wholeKey(`lines.${number}.record`, recordMeaning, '{ $0 }', ask)),
    ...Object.entries(sectionMeanings).map(([section, meaning]) => wholeKey(section, meaning, '{ $0 }', ask)),
    wholeKey('priorVisits', 'The earlier visits of the episode.', '[{ $0 }]', ask),
  ];
  return [...ofLines, ...ofSections, ...whole].filter(({ label }) => !taken.includes(label));
}

function wholeKey(key: string, meaning: string, value: string, ask: Ask): Draft {
  return {
    label: key,
    kind: 'key',
    detail: 'given whole',
    documentation: keyMarkdown(key, meaning),
    insert: keyText(ask, key, value),
    foundBy: tellingWords(meaning),
    rank: 3,
    retrigger: !ask.at.cursor.hasColon,
  };
}

/** Parameters of the policies by which the suite judges. */
function parameterKeys(taken: readonly string[], ask: Ask): readonly Draft[] {
  const policies = judgingPolicies(ask);
  const names = policies.flatMap(({ id, parameters }) => parameters.map((parameter) => ({ id, parameter })));
  return names.flatMap(({ id, parameter }): Draft[] => {
    const isAlone = names.every((other) => other.id === id || other.parameter.name !== parameter.name);
    const key = isAlone ? parameter.name : `${id}.${parameter.name}`;
    if (taken.includes(key)) return [];
    const value = parameter.values.at(-1)?.value.items.join(', ') ?? '';
    return [
      {
        label: key,
        kind: 'parameter',
        detail: [value, parameter.unit ?? ''].join(' ').trim(),
        documentation: keyMarkdown(key, `A parameter of the policy ${id}.`),
        insert: keyText(ask, key, `\${1:${literally(value)}}`),
        foundBy: id,
        rank: 0,
      },
    ];
  });
}

function lineNumbers(taken: readonly string[], ask: Ask): readonly Draft[] {
  const base = baseEncounter(ask);
  return Array.from({ length: lineCount(base) }, (_, index) => index + 1)
    .filter((number) => !taken.includes(String(number)))
    .map((number) => ({
      label: String(number),
      kind: 'line',
      detail: base ? lineWords(base, number) : `line ${number}`,
      documentation: base ? lineMarkdown(base, number) : '',
      insert: keyText(ask, String(number), '{ decision: $0 }'),
      foundBy: base ? lineWords(base, number) : '',
      rank: number,
      retrigger: !ask.at.cursor.hasColon,
    }));
}

function lineMarkdown(base: Encounter, number: number): string {
  const record = base.lines[number - 1]?.record;
  const minutes = record?.get('record.minutes');
  const supplied = record
    ? typeof minutes === 'number'
      ? `, ${count(minutes, 'minute')} on record`
      : ''
    : ', without its record';
  return `Line ${number} of the encounter: ${lineWords(base, number)}${supplied}.`;
}
