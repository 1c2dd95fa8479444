import { optionalSections } from '../facts/encounter.ts';
import { factKeys, scalarTypes, vocabularyKeys } from '../facts/parse-vocabulary.ts';
import { encounterKeys } from '../facts/read-encounter.ts';
import type { FactType, ScalarType, Section } from '../facts/vocabulary.ts';
import { entryKeys, listKeys } from '../language/parse-list.ts';
import {
  parameterKeys,
  periodKeys,
  policyKeys,
  reviewKeys,
  ruleKeys,
  timeRuleKeys,
} from '../language/parse-policy.ts';
import { approvalKeys, settingsKeys } from '../language/parse-settings.ts';
import type { ChangeWay } from '../language/parse-settings.ts';
import { clauseKeys, sourceKeys } from '../language/parse-source.ts';
import type { ClauseBasis, ListKind } from '../language/syntax.ts';
import { derivedFunctions } from '../model/policy.ts';
import type { Effect, PolicyKind, TimeMethod } from '../model/policy.ts';
import type { blockWords } from '../model/resolve-condition.ts';
import { otherFactKeys, pairsKeys, withinKeys } from '../model/resolve-operand.ts';
import type { Decision, RuleOutcome } from '../evaluate/outcome.ts';
import { caseKeys, expectationKeys, gapKeys, subjectKeys, suiteKeys } from '../suites/parse-suite.ts';
import type { FileKind } from './read-file.ts';

/**
 * What can stand at each place of each kind of file, and what it means.
 *
 * The keys are those of the readers, so that a key without its words does not compile.
 * The JSON Schemas, completion and hover are made from this one description.
 */
export type Shape =
  /** Free words, which keep every character. */
  | { readonly kind: 'text' }
  /** Words in which `{fact}` and `{parameter}` are filled in. */
  | { readonly kind: 'message' }
  /** What a number counts: `minutes`. */
  | { readonly kind: 'unit' }
  /** A name that the author gives: lower-case words with dashes. */
  | { readonly kind: 'id' }
  | { readonly kind: 'day' }
  | { readonly kind: 'number'; readonly whole?: boolean; readonly min?: number; readonly max?: number }
  | { readonly kind: 'boolean' }
  /** One of these words, each with what it says. */
  | { readonly kind: 'choice'; readonly values: Readonly<Record<string, string>> }
  /** The path of a fact that a vocabulary file adds. */
  | { readonly kind: 'newFact' }
  /** `source#clause`, or a list of such. */
  | { readonly kind: 'cite' }
  /** The value of a parameter: one of any type, or a list of such. */
  | { readonly kind: 'value' }
  /** A value of a list file, of the kind that the file lists. */
  | { readonly kind: 'listed' }
  /** A literal, `$parameter` or `$list` of this type. */
  | {
      readonly kind: 'operand';
      readonly type: FactType;
      readonly whole?: boolean;
      readonly unit?: string;
    }
  /** `$name` of a list of pairs. */
  | { readonly kind: 'pairList' }
  /** The path of a fact. */
  | { readonly kind: 'fact' }
  /** A block of conditions: of a rule, or of a figure over lines or earlier visits. */
  | { readonly kind: 'condition'; readonly of: 'rule' | 'figure' }
  /** The facts of one section of an encounter. */
  | { readonly kind: 'section'; readonly section: Section }
  /** A line of a claim, with its record. */
  | { readonly kind: 'line' }
  /** Paths into an encounter, with values. */
  | { readonly kind: 'given' }
  /** A section, a line or a record of an encounter. */
  | { readonly kind: 'part' }
  /** Parameters of policies, with values. */
  | { readonly kind: 'overrides' }
  /** What is expected of lines, by number. */
  | { readonly kind: 'expectedLines' }
  /** Rules with their outcomes. */
  | { readonly kind: 'outcomes' }
  | { readonly kind: 'name'; readonly of: 'policy' | 'rule' | 'payer' | 'encounter' | 'condition' }
  | { readonly kind: 'block'; readonly of: BlockName }
  | { readonly kind: 'list'; readonly of: Shape; readonly mayBeEmpty?: boolean }
  /** A block whose keys the author chooses. */
  | { readonly kind: 'named'; readonly of: Shape }
  | { readonly kind: 'either'; readonly of: readonly Shape[] };

export interface KeyShape {
  /** One sentence, as hover and the JSON Schema show it. */
  readonly meaning: string;
  readonly shape: Shape;
}

/** A block that has these keys and no others. */
export interface Block {
  /** What it is, in a few words. */
  readonly title: string;
  readonly keys: Readonly<Record<string, KeyShape>>;
  readonly required: readonly string[];
}

function block<K extends string>(
  title: string,
  order: readonly K[],
  keys: Readonly<Record<K, KeyShape>>,
  required: readonly K[],
): Block {
  return { title, keys: Object.fromEntries(order.map((key) => [key, keys[key]])), required };
}

const is = (meaning: string, shape: Shape): KeyShape => ({ meaning, shape });
const text: Shape = { kind: 'text' };
const day: Shape = { kind: 'day' };
const id: Shape = { kind: 'id' };
const choice = (values: Readonly<Record<string, string>>): Shape => ({ kind: 'choice', values });
const listOf = (of: Shape, mayBeEmpty = false): Shape => ({ kind: 'list', of, mayBeEmpty });
const nameOf = (of: Extract<Shape, { kind: 'name' }>['of']): Shape => ({ kind: 'name', of });
const blockOf = (of: BlockName): Shape => ({ kind: 'block', of });
const operand = (scalar: ScalarType, list = false): Shape => ({ kind: 'operand', type: { scalar, list } });
const wholeNumber = (unit: string): Shape => ({
  kind: 'operand',
  type: { scalar: 'number', list: false },
  whole: true,
  unit,
});
const remark = is('Free text; only people read it.', text);
const cite = is('Where it comes from: `source#clause`, or a list of such.', { kind: 'cite' });

// ---- closed sets, each word with what it says ----------------------------------------------------------------------

export const kindMeanings = {
  'code-definition': 'What a service must be, to be billed under a code.',
  'time-threshold': 'How many minutes a service needs, and how many units they support.',
  documentation: 'What the health record must show.',
  billing: 'What may be billed together, with which modifiers, and how often.',
} as const satisfies Record<PolicyKind, string>;

export const effectMeanings = {
  deny: 'The line, or the visit, is not paid.',
  review: 'A person looks at it before it is paid.',
  reduce: 'The line is paid with the units that its minutes support.',
  advise: 'It is paid, with a word of advice to the biller.',
} as const satisfies Record<Effect, string>;

export const decisionMeanings = {
  deny: effectMeanings.deny,
  review: effectMeanings.review,
  reduce: effectMeanings.reduce,
  'needs-record': 'It cannot be decided before the health record is supplied.',
  advise: effectMeanings.advise,
  pay: 'It is paid; nothing stands against it.',
} as const satisfies Record<Decision, string>;

const outcomeMeanings = {
  'not-applicable': 'The rule does not apply here.',
  met: 'The rule applies, and what it requires holds.',
  violated: 'The rule applies, and what it requires does not hold.',
  undetermined: 'The rule cannot be decided, since something was never supplied.',
} as const satisfies Record<RuleOutcome, string>;

export const methodMeanings = {
  'per-service': 'Each code by its own minutes.',
  'total-time': 'All timed minutes of the visit together, as Medicare counts.',
  'full-units': 'Completed units only.',
} as const satisfies Record<TimeMethod, string>;

const basisMeanings = {
  read: 'It stands on the page that was read.',
  inferred: 'It follows from what stands there.',
  unverified: 'General knowledge that nobody has checked.',
} as const satisfies Record<ClauseBasis, string>;

const changeWayMeanings = {
  'looser-on-payment':
    'A policy of the kind `time-threshold` or `billing` decides more mildly, or supports more units.',
  'stricter-on-payment':
    'A policy of the kind `time-threshold` or `billing` decides more gravely, or supports fewer units.',
  'looser-on-coverage': 'A policy of the kind `code-definition` or `documentation` decides more mildly.',
  'stricter-on-coverage': 'A policy of the kind `code-definition` or `documentation` decides more gravely.',
} as const satisfies Record<ChangeWay, string>;

const listKindMeanings = {
  code: 'Procedure codes, such as 97530.',
  modifier: 'Modifiers, such as GP.',
  diagnosis: 'Diagnosis codes, such as M54.50.',
  payer: 'Payers, by the ids that policies and encounters use.',
  text: 'Words of any kind.',
  pair: 'Pairs of codes, of which one is part of the other.',
} as const satisfies Record<ListKind, string>;

const typeMeanings = {
  code: 'A procedure code, which keeps every character.',
  diagnosis: 'A diagnosis code, such as M54.50.',
  modifier: 'A modifier of two characters.',
  payer: 'A payer, by its id.',
  choice: 'One of the words listed under `values`.',
  text: 'Free words.',
  number: 'A number, with or without a unit.',
  date: 'A date, as year-month-day.',
  boolean: 'True or false.',
} as const satisfies Record<(typeof scalarTypes)[number], string>;

export const conditionMeanings = {
  all: 'All of these blocks hold.',
  any: 'At least one of these blocks holds.',
  not: 'This block does not hold.',
  condition: 'A block that has a name under `conditions:`.',
  anyOtherLine:
    'The block holds for at least one other line of the claim, as `other.line.*` and `other.record.*`.',
  everyOtherLine: 'The block holds for every other line of the claim.',
  noOtherLine: 'The block holds for no other line of the claim.',
} as const satisfies Record<(typeof blockWords)[number], string>;

export const sectionMeanings = {
  visit: 'The claim: what it says of the visit as a whole.',
  note: 'What the health record says of the visit as a whole.',
  patient: 'The patient.',
  provider: 'The provider who rendered the services.',
  plan: 'The treatment plan.',
  episode: 'The episode of care.',
} as const satisfies Record<'visit' | (typeof optionalSections)[number], string>;

/** The whole record of a line, where an encounter states it. */
export const recordMeaning = 'What the health record says of the service. Left out: it was never supplied.';

// ---- blocks --------------------------------------------------------------------------------------------------------

const parameter = (required: readonly (typeof parameterKeys)[number][]): Block =>
  block(
    'a parameter',
    parameterKeys,
    {
      value: is('The value: a number, a date, a code, or a list of such.', { kind: 'value' }),
      unit: is('The unit, as people read it: `minutes`.', { kind: 'unit' }),
      cite,
      from: is('The first day on which it is in force.', day),
      to: is('The last day on which it is in force, included.', day),
      remark,
    },
    required,
  );

const sectionShape = (section: Section): Shape => ({ kind: 'section', section });

export const blocks = {
  policy: block(
    'a payer policy, one revision',
    policyKeys,
    {
      policy: is('The id that all revisions of the policy share.', id),
      title: is('Its name for people.', text),
      kind: is('What kind of policy it is.', choice(kindMeanings)),
      payers: is('For which payers it is, by id. Left out, for every payer.', listOf(nameOf('payer'))),
      effective: is('When it is in force, by date of service; both days are included.', blockOf('period')),
      received: is(
        'For claims that the payer received on these days, both included; beside `effective`.',
        blockOf('received'),
      ),
      review: is('When it was and will be reviewed.', blockOf('review')),
      remark,
      extends: is('The policy of which this one is an overlay.', nameOf('policy')),
      parameters: is('Numbers, codes and lists with a name, used as `$name`.', {
        kind: 'named',
        of: { kind: 'either', of: [blockOf('parameter'), listOf(blockOf('datedParameter'))] },
      }),
      timeRule: is('How minutes of timed codes become units.', blockOf('timeRule')),
      derive: is('Figures over the lines or the earlier visits, used as `derived.name`.', {
        kind: 'named',
        of: blockOf('figure'),
      }),
      conditions: is('Blocks with a name, used by `condition: name`.', {
        kind: 'named',
        of: { kind: 'condition', of: 'rule' },
      }),
      rules: is('The rules, in the order in which they are reported.', listOf(blockOf('rule'))),
    },
    ['policy', 'title', 'kind', 'effective'],
  ),
  period: block(
    'a period',
    periodKeys,
    { from: is('The first day.', day), to: is('The last day; left out, it has no end.', day) },
    ['from'],
  ),
  received: block(
    'when claims are received',
    periodKeys,
    {
      from: is('The first day on which they are received; left out, any day before the last.', day),
      to: is('The last day on which they are received; left out, it has no end.', day),
    },
    [],
  ),
  review: block(
    'a review',
    reviewKeys,
    {
      notified: is('When the payer gave notice of it.', day),
      last: is('When it was last reviewed.', day),
      next: is('When it is to be reviewed next.', day),
      owner: is('Who answers for it.', text),
    },
    [],
  ),
  parameter: parameter(['value']),
  datedParameter: parameter(['value', 'from']),
  timeRule: block(
    'a time rule',
    timeRuleKeys,
    {
      method: is(
        'Each code on its own, all minutes together, or completed units only.',
        choice(methodMeanings),
      ),
      codes: is('Which codes are timed.', operand('code', true)),
      minutesPerUnit: is('Minutes of one unit; 15 where it is left out.', {
        kind: 'number',
        whole: true,
        min: 1,
        max: 1440,
      }),
      minimumMinutes: is('A floor below which a code supports no unit.', wholeNumber('minutes')),
      cite,
      remark,
    },
    ['method', 'codes'],
  ),
  figure: block(
    'a figure',
    [...derivedFunctions, 'where', 'remark'] as const,
    {
      count: is(
        'How many there are.',
        choice({ lines: 'The lines of the claim.', priorVisits: 'The earlier visits of the episode.' }),
      ),
      countDistinct: is('How many different values the fact has.', { kind: 'fact' }),
      sum: is('The sum of the fact.', { kind: 'fact' }),
      min: is('The least value of the fact.', { kind: 'fact' }),
      max: is('The greatest value of the fact.', { kind: 'fact' }),
      where: is('Which of them count.', { kind: 'condition', of: 'figure' }),
      remark,
    },
    [],
  ),
  rule: block(
    'a rule',
    ruleKeys,
    {
      id: is('The name of the rule within its policy.', id),
      title: is('The rule as a sentence.', text),
      cite,
      for: is(
        'Whom it judges: each line of the claim (default), or the visit once.',
        choice({ line: 'Each line of the claim.', visit: 'The visit, once.' }),
      ),
      received: is(
        'It applies only to claims that the payer received on these days, both included.',
        blockOf('received'),
      ),
      when: is('To what it applies. Left out, to everything.', { kind: 'condition', of: 'rule' }),
      require: is('What must hold.', { kind: 'condition', of: 'rule' }),
      otherwise: is('What follows where it does not hold.', choice(effectMeanings)),
      then: is('What follows of a prohibition: `when` without `require`.', choice(effectMeanings)),
      unless: is('A stated exception.', { kind: 'condition', of: 'rule' }),
      message: is(
        'What the biller is told; `{line.code}`, `{derived.x}` and `{parameterName}` are filled in.',
        { kind: 'message' },
      ),
      remedy: is('What to do.', text),
      remark,
    },
    ['id', 'title', 'cite'],
  ),
  otherFact: block(
    'another fact to compare with',
    otherFactKeys,
    {
      fact: is('The fact with which to compare.', { kind: 'fact' }),
      plus: is('Added to a number.', operand('number')),
      plusDays: is('Days added to a date.', wholeNumber('days')),
    },
    ['fact'],
  ),
  within: block(
    'a day and the days around it',
    withinKeys,
    {
      date: is('The day, written out or a parameter.', operand('date')),
      fact: is('The fact that holds the day.', { kind: 'fact' }),
      days: is('How many days before or after it still count.', wholeNumber('days')),
    },
    ['days'],
  ),
  pairs: block(
    'a pair of codes',
    pairsKeys,
    {
      fact: is('The other code: this one is paid where that one is part of it.', { kind: 'fact' }),
      in: is('The list of pairs.', { kind: 'pairList' }),
    },
    ['fact', 'in'],
  ),
  list: block(
    'a list of codes, modifiers, payers or pairs of codes',
    listKeys,
    {
      list: is('The name by which policies use it: `$name`.', id),
      title: is('Its name for people.', text),
      of: is('What it lists.', choice(listKindMeanings)),
      cite,
      remark,
      entries: is('The entries.', listOf(blockOf('entry'), true)),
    },
    ['list', 'of', 'entries'],
  ),
  entry: block(
    'an entry',
    entryKeys,
    {
      value: is('The code, modifier, payer or text.', { kind: 'listed' }),
      columnOne: is('Of a pair: the code that is paid.', { kind: 'listed' }),
      columnTwo: is('Of a pair: the code that is part of it.', { kind: 'listed' }),
      short: is('A short description in our own words.', text),
      cite,
      from: is('The first day on which it is on the list.', day),
      to: is('The last day on which it is on the list, included.', day),
      remark,
    },
    [],
  ),
  source: block(
    'a page that policies cite, clause by clause',
    sourceKeys,
    {
      source: is('The name by which it is cited: `name#clause`.', id),
      title: is('The title of the page.', text),
      publisher: is('Who publishes it.', text),
      address: is('Where it is to be found.', text),
      read: is('The day on which it was read.', day),
      unverified: is('Whether the whole source is general knowledge that nobody has checked.', {
        kind: 'boolean',
      }),
      remark,
      clauses: is('The clauses.', listOf(blockOf('clause'), true)),
    },
    ['source', 'title', 'clauses'],
  ),
  clause: block(
    'a clause',
    clauseKeys,
    {
      id: is('The name of the clause within the source.', id),
      text: is('The clause in our own words.', text),
      basis: is('Whether it stands there, follows from it, or has not been checked.', choice(basisMeanings)),
      setAside: is('Why no rule implements it, where that is deliberate.', text),
      remark,
    },
    ['id', 'text'],
  ),
  vocabulary: block(
    'facts that a workspace adds',
    vocabularyKeys,
    {
      vocabulary: is('The name of the vocabulary.', id),
      title: is('Its name for people.', text),
      remark,
      facts: is('The facts.', listOf(blockOf('fact'), true)),
    },
    ['vocabulary', 'facts'],
  ),
  fact: block(
    'a fact',
    factKeys,
    {
      path: is('Section and name: `record.equipment`.', { kind: 'newFact' }),
      type: is('What kind of value it holds.', choice(typeMeanings)),
      list: is('Whether it holds several values.', { kind: 'boolean' }),
      unit: is('The unit of a number.', { kind: 'unit' }),
      meaning: is('What it means, in one sentence.', text),
      example: is('A value as it is written.', text),
      values: is('The values that a `choice` can have.', listOf(text)),
      whole: is('Whether only whole numbers count.', { kind: 'boolean' }),
      min: is('The least number that makes sense.', { kind: 'number' }),
      max: is('The greatest number that makes sense.', { kind: 'number' }),
    },
    ['path', 'type', 'meaning'],
  ),
  settings: block(
    'what a workspace settles for itself',
    settingsKeys,
    {
      settings: is('The name of the settings.', id),
      title: is('Their name for people.', text),
      remark,
      approval: is('Who has to approve what is published.', blockOf('approval')),
    },
    ['settings'],
  ),
  approval: block(
    'who has to approve what is published',
    approvalKeys,
    {
      secondApprover: is(
        'The changes that a second, different person has to approve. An empty list: none.',
        listOf(choice(changeWayMeanings), true),
      ),
    },
    [],
  ),
  suite: block(
    'cases with the verdicts that are expected of them',
    suiteKeys,
    {
      suite: is('The name of the suite.', id),
      title: is('Its name for people.', text),
      remark,
      policies: is(
        'The policies by which alone it judges. Left out, every policy in force.',
        listOf(nameOf('policy')),
      ),
      base: is(
        'The saved encounter to start from, relative to the folder of the suite.',
        nameOf('encounter'),
      ),
      now: is('The day that the suite takes as today.', day),
      cases: is('The cases.', listOf(blockOf('case'))),
    },
    ['suite', 'cases'],
  ),
  case: block(
    'a case',
    caseKeys,
    {
      id: is('The name of the case.', id),
      title: is('What is special about it.', text),
      remark,
      base: is(
        'The saved encounter to start from, relative to the folder of the suite.',
        nameOf('encounter'),
      ),
      given: is('Values by their path; nothing behind a path says that the field is documented as empty.', {
        kind: 'given',
      }),
      without: is(
        'Sections, lines and records that are taken away, as if they had never been supplied.',
        listOf({ kind: 'part' }, true),
      ),
      with: is('Parameters with other values, as `name` or `policy.name`.', { kind: 'overrides' }),
      expect: is('The verdict that must come out: `pay`, or the visit and the lines.', {
        kind: 'either',
        of: [choice({ pay: 'Everything is paid, and nothing is violated.' }), blockOf('expectation')],
      }),
      skip: is('Why the case is not run.', text),
      knownGap: is('Something else comes out today, and that is known.', blockOf('gap')),
    },
    ['id', 'expect'],
  ),
  expectation: block(
    'an expected verdict',
    expectationKeys,
    {
      visit: is("The visit's own rules, and the decision of the whole encounter.", blockOf('subject')),
      lines: is('By the number of the line.', { kind: 'expectedLines' }),
    },
    [],
  ),
  subject: block(
    'what is expected of a line or of the visit',
    subjectKeys,
    {
      decision: is('The decision.', choice(decisionMeanings)),
      violates: is('Every rule that is violated, as `policy/rule`.', listOf(nameOf('rule'), true)),
      undetermined: is('Every rule that cannot be decided.', listOf(nameOf('rule'), true)),
      supportableUnits: is('The units that the minutes support.', { kind: 'number' }),
      messages: is('The messages of the violated rules, in order.', listOf(text, true)),
      outcomes: is('Outcomes of single rules.', { kind: 'outcomes' }),
    },
    [],
  ),
  gap: block(
    'a known gap',
    gapKeys,
    {
      owner: is('Who owns the gap.', text),
      reason: is('Why it is there.', text),
      until: is('The last day on which it is tolerated.', day),
    },
    ['owner', 'reason', 'until'],
  ),
  encounter: block(
    'one saved visit: what the claim says, and what the health record says',
    encounterKeys,
    {
      encounter: is('The name of the encounter.', id),
      title: is('What is special about it.', text),
      remark,
      visit: is(sectionMeanings.visit, sectionShape('visit')),
      note: is(sectionMeanings.note, sectionShape('note')),
      patient: is(sectionMeanings.patient, sectionShape('patient')),
      provider: is(sectionMeanings.provider, sectionShape('provider')),
      plan: is(sectionMeanings.plan, sectionShape('plan')),
      episode: is(sectionMeanings.episode, sectionShape('episode')),
      priorVisits: is('The earlier visits of the episode.', listOf(sectionShape('priorVisits'), true)),
      lines: is('The lines of the claim.', listOf({ kind: 'line' })),
    },
    ['encounter', 'visit', 'lines'],
  ),
} as const satisfies Record<string, Block>;

export type BlockName =
  | 'policy'
  | 'period'
  | 'received'
  | 'review'
  | 'parameter'
  | 'datedParameter'
  | 'timeRule'
  | 'figure'
  | 'rule'
  | 'otherFact'
  | 'within'
  | 'pairs'
  | 'list'
  | 'entry'
  | 'source'
  | 'clause'
  | 'vocabulary'
  | 'fact'
  | 'settings'
  | 'approval'
  | 'suite'
  | 'case'
  | 'expectation'
  | 'subject'
  | 'gap'
  | 'encounter';

/** The words of a closed set, as an outcome of a rule must be one. */
export const ruleOutcome: Shape = choice(outcomeMeanings);

/** What a file of a kind holds. */
export function fileShape(kind: FileKind): Shape {
  return { kind: 'block', of: kind };
}

export function blockNamed(name: BlockName): Block {
  return blocks[name];
}
