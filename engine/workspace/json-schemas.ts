import { optionalSections } from '../facts/encounter.ts';
import type { Vocabulary } from '../facts/encounter.ts';
import { ownerOf } from '../facts/fact-table.ts';
import { sectionOf } from '../facts/vocabulary.ts';
import type { Fact, FactType, ScalarType, Section } from '../facts/vocabulary.ts';
import { operatorNames, operatorOf } from '../model/operators.ts';
import type { OperatorName } from '../model/operators.ts';
import { derivedFunctions } from '../model/policy.ts';
import { blockWords } from '../model/resolve-condition.ts';
import { ruleOutcomes } from '../evaluate/outcome.ts';
import type { FileKind } from './read-file.ts';
import { blockNamed, conditionMeanings, recordMeaning, sectionMeanings } from './shapes.ts';
import type { BlockName, KeyShape, Shape } from './shapes.ts';

/**
 * JSON Schemas (draft 7) of the seven kinds of file, for editors that know YAML and JSON Schema but not Proviso.
 *
 * They are made from the shapes of the files, the operator table and a vocabulary, so that they cannot fall behind.
 * They see shapes and spellings of one file; names that lead to other files, and dates, only Proviso checks.
 * An editor may read `97530` as a number and `GP` as text: where the reader keeps the characters, both are allowed.
 */
export function jsonSchemas(vocabulary: Vocabulary): Readonly<Record<FileKind, JsonSchema>> {
  const { facts } = vocabulary;
  return {
    policy: schemaFile('policy', policyDefinitions(facts), facts),
    list: schemaFile('list', {}, facts),
    source: schemaFile('source', {}, facts),
    vocabulary: schemaFile('vocabulary', {}, facts),
    settings: schemaFile('settings', {}, facts),
    suite: schemaFile('suite', encounterDefinitions(facts), facts),
    encounter: schemaFile('encounter', encounterDefinitions(facts), facts),
  };
}

export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

function schemaFile(
  kind: FileKind,
  definitions: Readonly<Record<string, JsonSchema>>,
  facts: readonly Fact[],
): JsonSchema {
  const { title } = blockNamed(kind);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `https://proviso.invalid/schemas/${kind}.schema.json`,
    title: title.charAt(0).toUpperCase() + title.slice(1),
    ...(blockSchema(kind, facts) as object),
    definitions,
  };
}

const describe = (description: string, schema: JsonSchema): JsonSchema => ({
  description,
  ...(schema as object),
});
/** A reference with words of its own; beside a bare `$ref`, draft 7 ignores everything. */
const refer = (name: string, description?: string): JsonSchema =>
  description === undefined
    ? { $ref: `#/definitions/${name}` }
    : { description, allOf: [{ $ref: `#/definitions/${name}` }] };
const listOf = (items: JsonSchema, minItems = 1): JsonSchema => ({ type: 'array', items, minItems });
const either = (...schemas: readonly JsonSchema[]): JsonSchema => ({ anyOf: schemas });

/** A block that has these keys and no others. */
function blockSchema(name: BlockName, facts: readonly Fact[]): JsonSchema {
  const { keys, required } = blockNamed(name);
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(keys).map(([key, { meaning, shape }]) => [key, keySchema({ meaning, shape }, facts)]),
    ),
    required: [...required],
    additionalProperties: false,
    ...forms[name],
  };
}

function keySchema({ meaning, shape }: KeyShape, facts: readonly Fact[]): JsonSchema {
  const schema = shapeSchema(shape, facts);
  return typeof schema === 'object' && '$ref' in schema
    ? { description: meaning, allOf: [schema] }
    : describe(meaning, schema);
}

/** Where a block is right in one of several forms only. */
const forms: Readonly<Partial<Record<BlockName, object>>> = {
  policy: { anyOf: [{ required: ['rules'] }, { required: ['extends'] }] },
  rule: {
    oneOf: [
      { title: 'a requirement', required: ['require', 'otherwise'], properties: { then: false } },
      {
        title: 'a prohibition',
        required: ['when', 'then'],
        properties: { require: false, otherwise: false },
      },
    ],
  },
  received: { minProperties: 1 },
  figure: { oneOf: derivedFunctions.map((name) => ({ required: [name] })) },
  entry: {
    oneOf: [
      { required: ['value'], properties: { columnOne: false, columnTwo: false } },
      { required: ['columnOne', 'columnTwo'], properties: { value: false } },
    ],
  },
  fact: {
    if: { required: ['type'], properties: { type: { const: 'choice' } } },
    then: { required: ['values'] },
  },
  expectation: { minProperties: 1 },
};

/** What may stand at a place, as JSON Schema can say it. */
function shapeSchema(shape: Shape, facts: readonly Fact[]): JsonSchema {
  switch (shape.kind) {
    case 'text':
    case 'message':
    case 'unit':
    case 'listed':
      return text;
    case 'id':
      return id;
    case 'day':
      return day;
    case 'boolean':
      return { type: 'boolean' };
    case 'number':
      return {
        type: shape.whole ? 'integer' : 'number',
        ...(shape.min === undefined ? {} : { minimum: shape.min }),
        ...(shape.max === undefined ? {} : { maximum: shape.max }),
      };
    case 'choice':
      return { enum: Object.keys(shape.values) };
    case 'newFact':
      return {
        type: 'string',
        pattern: '^(?:visit|line|record|note|patient|provider|plan|episode|prior)\\.[a-z][A-Za-z0-9]*$',
      };
    case 'cite':
      return either(oneCite, listOf(oneCite));
    case 'value':
      return either(text, listOf(text));
    case 'operand': {
      const value = shape.whole ? { type: 'integer' } : literal(shape.type.scalar);
      return either(shape.type.list ? listOf(value) : value, named);
    }
    case 'pairList':
      return named;
    case 'fact':
      return refer('factPath');
    case 'condition':
      return refer(shape.of === 'rule' ? 'condition' : 'figureCondition');
    case 'section':
      return refer(shape.section === 'priorVisits' ? 'priorVisit' : shape.section);
    case 'line':
      return refer('line');
    case 'given':
      return given(facts);
    case 'part':
      return {
        type: 'string',
        pattern: `^(?:${[...optionalSections, 'priorVisits'].join('|')})$|${linePath}(?:\\.record)?$`,
      };
    case 'overrides':
      return { type: 'object', additionalProperties: either(text, listOf(text)) };
    case 'expectedLines':
      return {
        type: 'object',
        patternProperties: {
          '^[1-9][0-9]?$': { ...(blockSchema('subject', facts) as object), required: ['decision'] },
        },
        additionalProperties: false,
      };
    case 'outcomes':
      return { type: 'object', additionalProperties: { enum: [...ruleOutcomes] } };
    case 'name':
      return names[shape.of];
    case 'block':
      return blockSchema(shape.of, facts);
    case 'list': {
      // A claim in 837P holds at most fifty lines.
      const most = shape.of.kind === 'line' ? { maxItems: 50 } : {};
      return {
        ...(listOf(shapeSchema(shape.of, facts), shape.mayBeEmpty ? 0 : 1) as object),
        ...most,
      };
    }
    case 'named':
      return {
        type: 'object',
        patternProperties: { [nameKey]: shapeSchema(shape.of, facts) },
        additionalProperties: false,
      };
    case 'either':
      return either(...shape.of.map((one) => shapeSchema(one, facts)));
  }
}

// ---- values -------------------------------------------------------------------------------------------------------

/** One value of any spelling: the reader keeps its characters. */
const text: JsonSchema = { type: ['string', 'number', 'boolean'] };
const id: JsonSchema = { type: ['string', 'integer'], pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$' };
const day: JsonSchema = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
const oneCite: JsonSchema = { type: 'string', pattern: '^[a-z0-9-]+#[a-z0-9-]+$' };
const nameKey = '^[a-z][A-Za-z0-9]*$';
const named: JsonSchema = { type: 'string', pattern: '^\\$' };

const names: Readonly<Record<Extract<Shape, { kind: 'name' }>['of'], JsonSchema>> = {
  policy: id,
  rule: { type: 'string', pattern: '^[a-z0-9-]+/[a-z0-9-]+$' },
  payer: text,
  encounter: text,
  condition: { type: 'string', pattern: nameKey },
};

/** A literal of a scalar type, as a policy compares with it and an encounter states it. */
function literal(scalar: ScalarType, fact?: Fact): JsonSchema {
  switch (scalar) {
    case 'number':
      return {
        type: fact?.whole ? 'integer' : 'number',
        ...(fact?.min === undefined ? {} : { minimum: fact.min }),
        ...(fact?.max === undefined ? {} : { maximum: fact.max }),
      };
    case 'date':
      return day;
    case 'boolean':
      return { type: 'boolean' };
    case 'choice':
      return fact?.values ? { enum: [...fact.values] } : text;
    case 'code':
    case 'modifier':
    case 'diagnosis':
      return { type: ['string', 'number'], pattern: '^[A-Z0-9]+(?:\\.[A-Z0-9]+)?$' };
    case 'payer':
    case 'text':
      return text;
  }
}

// ---- conditions ---------------------------------------------------------------------------------------------------

/** What an operator is compared with: a value, `$name`, or another fact. */
function operand(name: OperatorName, type: FactType, fact?: Fact): JsonSchema {
  const value = literal(type.scalar, fact && { ...fact, min: undefined, max: undefined });
  switch (operatorOf(name).operand) {
    case 'boolean':
      return { type: 'boolean' };
    case 'size':
      return either({ type: 'integer', minimum: 0 }, named, refer('otherFact'));
    case 'scalar':
      return either(value, named, refer('otherFact'));
    case 'list':
      return either(listOf(value), named, refer('otherFact'));
    case 'within':
      return blockSchema('within', []);
    case 'pairs':
      return blockSchema('pairs', []);
  }
}

/** Operators that fit the type, or a shorthand: one value (`is`), a list or `$list` (`oneOf`). */
function testOf(type: FactType, fact?: Fact): JsonSchema {
  const fitting = operatorNames.filter((name) => operatorOf(name).fits(type));
  const properties = Object.fromEntries(
    fitting.map((name) => [name, describe(operatorOf(name).meaning, operand(name, type, fact))]),
  );
  const mapping: JsonSchema = { type: 'object', properties, additionalProperties: false, minProperties: 1 };
  if (type.list) return mapping;
  const value = literal(type.scalar, fact && { ...fact, min: undefined, max: undefined });
  return either(mapping, value, named, ...(fitting.includes('oneOf') ? [listOf(value)] : []));
}

const testName = ({ path, type }: Fact): string =>
  type.scalar === 'choice' ? `test-${path}` : `test-${type.list ? 'list-of-' : ''}${type.scalar}`;

/** A block of conditions over some facts. */
function conditionOf(self: string, facts: readonly Fact[]): JsonSchema {
  const wordSchema = (word: (typeof blockWords)[number]): JsonSchema => {
    const description = conditionMeanings[word];
    if (word === 'all' || word === 'any') return describe(description, listOf(refer(self)));
    return word === 'condition'
      ? describe(description, { type: 'string', pattern: nameKey })
      : refer(self, description);
  };
  const factEntries = facts.flatMap((fact): [string, JsonSchema][] => {
    const test = refer(testName(fact), fact.meaning);
    return ownerOf(fact.path) === 'line'
      ? [
          [fact.path, test],
          [`other.${fact.path}`, test],
        ]
      : [[fact.path, test]];
  });
  return {
    type: 'object',
    properties: {
      ...Object.fromEntries(blockWords.map((word) => [word, wordSchema(word)])),
      ...Object.fromEntries(factEntries),
    },
    patternProperties: { '^derived\\.[a-z][A-Za-z0-9]*$': refer('test-derived', 'A figure of `derive:`.') },
    additionalProperties: false,
    minProperties: 1,
  };
}

function policyDefinitions(facts: readonly Fact[]): Readonly<Record<string, JsonSchema>> {
  const tests = Object.fromEntries(
    facts.map((fact) => [
      testName(fact),
      testOf(fact.type, fact.type.scalar === 'choice' ? fact : undefined),
    ]),
  );
  return {
    ...tests,
    'test-derived': either(
      testOf({ scalar: 'number', list: false }),
      testOf({ scalar: 'date', list: false }),
    ),
    condition: conditionOf(
      'condition',
      facts.filter(({ path }) => sectionOf(path) !== 'priorVisits'),
    ),
    figureCondition: conditionOf('figureCondition', facts),
    factPath: {
      anyOf: [
        {
          enum: facts.flatMap(({ path }) => (ownerOf(path) === 'line' ? [path, `other.${path}`] : [path])),
        },
        { type: 'string', pattern: '^derived\\.[a-z][A-Za-z0-9]*$' },
      ],
    },
    otherFact: blockSchema('otherFact', facts),
  };
}

// ---- encounters and the suites that start from them ---------------------------------------------------------------

/** Without these nothing can be judged, so they cannot be empty. */
const essential: readonly string[] = ['visit.date', 'visit.payer', 'line.code'];

/** A value of a fact as an encounter states it; nothing at all says that the field is empty. */
function factValue(fact: Fact): JsonSchema {
  const value = literal(fact.type.scalar, fact);
  const stated = fact.type.list ? listOf(value, 0) : value;
  const schema = essential.includes(fact.path) ? stated : either(stated, { type: 'null' });
  return describe(`${fact.meaning} For example: ${fact.example}`, schema);
}

const isStated = (section: Section) => (fact: Fact) => sectionOf(fact.path) === section && !fact.computed;
const nameIn = ({ path }: Fact) => path.slice(path.indexOf('.') + 1);

function sectionProperties(section: Section, facts: readonly Fact[]): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(facts.filter(isStated(section)).map((fact) => [nameIn(fact), factValue(fact)]));
}

function encounterDefinitions(facts: readonly Fact[]): Readonly<Record<string, JsonSchema>> {
  const section = (name: Section, required: readonly string[] = []): JsonSchema => ({
    type: 'object',
    properties: sectionProperties(name, facts),
    required: [...required],
    additionalProperties: false,
  });
  return {
    ...Object.fromEntries(optionalSections.map((name) => [name, section(name)])),
    visit: section('visit', ['date', 'payer']),
    record: section('record'),
    priorVisit: section('priorVisits'),
    line: {
      type: 'object',
      properties: {
        ...sectionProperties('line', facts),
        record: describe(recordMeaning, either(refer('record'), { type: 'null' })),
      },
      required: ['code', 'units'],
      additionalProperties: false,
    },
  };
}

const linePath = '^lines\\.[1-9][0-9]*';

/** Values by their path, as a case lays them over its encounter. */
function given(facts: readonly Fact[]): JsonSchema {
  const stated = facts.filter(({ computed }) => !computed);
  const flat = stated.filter(({ path }) => ['visit', ...optionalSections].includes(sectionOf(path)));
  const ofLines = stated.filter(({ path }) => ownerOf(path) === 'line');
  return {
    type: 'object',
    properties: {
      ...Object.fromEntries(
        Object.entries(sectionMeanings).map(([name, meaning]) => [name, refer(name, meaning)]),
      ),
      priorVisits: listOf(refer('priorVisit'), 0),
      ...Object.fromEntries(flat.map((fact) => [fact.path, factValue(fact)])),
    },
    patternProperties: {
      [`${linePath}$`]: refer('line', 'A whole line; the number behind the last one adds a line.'),
      [`${linePath}\\.record$`]: refer('record', 'The whole record of a line.'),
      ...Object.fromEntries(
        ofLines.map((fact) => [
          `${linePath}\\.${sectionOf(fact.path) === 'record' ? 'record\\.' : ''}${nameIn(fact)}$`,
          factValue(fact),
        ]),
      ),
    },
    additionalProperties: false,
  };
}
