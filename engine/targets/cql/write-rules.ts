import { never } from '../../base/never.ts';
import type {
  PlainFigure,
  PlainPeriod,
  PlainPolicy,
  PlainProgram,
  PlainRule,
} from '../../intermediate/form.ts';
import * as cql from './expression.ts';
import type { Cql } from './expression.ts';
import {
  allLines,
  encounter,
  every,
  figureKnownName,
  figureName,
  filled,
  line,
  prior,
  typeOf,
  value,
  writeTest,
} from './write-test.ts';
import type { Writing } from './write-test.ts';
import { writeUnits } from './write-units.ts';

/** `define "name": …`, with what is said above it. */
export interface Definition {
  readonly name: string;
  readonly cql: Cql;
  readonly remark?: string | undefined;
}

/** A period of a policy under the name that begins those of all its definitions. */
interface NamedPeriod {
  readonly prefix: string;
  readonly policy: PlainPolicy;
  readonly period: PlainPeriod;
}

/** One rule in one period, with what names its definitions. */
interface NamedRule {
  readonly rule: PlainRule;
  readonly name: string;
}

/** Everything that the library defines, in an order in which each stands below what it reads. */
export function writeRules(program: PlainProgram): readonly Definition[] {
  const fields = new Map(program.fields.map((field) => [field.path, field]));
  const periods = namePeriods(program.policies);
  const named = periods.map((one) => ({
    ...one,
    rules: one.period.rules.map((rule): NamedRule => ({
      rule,
      name: `${rule.id}${one.prefix.slice(one.policy.id.length)}`,
    })),
  }));
  const rules = named.flatMap((one) => one.rules);
  return [
    { name: 'Lines', cql: cql.property(encounter, 'lines') },
    {
      name: 'Visit',
      remark: 'the visit as a list of one: where lines have a number it has 0',
      cql: visitList,
    },
    ...periods.map(covers),
    ...periods.map((one) => inForce(one, periods)),
    ...named.flatMap(({ prefix, period, rules: own }) => {
      const writing = { fields, period, prefix, depth: 0 };
      return [
        ...subjects(prefix),
        ...(period.timeRule ? writeUnits(period.timeRule, prefix) : []),
        ...period.figures.flatMap((figure) => writeFigure(figure, writing)),
        ...own.flatMap(({ rule, name }) => writeRule(rule, name, { ...writing, subject: rule.scope })),
      ];
    }),
    ...writeAnswer(named, rules),
  ];
}

const visitList = cql.list([cql.number(0, 'Integer')]);

function namePeriods(policies: readonly PlainPolicy[]): readonly NamedPeriod[] {
  const taken = new Map<string, number>();
  return policies.flatMap((policy) =>
    policy.periods.map((period) => {
      const name = `${policy.id} from ${period.from}`;
      const times = (taken.get(name) ?? 0) + 1;
      taken.set(name, times);
      return { prefix: times === 1 ? name : `${name} (${times})`, policy, period };
    }),
  );
}

// ------------------------------------------------------------------------------------------- in force

const visitValue = (name: string) => cql.property(cql.property(encounter, 'visit'), name);
const coversName = (prefix: string) => `${prefix}: covers`;

function covers({ prefix, policy, period }: NamedPeriod): Definition {
  const day = visitValue('date');
  const payer =
    policy.payers === null
      ? cql.boolean(true)
      : policy.payers.length === 0
        ? cql.boolean(false)
        : cql.isIn(visitValue('payer'), cql.list(policy.payers.map((one) => cql.string(one))));
  return {
    name: coversName(prefix),
    remark: policy.title,
    cql: every([
      payer,
      cql.atLeast(day, cql.day(period.from)),
      ...(period.to === null ? [] : [cql.atMost(day, cql.day(period.to))]),
    ]),
  };
}

function inForce({ prefix, policy }: NamedPeriod, periods: readonly NamedPeriod[]): Definition {
  const replacing = periods.filter((other) => other.policy.replaces === policy.id);
  return {
    name: `${prefix}: in force`,
    cql: every([
      cql.definition(coversName(prefix)),
      ...replacing.map((other) => cql.not(cql.definition(coversName(other.prefix)))),
    ]),
  };
}

/** What a period judges: nothing at all where it is not in force, so that nothing below it is asked then. */
function subjects(prefix: string): readonly Definition[] {
  const isInForce = cql.definition(`${prefix}: in force`);
  return [
    { name: `${prefix}: lines`, cql: cql.query(allLines, 'L', isInForce) },
    { name: `${prefix}: visit`, cql: cql.query(cql.definition('Visit'), 'V', isInForce) },
  ];
}

// ------------------------------------------------------------------------------------------- figures

function writeFigure(figure: PlainFigure, own: Omit<Writing, 'subject'>): readonly Definition[] {
  const { name, calculation, over, ref, where } = figure;
  const { prefix } = own;
  const writing: Writing = { ...own, subject: over === 'lines' ? 'line' : 'prior' };
  const as = over === 'lines' ? 'L' : 'P';
  const isInForce = cql.definition(`${prefix}: in force`);
  const items =
    over === 'lines'
      ? cql.definition(`${prefix}: lines`)
      : cql.property(cql.property(encounter, 'priorVisits'), 'visits');
  const countedName = `${figureName(prefix, name)} counts`;
  const counted = cql.definition(countedName);
  const gate = over === 'lines' ? [] : [isInForce];
  const test = (side: 'holds' | 'fails') =>
    where ? writeTest(where[side], writing) : cql.boolean(side === 'holds');
  const isUndecided = every([...gate, cql.not(test('holds')), cql.not(test('fails'))]);
  const known = every([
    ...(over === 'lines'
      ? []
      : [cql.isTrue(cql.property(cql.property(encounter, 'priorVisits'), 'supplied'))]),
    ...(where ? [cql.not(cql.exists(cql.query(items, as, isUndecided)))] : []),
    ...(ref
      ? [cql.not(cql.exists(cql.query(counted, as, cql.not(writeTest({ kind: 'known', ref }, writing)))))]
      : []),
  ]);
  const values = ref
    ? cql.query(counted, as, filled(ref, writing), value(ref, writing).cql)
    : cql.query(counted, as, null, cql.property(over === 'lines' ? line : prior, 'number'));
  const type =
    ref && calculation !== 'count' && calculation !== 'countDistinct' ? typeOf(ref, writing) : 'Integer';
  return [
    { name: countedName, cql: cql.query(items, as, every([...gate, test('holds')])) },
    { name: figureKnownName(prefix, name), cql: known },
    {
      name: figureName(prefix, name),
      cql: cql.onlyIf(
        cql.definition(figureKnownName(prefix, name)),
        calculate(
          calculation,
          cql.query(counted, as, null, cql.property(over === 'lines' ? line : prior, 'number')),
          values,
          type,
        ),
        type,
      ),
    },
  ];
}

function calculate(
  calculation: PlainFigure['calculation'],
  counted: Cql,
  values: Cql,
  type: cql.CqlName,
): Cql {
  switch (calculation) {
    case 'count':
      return cql.count(counted);
    case 'countDistinct':
      return cql.count(cql.distinct(values));
    case 'sum':
      return type === 'Decimal'
        ? // Three places each: this only takes away what binary fractions add to a sum of them.
          cql.round(cql.coalesce(cql.sum(values), cql.number(0, 'Decimal')), 3)
        : cql.coalesce(cql.sum(values), cql.number(0, 'Integer'));
    case 'min':
      return cql.min(values);
    case 'max':
      return cql.max(values);
    default:
      return never(calculation);
  }
}

// --------------------------------------------------------------------------------------------- rules

/** The numbers of the lines for which each side of a rule holds, and for which it is violated or undetermined. */
function writeRule(rule: PlainRule, name: string, writing: Writing): readonly Definition[] {
  const isLine = rule.scope === 'line';
  const as = isLine ? 'L' : 'V';
  const from = cql.definition(`${writing.prefix}: ${isLine ? 'lines' : 'visit'}`);
  const own = isLine ? cql.property(line, 'number') : cql.alias('V');
  const side = (what: string, test: Cql): Definition => ({
    name: `${name}: ${what}`,
    cql: cql.query(from, as, test, own),
  });
  const among = (what: string, number: Cql = own) => cql.isIn(number, cql.definition(`${name}: ${what}`));
  const n = cql.alias('N');
  const cites = rule.cites.length > 0 ? ` (${rule.cites.join(', ')})` : '';
  return [
    { ...side('applies', writeTest(rule.applies.holds, writing)), remark: `${rule.title}${cites}` },
    side('does not apply', writeTest(rule.applies.fails, writing)),
    side('is met', writeTest(rule.met.holds, writing)),
    side('is not met', writeTest(rule.met.fails, writing)),
    {
      name: `${name}: violated`,
      cql: cql.query(cql.definition(`${name}: applies`), 'N', among('is not met', n), n),
    },
    {
      name: `${name}: undetermined`,
      cql: cql.query(
        from,
        as,
        cql.all([
          cql.not(among('does not apply')),
          cql.not(cql.all([among('applies'), cql.any([among('is met'), among('is not met')])])),
        ]),
        own,
      ),
    },
  ];
}

// --------------------------------------------------------------------------------------------- answer

const v = (path: string) => cql.property(cql.alias('R'), path);

function writeAnswer(periods: readonly NamedPeriod[], rules: readonly NamedRule[]): readonly Definition[] {
  const number = cql.property(line, 'number');
  const found = (list: string, where: Cql) => cql.query(cql.definition(list), 'R', where, v('rule'));
  const zero = cql.number(0, 'Integer');
  const isLine = cql.equal(v('line'), number);
  const isVisit = cql.equal(v('line'), zero);
  const subject = (where: Cql): readonly (readonly [string, Cql])[] => [
    ['violated', found('Violated', where)],
    ['undetermined', found('Undetermined', where)],
  ];
  const timed = periods.filter(({ period }) => period.timeRule).map(({ prefix }) => `${prefix}: units`);
  const units = cql.query(
    cql.definition('Units'),
    'U',
    cql.equal(cql.property(cql.alias('U'), 'line'), number),
    cql.property(cql.alias('U'), 'units'),
  );
  return [
    {
      name: 'Violated',
      remark: 'each rule that is violated, with the number of the line, or 0 for the visit',
      cql: rows(rules, 'violated', (rule, n) => [
        ['line', n],
        ['rule', cql.string(rule.id)],
        ['effect', cql.string(rule.effect)],
      ]),
    },
    {
      name: 'Undetermined',
      remark: 'each rule that cannot be decided before more of the record is known',
      cql: rows(rules, 'undetermined', (rule, n) => [
        ['line', n],
        ['rule', cql.string(rule.id)],
      ]),
    },
    {
      name: 'Units',
      remark: 'units that each time rule in force supports',
      cql:
        timed.length === 0
          ? cql.query(
              allLines,
              'L',
              cql.boolean(false),
              cql.tuple([
                ['line', number],
                ['units', zero],
              ]),
            )
          : cql.flatten(
              cql.longList(
                timed.map((name) => {
                  const u = (path: string) => cql.property(cql.alias('U'), path);
                  return cql.query(
                    cql.definition(name),
                    'U',
                    cql.isNotNull(u('units')),
                    cql.tuple([
                      ['line', u('line')],
                      ['units', u('units')],
                    ]),
                  );
                }),
              ),
            ),
    },
    {
      name: 'Line answers',
      cql: cql.query(
        allLines,
        'L',
        null,
        cql.tuple([
          ['line', number],
          ['decision', gravest(isLine)],
          ['supportableUnits', cql.min(units)],
          ...subject(isLine),
        ]),
      ),
    },
    {
      name: 'Answer',
      cql: cql.tuple([
        ['decision', gravest(null)],
        ['lines', cql.definition('Line answers')],
        ['visit', cql.tuple(subject(isVisit))],
      ]),
    },
    ...summaries(rules),
  ];
}

type Row = (rule: PlainRule, number: Cql) => readonly (readonly [string, Cql])[];

function rows(rules: readonly NamedRule[], what: 'violated' | 'undetermined', row: Row): Cql {
  if (rules.length === 0) {
    // A list of nothing has no type of its own.
    const nothing = row({ id: '', effect: 'advise' } as PlainRule, cql.number(0, 'Integer'));
    return cql.query(allLines, 'L', cql.boolean(false), cql.tuple(nothing));
  }
  return cql.flatten(
    cql.longList(
      rules.map(({ rule, name }) =>
        cql.query(cql.definition(`${name}: ${what}`), 'N', null, cql.tuple(row(rule, cql.alias('N')))),
      ),
    ),
  );
}

/** The gravest decision of the rows that the test chooses, or of all rows. */
function gravest(where: Cql | null): Cql {
  const any = (list: string, effect: string | null) => {
    const tests = [
      ...(where ? [where] : []),
      ...(effect ? [cql.equal(v('effect'), cql.string(effect))] : []),
    ];
    const from = cql.definition(list);
    return cql.exists(tests.length === 0 ? from : cql.query(from, 'R', cql.all(tests)));
  };
  const steps: readonly (readonly [test: Cql, decision: string])[] = [
    [any('Violated', 'deny'), 'deny'],
    [any('Violated', 'review'), 'review'],
    [any('Violated', 'reduce'), 'reduce'],
    [any('Undetermined', null), 'needs-record'],
    [any('Violated', 'advise'), 'advise'],
  ];
  return steps.reduceRight(
    (rest, [test, decision]) => cql.choose(test, cql.string(decision), rest),
    cql.string('pay'),
  );
}

/** Names of the definitions that a plan's actions ask: whether a rule is violated, and whether it is undetermined. */
export const violatedName = (rule: string) => `${rule}: violated on this claim`;
export const undeterminedName = (rule: string) => `${rule}: undetermined on this claim`;

function summaries(rules: readonly NamedRule[]): readonly Definition[] {
  const byId = new Map<string, NamedRule[]>();
  for (const one of rules) byId.set(one.rule.id, [...(byId.get(one.rule.id) ?? []), one]);
  const ever = (ones: readonly NamedRule[], what: string) =>
    cql.any(ones.map(({ name }) => cql.exists(cql.definition(`${name}: ${what}`))));
  return [...byId].flatMap(([id, ones]): readonly Definition[] => [
    { name: violatedName(id), cql: ever(ones, 'violated') },
    { name: undeterminedName(id), cql: ever(ones, 'undetermined') },
  ]);
}
