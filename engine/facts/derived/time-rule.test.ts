import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allocateUnits,
  countAllocations,
  listAllocations,
  supportableUnits,
  unitsForMinutes,
} from './time-rule.ts';
import type { TimeRuleSettings } from './time-rule.ts';

const settings = (
  method: TimeRuleSettings['method'],
  minimumMinutes: number | null = null,
): TimeRuleSettings => ({ method, minutesPerUnit: 15, minimumMinutes });

function allocations(
  method: TimeRuleSettings['method'],
  minutes: Readonly<Record<string, number>>,
  minimum: number | null = null,
) {
  const services = Object.entries(minutes).map(([code, value]) => ({ code, minutes: value }));
  return listAllocations(allocateUnits(settings(method, minimum), services), 100);
}

/** The published chart: first and last minutes of each band (CMS Pub. 100-04, chapter 5, section 20.2.C). */
const chart: readonly [units: number, first: number, last: number][] = [
  [0, 0, 7],
  [1, 8, 22],
  [2, 23, 37],
  [3, 38, 52],
  [4, 53, 67],
  [5, 68, 82],
  [6, 83, 97],
  [7, 98, 112],
  [8, 113, 127],
];

it.each(chart)('%i units from %i to %i minutes', (units, first, last) => {
  for (let minutes = first; minutes <= last; minutes += 1) expect(unitsForMinutes(minutes, 15)).toBe(units);
});

describe('the rules part on the same minutes', () => {
  // domain: per-service beside total-time; neither is always larger.
  const cases: readonly [minutes: Record<string, number>, total: number, service: number, full: number][] = [
    [{ '97110': 8, '97530': 8 }, 1, 2, 0],
    [{ '97110': 8, '97530': 8, '97140': 8 }, 2, 3, 0],
    [{ '97110': 10, '97530': 10 }, 1, 2, 0],
    [{ '97110': 33, '97140': 7 }, 3, 2, 2],
    [{ '97112': 7, '97110': 7, '97140': 7 }, 1, 0, 0],
    [{ '97110': 18, '97140': 13, '97116': 10, '97035': 8 }, 3, 4, 1],
    [{ '97112': 24, '97110': 23 }, 3, 4, 2],
    [{ '97112': 20, '97110': 20 }, 3, 2, 2],
  ];
  it.each(cases)('%j', (minutes, total, service, full) => {
    const units = (method: TimeRuleSettings['method']) =>
      allocateUnits(
        settings(method),
        Object.entries(minutes).map(([code, value]) => ({ code, minutes: value })),
      ).totalUnits;
    expect([units('total-time'), units('per-service'), units('full-units')]).toEqual([total, service, full]);
  });
});

describe('equally right allocations', () => {
  it('gives the rest to the larger remainder', () => {
    expect(allocations('total-time', { '97112': 24, '97110': 23 })).toEqual([{ '97110': 1, '97112': 2 }]);
    expect(allocations('total-time', { '97110': 33, '97140': 7 })).toEqual([{ '97110': 2, '97140': 1 }]);
  });
  it('lists both where remainders are equal', () => {
    expect(allocations('total-time', { '97112': 20, '97110': 20 })).toEqual([
      { '97110': 2, '97112': 1 },
      { '97110': 1, '97112': 2 },
    ]);
  });
  it('lists each of three services of seven minutes', () => {
    expect(allocations('total-time', { '97112': 7, '97110': 7, '97140': 7 })).toHaveLength(3);
  });
  it('does not fault a claim for choosing another', () => {
    const allocation = allocateUnits(settings('total-time'), [
      { code: '97112', minutes: 20 },
      { code: '97110', minutes: 20 },
    ]);
    const billed = (first: number, second: number) =>
      supportableUnits(allocation, [
        { code: '97112', billed: first },
        { code: '97110', billed: second },
      ]);
    expect(billed(2, 1)).toEqual([2, 1]);
    expect(billed(1, 2)).toEqual([1, 2]);
    expect(billed(2, 2)).toEqual([2, 1]);
  });
  it('sets the minutes of a service below the floor aside', () => {
    expect(allocations('total-time', { '97110': 33, '97140': 7 }, 8)).toEqual([{ '97110': 2, '97140': 0 }]);
  });
  it('pools the lines of one code', () => {
    const allocation = allocateUnits(settings('per-service'), [
      { code: '97110', minutes: 8 },
      { code: '97110', minutes: 8 },
    ]);
    expect(allocation.totalUnits).toBe(1);
    expect(
      supportableUnits(allocation, [
        { code: '97110', billed: 1 },
        { code: '97110', billed: 1 },
      ]),
    ).toEqual([1, 0]);
  });
  it('counts forty tied codes without writing them out', () => {
    const services = Array.from({ length: 40 }, (_, i) => ({ code: String(97_000 + i), minutes: 8 }));
    const allocation = allocateUnits(settings('total-time'), services);
    expect(allocation.totalUnits).toBe(21);
    expect(countAllocations(allocation)).toBe(131_282_408_400);
    expect(listAllocations(allocation, 10)).toHaveLength(10);
  });
});

it('holds for any minutes: whole quarter-hours are kept, the total is the chart’s, nothing goes to a code with no rest', () => {
  const minutes = fc.array(
    fc.record({ code: fc.constantFrom('97110', '97112', '97116', '97140', '97530'), minutes: fc.nat(200) }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(minutes, (services) => {
      const allocation = allocateUnits(settings('total-time'), services);
      expect(allocation.totalUnits).toBe(
        unitsForMinutes(
          services.reduce((sum, service) => sum + service.minutes, 0),
          15,
        ),
      );
      for (const units of listAllocations(allocation, 50)) {
        expect(Object.values(units).reduce((sum, value) => sum + value, 0)).toBe(allocation.totalUnits);
        for (const { code, minutes: pooled } of allocation.codes) {
          const whole = Math.floor(pooled / 15);
          expect(units[code]).toBeGreaterThanOrEqual(whole);
          expect(units[code]).toBeLessThanOrEqual(whole + (pooled % 15 === 0 ? 0 : 1));
        }
      }
    }),
  );
});

it('never supports more for the lines than the allocation holds', () => {
  const line = fc.record({
    code: fc.constantFrom('97110', '97140', '97530'),
    minutes: fc.nat(60),
    billed: fc.nat(5),
  });
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 8 }),
      fc.constantFrom('total-time', 'per-service', 'full-units'),
      (lines, method) => {
        const allocation = allocateUnits(settings(method), lines);
        const units = supportableUnits(allocation, lines);
        expect(units.reduce((sum, value) => sum + value, 0)).toBe(allocation.totalUnits);
      },
    ),
  );
});
