import { optionalSections } from '../facts/encounter.ts';
import type { Vocabulary } from '../facts/encounter.ts';
import { ownerOf } from '../facts/fact-table.ts';
import { factKeys, scalarTypes, vocabularyKeys } from '../facts/parse-vocabulary.ts';
import { encounterKeys } from '../facts/read-encounter.ts';
import { sectionOf } from '../facts/vocabulary.ts';
import type { Fact, FactType, ScalarType, Section } from '../facts/vocabulary.ts';
import { entryKeys, listKeys } from '../language/parse-list.ts';
import { policyKeys, reviewKeys, ruleKeys, timeRuleKeys } from '../language/parse-policy.ts';
import { clauseKeys, sourceKeys } from '../language/parse-source.ts';
import { clauseBases, listKinds } from '../language/syntax.ts';
import { operatorNames, operatorOf } from '../model/operators.ts';
import type { OperatorName } from '../model/operators.ts';
import { derivedFunctions, effects, policyKinds, timeMethods } from '../model/policy.ts';
import { blockWords } from '../model/resolve-condition.ts';
import { decisions, ruleOutcomes } from '../evaluate/outcome.ts';
import { caseKeys, subjectKeys, suiteKeys } from '../suites/parse-suite.ts';
import type { FileKind } from './read-file.ts';

/**
 * JSON Schemas (draft 7) of the six kinds of file, for editors that know YAML and JSON Schema but not Proviso.
 *
 * They are made from the key tables of the readers, the operator table and a vocabulary, so that they cannot fall
 * behind. They see shapes and spellings of one file; names that lead to other files, and dates, only Proviso checks.
 * An editor may read `97530` as a number and `GP` as text: where the reader keeps the characters, both are allowed.
 */
export function jsonSchemas(vocabulary: Vocabulary): Readonly<Record<FileKind, JsonSchema>> {
  return {
    policy: policySchema(vocabulary.facts),
    list: listSchema(),
    source: sourceSchema(),
    vocabulary: vocabularySchema(),
    suite: suiteSchema(vocabulary.facts),
    encounter: encounterSchema(vocabulary.facts),
  };
}

export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

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

/** A block that has these keys and no others. Every key of the reader's table needs its words here. */
function block<K extends string>(
  keys: readonly K[],
  properties: Readonly<Record<K, JsonSchema>>,
  required: readonly K[],
  more: object = {},
): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(keys.map((key) => [key, properties[key]])),
    required: [...required],
    additionalProperties: false,
    ...more,
  };
}

function schemaFile(
  kind: FileKind,
  title: string,
  root: JsonSchema,
  definitions: Readonly<Record<string, JsonSchema>>,
): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `https://proviso.invalid/schemas/${kind}.schema.json`,
    title,
    ...(root as object),
    definitions,
  };
}

// ---- values -------------------------------------------------------------------------------------------------------

/** One value of any spelling: the reader keeps its characters. */
const text: JsonSchema = { type: ['string', 'number', 'boolean'] };
const words = (description: string): JsonSchema => describe(description, text);
const remark = words('Free text; only people read it.');
const id = (description: string): JsonSchema => ({
  description,
  type: ['string', 'integer'],
  pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$',
});
const day: JsonSchema = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
const dayOf = (description: string): JsonSchema => describe(description, day);
const oneCite: JsonSchema = { type: 'string', pattern: '^[a-z0-9-]+#[a-z0-9-]+$' };
const cite: JsonSchema = {
  description: 'Where it comes from: `source#clause`, or a list of such.',
  anyOf: [oneCite, listOf(oneCite)],
};
const nameKey = '^[a-z][A-Za-z0-9]*$';
const named: JsonSchema = { type: 'string', pattern: '^\\$' };

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
      return block(
        ['date', 'fact', 'days'],
        { date: either(day, named), fact: refer('factPath'), days: refer('number') },
        ['days'],
      );
    case 'pairs':
      return block(['fact', 'in'], { fact: refer('factPath'), in: named }, ['fact', 'in']);
  }
}

/** Operators that fit the type, or a shorthand: one value (`is`), a list or `$list` (`oneOf`). */
function testOf(type: FactType, fact?: Fact): JsonSchema {
  const fitting = operatorNames.filter((name) => operatorOf(name).fits(type));
  const properties = Object.fromEntries(
    fitting.map((name) => [name, describe(`${operatorOf(name).words} …`, operand(name, type, fact))]),
  );
  const mapping: JsonSchema = { type: 'object', properties, additionalProperties: false, minProperties: 1 };
  if (type.list) return mapping;
  const value = literal(type.scalar, fact && { ...fact, min: undefined, max: undefined });
  return either(mapping, value, named, ...(fitting.includes('oneOf') ? [listOf(value)] : []));
}

const testName = ({ path, type }: Fact): string =>
  type.scalar === 'choice' ? `test-${path}` : `test-${type.list ? 'list-of-' : ''}${type.scalar}`;

const blockWordMeanings: Readonly<Record<(typeof blockWords)[number], string>> = {
  all: 'All of these blocks hold.',
  any: 'At least one of these blocks holds.',
  not: 'This block does not hold.',
  condition: 'A block that has a name under `conditions:`.',
  anyOtherLine:
    'The block holds for at least one other line of the claim, as `other.line.*` and `other.record.*`.',
  everyOtherLine: 'The block holds for every other line of the claim.',
  noOtherLine: 'The block holds for no other line of the claim.',
};

/** A block of conditions over some facts. */
function conditionOf(self: string, facts: readonly Fact[]): JsonSchema {
  const wordSchema = (word: (typeof blockWords)[number]): JsonSchema => {
    const description = blockWordMeanings[word];
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

// ---- the six kinds of file ----------------------------------------------------------------------------------------

function policySchema(facts: readonly Fact[]): JsonSchema {
  const tests = Object.fromEntries(
    facts.map((fact) => [
      testName(fact),
      testOf(fact.type, fact.type.scalar === 'choice' ? fact : undefined),
    ]),
  );
  const condition = (description: string) => refer('condition', description);
  const parameterKeys = ['value', 'unit', 'cite', 'from', 'to', 'remark'] as const;
  const parameter = (required: readonly (typeof parameterKeys)[number][]) =>
    block(
      parameterKeys,
      {
        value: describe(
          'The value: a number, a date, a code, or a list of such.',
          either(text, listOf(text)),
        ),
        unit: words('The unit, as people read it: `minutes`.'),
        cite,
        from: dayOf('The first day on which it is in force.'),
        to: dayOf('The last day on which it is in force, included.'),
        remark,
      },
      required,
    );
  const rule = block(
    ruleKeys,
    {
      id: id('The name of the rule within its policy.'),
      title: words('The rule as a sentence.'),
      cite,
      for: {
        description: 'Whom it judges: each line of the claim (default), or the visit once.',
        enum: ['line', 'visit'],
      },
      when: condition('To what it applies. Left out, to everything.'),
      require: condition('What must hold.'),
      otherwise: { description: 'What follows where it does not hold.', enum: [...effects] },
      then: { description: 'What follows of a prohibition: `when` without `require`.', enum: [...effects] },
      unless: condition('A stated exception.'),
      message: words(
        'What the biller is told; `{line.code}`, `{derived.x}` and `{parameterName}` are filled in.',
      ),
      remedy: words('What to do.'),
      remark,
    },
    ['id', 'title', 'cite'],
    {
      oneOf: [
        { title: 'a requirement', required: ['require', 'otherwise'], properties: { then: false } },
        {
          title: 'a prohibition',
          required: ['when', 'then'],
          properties: { require: false, otherwise: false },
        },
      ],
    },
  );
  const figureKeys = [...derivedFunctions, 'where', 'remark'] as const;
  const figureMeanings: Readonly<Record<(typeof derivedFunctions)[number], JsonSchema>> = {
    count: { description: 'How many there are.', enum: ['lines', 'priorVisits'] },
    countDistinct: refer('factPath', 'How many different values the fact has.'),
    sum: refer('factPath', 'The sum of the fact.'),
    min: refer('factPath', 'The least value of the fact.'),
    max: refer('factPath', 'The greatest value of the fact.'),
  };
  const figure = block(
    figureKeys,
    { ...figureMeanings, where: refer('figureCondition', 'Which of them count.'), remark },
    [],
    {
      oneOf: derivedFunctions.map((name) => ({ required: [name] })),
    },
  );
  const namedBlocks = (description: string, schema: JsonSchema): JsonSchema => ({
    description,
    type: 'object',
    patternProperties: { [nameKey]: schema },
    additionalProperties: false,
  });
  return schemaFile(
    'policy',
    'A payer policy, one revision',
    block(
      policyKeys,
      {
        policy: id('The id that all revisions of the policy share.'),
        title: words('Its name for people.'),
        kind: { description: 'What kind of policy it is.', enum: [...policyKinds] },
        payers: describe('For which payers it is, by id. Left out, for every payer.', listOf(text)),
        effective: describe(
          'When it is in force, by date of service; both days are included.',
          block(
            ['from', 'to'],
            { from: dayOf('The first day.'), to: dayOf('The last day; left out, it has no end.') },
            ['from'],
          ),
        ),
        review: describe(
          'When it was and will be reviewed.',
          block(
            reviewKeys,
            {
              notified: dayOf('When the payer gave notice of it.'),
              last: dayOf('When it was last reviewed.'),
              next: dayOf('When it is to be reviewed next.'),
              owner: words('Who answers for it.'),
            },
            [],
          ),
        ),
        remark,
        extends: id('The policy of which this one is an overlay.'),
        parameters: namedBlocks(
          'Numbers, codes and lists with a name, used as `$name`.',
          either(parameter(['value']), listOf(parameter(['value', 'from']))),
        ),
        timeRule: describe(
          'How minutes of timed codes become units.',
          block(
            timeRuleKeys,
            {
              method: {
                description: 'Each code on its own, all minutes together, or completed units only.',
                enum: [...timeMethods],
              },
              codes: describe('Which codes are timed.', either(named, listOf(literal('code')))),
              minutesPerUnit: {
                description: 'Minutes of one unit; 15 where it is left out.',
                type: 'integer',
                minimum: 1,
                maximum: 1440,
              },
              minimumMinutes: describe(
                'A floor below which a code supports no unit.',
                either({ type: 'integer' }, named),
              ),
              cite,
              remark,
            },
            ['method', 'codes'],
          ),
        ),
        derive: namedBlocks('Figures over the lines or the earlier visits, used as `derived.name`.', figure),
        conditions: namedBlocks('Blocks with a name, used by `condition: name`.', refer('condition')),
        rules: describe('The rules, in the order in which they are reported.', listOf(rule)),
      },
      ['policy', 'title', 'kind', 'effective'],
      { anyOf: [{ required: ['rules'] }, { required: ['extends'] }] },
    ),
    {
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
      number: either({ type: 'number' }, named, refer('otherFact')),
      otherFact: block(
        ['fact', 'plus', 'plusDays'],
        {
          fact: refer('factPath', 'The fact with which to compare.'),
          plus: describe('Added to a number.', either({ type: 'number' }, named)),
          plusDays: describe('Days added to a date.', either({ type: 'integer' }, named)),
        },
        ['fact'],
      ),
    },
  );
}

function listSchema(): JsonSchema {
  const entry = block(
    entryKeys,
    {
      value: words('The code, modifier, payer or text.'),
      columnOne: words('Of a pair: the code that is paid.'),
      columnTwo: words('Of a pair: the code that is part of it.'),
      short: words('A short description in our own words.'),
      cite,
      from: dayOf('The first day on which it is on the list.'),
      to: dayOf('The last day on which it is on the list, included.'),
      remark,
    },
    [],
    {
      oneOf: [
        { required: ['value'], properties: { columnOne: false, columnTwo: false } },
        { required: ['columnOne', 'columnTwo'], properties: { value: false } },
      ],
    },
  );
  return schemaFile(
    'list',
    'A list of codes, modifiers, payers or pairs of codes',
    block(
      listKeys,
      {
        list: id('The name by which policies use it: `$name`.'),
        title: words('Its name for people.'),
        of: { description: 'What it lists.', enum: [...listKinds] },
        cite,
        remark,
        entries: describe('The entries.', listOf(entry, 0)),
      },
      ['list', 'of', 'entries'],
    ),
    {},
  );
}

function sourceSchema(): JsonSchema {
  const clause = block(
    clauseKeys,
    {
      id: id('The name of the clause within the source.'),
      text: words('The clause in our own words.'),
      basis: {
        description: 'Whether it stands there, follows from it, or has not been checked.',
        enum: [...clauseBases],
      },
      setAside: words('Why no rule implements it, where that is deliberate.'),
      remark,
    },
    ['id', 'text'],
  );
  return schemaFile(
    'source',
    'A page that policies cite, clause by clause',
    block(
      sourceKeys,
      {
        source: id('The name by which it is cited: `name#clause`.'),
        title: words('The title of the page.'),
        publisher: words('Who publishes it.'),
        address: words('Where it is to be found.'),
        read: dayOf('The day on which it was read.'),
        unverified: {
          description: 'Whether the whole source is general knowledge that nobody has checked.',
          type: 'boolean',
        },
        remark,
        clauses: describe('The clauses.', listOf(clause, 0)),
      },
      ['source', 'title', 'clauses'],
    ),
    {},
  );
}

function vocabularySchema(): JsonSchema {
  const fact = block(
    factKeys,
    {
      path: {
        description: 'Section and name: `record.equipment`.',
        type: 'string',
        pattern: '^(?:visit|line|record|note|patient|provider|plan|episode|prior)\\.[a-z][A-Za-z0-9]*$',
      },
      type: { description: 'What kind of value it holds.', enum: [...scalarTypes] },
      list: { description: 'Whether it holds several values.', type: 'boolean' },
      unit: words('The unit of a number.'),
      meaning: words('What it means, in one sentence.'),
      example: words('A value as it is written.'),
      values: describe('The values that a `choice` can have.', listOf(text)),
      whole: { description: 'Whether only whole numbers count.', type: 'boolean' },
      min: { description: 'The least number that makes sense.', type: 'number' },
      max: { description: 'The greatest number that makes sense.', type: 'number' },
    },
    ['path', 'type', 'meaning'],
    { if: { required: ['type'], properties: { type: { const: 'choice' } } }, then: { required: ['values'] } },
  );
  return schemaFile(
    'vocabulary',
    'Facts that a workspace adds',
    block(
      vocabularyKeys,
      {
        vocabulary: id('The name of the vocabulary.'),
        title: words('Its name for people.'),
        remark,
        facts: describe('The facts.', listOf(fact, 0)),
      },
      ['vocabulary', 'facts'],
    ),
    {},
  );
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

const sectionMeanings = {
  visit: 'The claim: what it says of the visit as a whole.',
  note: 'What the health record says of the visit as a whole.',
  patient: 'The patient.',
  provider: 'The provider who rendered the services.',
  plan: 'The treatment plan.',
  episode: 'The episode of care.',
} as const satisfies Record<'visit' | (typeof optionalSections)[number], string>;

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
        record: describe(
          'What the health record says of the service. Left out: it was never supplied.',
          either(refer('record'), { type: 'null' }),
        ),
      },
      required: ['code', 'units'],
      additionalProperties: false,
    },
  };
}

function encounterSchema(facts: readonly Fact[]): JsonSchema {
  const sections = Object.fromEntries(
    Object.entries(sectionMeanings).map(([name, meaning]) => [name, refer(name, meaning)]),
  ) as Record<keyof typeof sectionMeanings, JsonSchema>;
  return schemaFile(
    'encounter',
    'One saved visit: what the claim says, and what the health record says',
    block(
      encounterKeys,
      {
        encounter: id('The name of the encounter.'),
        title: words('What is special about it.'),
        remark,
        ...sections,
        priorVisits: describe('The earlier visits of the episode.', listOf(refer('priorVisit'), 0)),
        lines: describe('The lines of the claim.', {
          type: 'array',
          items: refer('line'),
          minItems: 1,
          maxItems: 50,
        }),
      },
      ['encounter', 'visit', 'lines'],
    ),
    encounterDefinitions(facts),
  );
}

function suiteSchema(facts: readonly Fact[]): JsonSchema {
  const rules: JsonSchema = listOf({ type: 'string', pattern: '^[a-z0-9-]+/[a-z0-9-]+$' }, 0);
  const subject = (required: readonly (typeof subjectKeys)[number][]) =>
    block(
      subjectKeys,
      {
        decision: { description: 'The decision.', enum: [...decisions] },
        violates: describe('Every rule that is violated, as `policy/rule`.', rules),
        undetermined: describe('Every rule that cannot be decided.', rules),
        supportableUnits: { description: 'The units that the minutes support.', type: 'number' },
        messages: describe('The messages of the violated rules, in order.', listOf(text, 0)),
        outcomes: {
          description: 'Outcomes of single rules.',
          type: 'object',
          additionalProperties: { enum: [...ruleOutcomes] },
        },
      },
      required,
    );
  const line = '^lines\\.[1-9][0-9]*';
  const stated = facts.filter(({ computed }) => !computed);
  const flat = stated.filter(({ path }) => ['visit', ...optionalSections].includes(sectionOf(path)));
  const ofLines = stated.filter(({ path }) => ownerOf(path) === 'line');
  const given: JsonSchema = {
    description: 'Values by their path; nothing behind a path says that the field is documented as empty.',
    type: 'object',
    properties: {
      ...Object.fromEntries(
        Object.entries(sectionMeanings).map(([name, meaning]) => [name, refer(name, meaning)]),
      ),
      priorVisits: listOf(refer('priorVisit'), 0),
      ...Object.fromEntries(flat.map((fact) => [fact.path, factValue(fact)])),
    },
    patternProperties: {
      [`${line}$`]: refer('line', 'A whole line; the number behind the last one adds a line.'),
      [`${line}\\.record$`]: refer('record', 'The whole record of a line.'),
      ...Object.fromEntries(
        ofLines.map((fact) => [
          `${line}\\.${sectionOf(fact.path) === 'record' ? 'record\\.' : ''}${nameIn(fact)}$`,
          factValue(fact),
        ]),
      ),
    },
    additionalProperties: false,
  };
  const base = words('The saved encounter to start from, relative to the folder of the suite.');
  const suiteCase = block(
    caseKeys,
    {
      id: id('The name of the case.'),
      title: words('What is special about it.'),
      remark,
      base,
      given,
      without: describe(
        'Sections, lines and records that are taken away, as if they had never been supplied.',
        listOf(
          {
            type: 'string',
            pattern: `^(?:${[...optionalSections, 'priorVisits'].join('|')})$|${line}(?:\\.record)?$`,
          },
          0,
        ),
      ),
      with: {
        description: 'Parameters with other values, as `name` or `policy.name`.',
        type: 'object',
        additionalProperties: either(text, listOf(text)),
      },
      expect: describe(
        'The verdict that must come out: `pay`, or the visit and the lines.',
        either(
          { const: 'pay' },
          block(
            ['visit', 'lines'],
            {
              visit: describe("The visit's own rules, and the decision of the whole encounter.", subject([])),
              lines: {
                description: 'By the number of the line.',
                type: 'object',
                patternProperties: { '^[1-9][0-9]?$': subject(['decision']) },
                additionalProperties: false,
              },
            },
            [],
            { minProperties: 1 },
          ),
        ),
      ),
      skip: words('Why the case is not run.'),
      knownGap: describe(
        'Something else comes out today, and that is known.',
        block(
          ['owner', 'reason', 'until'],
          {
            owner: words('Who owns the gap.'),
            reason: words('Why it is there.'),
            until: dayOf('The last day on which it is tolerated.'),
          },
          ['owner', 'reason', 'until'],
        ),
      ),
    },
    ['id', 'expect'],
  );
  return schemaFile(
    'suite',
    'Cases with the verdicts that are expected of them',
    block(
      suiteKeys,
      {
        suite: id('The name of the suite.'),
        title: words('Its name for people.'),
        remark,
        policies: describe(
          'The policies by which alone it judges. Left out, every policy in force.',
          listOf(text),
        ),
        base,
        now: dayOf('The day that the suite takes as today.'),
        cases: describe('The cases.', listOf(suiteCase)),
      },
      ['suite', 'cases'],
    ),
    encounterDefinitions(facts),
  );
}
