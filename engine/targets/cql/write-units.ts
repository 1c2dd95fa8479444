import type { PlainTimeRule } from '../../intermediate/form.ts';
import * as cql from './expression.ts';
import type { Cql } from './expression.ts';
import { figureKnownName, figureName, line, unitsName } from './write-test.ts';
import type { Definition } from './write-rules.ts';

const whole = (value: number) => cql.number(value, 'Integer');

/**
 * The time rule as definitions over lines and codes, step by step as the form describes it: whole numbers only, sums and
 * counts, and no order but that of the lines on the claim.
 */
export function writeUnits(rule: PlainTimeRule, prefix: string): readonly Definition[] {
  const name = (what: string) => `${prefix}: ${what}`;
  const the = (what: string) => cql.definition(name(what));
  // T a timed line, D a decidable one, E another such, C a code, O another code, S the share of a line.
  const of = (letter: string) => (path: string) => cql.property(cql.alias(letter), path);
  const t = of('T');
  const d = of('D');
  const e = of('E');
  const c = of('C');
  const o = of('O');
  const s = of('S');
  const { method, codes, minutesPerUnit, minimumMinutes } = rule;
  const midpoint = Math.floor(minutesPerUnit / 2) + 1;
  const perUnit = whole(minutesPerUnit);
  /** One unit from the midpoint on, and one more each time a midpoint is passed. */
  const unitsFor = (minutes: Cql) =>
    cql.choose(
      cql.less(minutes, whole(midpoint)),
      whole(0),
      cql.plus(cql.wholeTimes(cql.minus(minutes, whole(midpoint)), perUnit), whole(1)),
    );
  const sumOf = (items: Cql) => cql.coalesce(cql.sum(items), whole(0));
  const record = cql.property(line, 'record');
  const isOfCode = (one: (path: string) => Cql, two: (path: string) => Cql) =>
    cql.equal(one('code'), two('code'));
  const isTimed =
    codes.length === 0
      ? cql.boolean(false)
      : cql.isIn(cql.property(line, 'code'), cql.list(codes.map((code) => cql.string(code))));

  const timed: Definition = {
    name: name('timed lines'),
    cql: cql.query(
      the('lines'),
      'L',
      isTimed,
      cql.tuple([
        ['line', cql.property(line, 'number')],
        ['code', cql.property(line, 'code')],
        ['billed', cql.coalesce(cql.property(line, 'units'), whole(0))],
        ['known', cql.isTrue(cql.property(record, 'supplied'))],
        ['minutes', cql.coalesce(cql.property(record, 'minutes'), whole(0))],
      ]),
    ),
  };
  const open: Definition = {
    name: name('open codes'),
    remark: 'codes with a line whose record was not supplied',
    cql: cql.query(the('timed lines'), 'T', cql.not(t('known')), t('code')),
  };
  const decidable: Definition = {
    name: name('decidable lines'),
    cql: cql.query(
      the('timed lines'),
      'T',
      method === 'total-time'
        ? cql.not(cql.exists(the('open codes')))
        : cql.not(cql.isIn(t('code'), the('open codes'))),
    ),
  };
  const ofCode = (path: string, code: (path: string) => Cql) =>
    sumOf(cql.query(the('decidable lines'), 'E', isOfCode(e, code), e(path)));
  const isEarlier = cql.all([isOfCode(e, d), cql.less(e('line'), d('line'))]);
  const first = cql.not(cql.exists(cql.query(the('decidable lines'), 'E', isEarlier)));
  const pooled: Definition = {
    name: name('minutes by code'),
    cql: cql.query(
      the('decidable lines'),
      'D',
      first,
      cql.tuple([
        ['code', d('code')],
        ['first', d('line')],
        ['billed', ofCode('billed', d)],
        ['minutes', ofCode('minutes', d)],
      ]),
    ),
  };
  /** What is known of each code so far, and more of it. */
  const byCode = (
    what: string,
    from: string,
    more: readonly (readonly [name: string, value: Cql])[],
    remark?: string,
  ): Definition => ({
    name: name(what),
    remark,
    cql: cql.query(
      the(from),
      'C',
      null,
      cql.tuple([['code', c('code')], ['first', c('first')], ['billed', c('billed')], ...more]),
    ),
  });
  const isBelow = cql.less(c('minutes'), whole(minimumMinutes));
  const counted =
    minimumMinutes > 0
      ? byCode(
          'counted minutes by code',
          'minutes by code',
          [['minutes', cql.choose(isBelow, whole(0), c('minutes'))]],
          `below ${minimumMinutes} minutes a code counts for nothing`,
        )
      : byCode('counted minutes by code', 'minutes by code', [['minutes', c('minutes')]]);
  const total: Definition = {
    name: name('total minutes'),
    cql: sumOf(cql.query(the('counted minutes by code'), 'C', null, c('minutes'))),
  };
  const wholeUnits = cql.wholeTimes(c('minutes'), perUnit);
  const shares =
    method === 'total-time'
      ? totalTime()
      : [
          byCode('units by code', 'counted minutes by code', [
            ['units', method === 'per-service' ? unitsFor(c('minutes')) : wholeUnits],
          ]),
        ];

  function totalTime(): readonly Definition[] {
    const rests = 'whole units and rest by code';
    const howMany = (where: Cql) => cql.count(cql.query(the(rests), 'O', where, o('first')));
    const wants = (code: (path: string) => Cql) => cql.more(code('billed'), code('units'));
    const isBefore = cql.all([
      cql.equal(o('rest'), c('rest')),
      cql.any([
        cql.all([wants(o), cql.not(wants(c))]),
        cql.all([cql.less(o('first'), c('first')), cql.any([wants(o), cql.not(wants(c))])]),
      ]),
    ]);
    const more = cql.less(cql.plus(c('above'), c('before')), the('units left'));
    return [
      byCode(rests, 'counted minutes by code', [
        ['units', wholeUnits],
        ['rest', cql.minus(c('minutes'), cql.times(perUnit, wholeUnits))],
      ]),
      {
        name: name('units left'),
        remark: 'units of all minutes together that are no whole units of one code',
        cql: cql.minus(unitsFor(the('total minutes')), sumOf(cql.query(the(rests), 'C', null, c('units')))),
      },
      byCode(
        'rank by code',
        rests,
        [
          ['units', c('units')],
          ['above', howMany(cql.more(o('rest'), c('rest')))],
          ['before', howMany(isBefore)],
        ],
        'above: codes with a larger rest; before: codes with the same one that come first',
      ),
      byCode('units by code', 'rank by code', [
        ['units', cql.choose(more, cql.plus(c('units'), whole(1)), c('units'))],
      ]),
    ];
  }

  const supported = sumOf(cql.query(the('units by code'), 'C', isOfCode(c, d), c('units')));
  const earlier = sumOf(cql.query(the('decidable lines'), 'E', isEarlier, e('billed')));
  const shared: Definition = {
    name: name('shares by line'),
    cql: cql.query(
      the('decidable lines'),
      'D',
      null,
      cql.tuple([
        ['line', d('line')],
        ['billed', d('billed')],
        ['earlier', earlier],
        ['together', ofCode('billed', d)],
        ['supported', supported],
        ['first', first],
      ]),
    ),
  };
  // What earlier lines of the code left, the line's part of it, and to the first line what no line billed.
  const left = cql.minus(s('supported'), s('earlier'));
  const part = cql.choose(
    cql.atMost(left, whole(0)),
    whole(0),
    cql.choose(cql.less(s('billed'), left), s('billed'), left),
  );
  const unbilled = cql.choose(
    cql.all([s('first'), cql.more(s('supported'), s('together'))]),
    cql.minus(s('supported'), s('together')),
    whole(0),
  );
  const isOwn = (one: (path: string) => Cql) => cql.equal(one('line'), cql.property(line, 'number'));
  const isDecidable = cql.exists(cql.query(the('decidable lines'), 'D', isOwn(d)));
  const isNotTimed = cql.not(cql.exists(cql.query(the('timed lines'), 'T', isOwn(t))));
  const units: Definition = {
    name: unitsName(prefix),
    remark: 'null where the line is not timed, or its units are not known',
    cql: cql.query(
      the('lines'),
      'L',
      null,
      cql.tuple([
        ['line', cql.property(line, 'number')],
        ['known', cql.any([isDecidable, isNotTimed])],
        ['units', cql.min(cql.query(the('shares by line'), 'S', isOwn(s), cql.plus(part, unbilled)))],
      ]),
    ),
  };
  const isWhole = cql.not(cql.exists(the('open codes')));
  const totalUnits =
    method === 'total-time'
      ? unitsFor(the('total minutes'))
      : sumOf(cql.query(the('units by code'), 'C', null, c('units')));
  const figure = (figureOf: string, isKnown: Cql, value: Cql): readonly Definition[] => [
    { name: figureKnownName(prefix, figureOf), cql: isKnown },
    {
      name: figureName(prefix, figureOf),
      cql: cql.onlyIf(cql.definition(figureKnownName(prefix, figureOf)), value, 'Integer'),
    },
  ];
  return [
    timed,
    open,
    decidable,
    pooled,
    counted,
    total,
    ...shares,
    shared,
    units,
    ...figure('visit.timedMinutes', isWhole, the('total minutes')),
    ...figure('visit.supportableUnits', isWhole, totalUnits),
    ...figure(
      'visit.billedTimedUnits',
      cql.boolean(true),
      sumOf(cql.query(the('timed lines'), 'T', null, t('billed'))),
    ),
  ];
}
