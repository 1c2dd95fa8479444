import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDay } from '../base/calendar-date.ts';
import { situations } from '../testing/arbitrary.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { createWorkspace } from '../workspace/workspace.ts';
import { readCarefully } from './encounter-reader.ts';
import { optionalSections } from './encounter.ts';
import type { Encounter, FactValue, SectionFacts } from './encounter.ts';
import { createVocabulary, factTable } from './fact-table.ts';
import { createQuickReader } from './quick-encounter.ts';

const workspace = createWorkspace(shippedFiles());
const { vocabulary, payers } = workspace;
const quick = createQuickReader(vocabulary, payers);
const encounters = workspace.cases.flatMap(({ ready }) => (ready ? [ready.encounter] : []));

const awkward: readonly unknown[] = [
  [null, true, {}, [], [null], [1, 'GP'], { minutes: 3 }],
  ['', ' ', '~', 'null', 'true', '\t', 'a\nb', '\ud800', '\u2028', '\ufeff', 'é☕', '[['.repeat(120)],
  ['2024-02-30', '2024-03-04', 'hns', '97530', '8', '0x1', '1e3'],
  [0, -0, 1, 59, 1.5, 12.345, 12.3456, 0.1, -3, 97530, 1e3, 123_456_789_012_345_680],
].flat();

/** The careful reader's table where it has no objection; whatever the quick one reads must be that. */
function expectSame(text: string): 'quick' | 'careful' {
  const found = quick(text);
  if (found === null) return 'careful';
  expect(found).toEqual(readCarefully('a.json', text, vocabulary, payers).table);
  return 'quick';
}

describe('what the quick reader reads is what the careful one reads', () => {
  test('of every encounter of the shipped cases, and it leaves none to the other', () => {
    for (const encounter of encounters) {
      const text = JSON.stringify(jsonOf(encounter));
      expect(quick(text)).toEqual(factTable(encounter, vocabulary));
    }
    for (const encounter of encounters.slice(0, 60))
      expect(expectSame(JSON.stringify(jsonOf(encounter), null, 2))).toBe('quick');
  });

  test('of random encounters', () => {
    const random = createVocabulary();
    const reader = createQuickReader(random, null);
    let read = 0;
    fc.assert(
      fc.property(situations(random, 2), (situation) => {
        for (const encounter of situation.encounters) {
          const text = JSON.stringify(jsonOf(encounter));
          const found = reader(text);
          if (found === null) continue;
          read += 1;
          expect(found).toEqual(readCarefully('a.json', text, random, null).table);
        }
      }),
      { numRuns: 60 },
    );
    expect(read).toBeGreaterThan(30);
  });

  test('of encounters in which one value has become something else', () => {
    const seen = { quick: 0, careful: 0 };
    const things = fc.oneof(
      fc.constantFrom(...awkward),
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.double(),
    );
    fc.assert(
      fc.property(fc.nat(), fc.nat(), things, (which, where, thing) => {
        const spots: { at: Record<string, unknown>; key: string }[] = [];
        const json = structuredClone(jsonOf(encounters[which % encounters.length]!));
        spotsOf(json, spots);
        const { at, key } = spots[where % spots.length]!;
        at[key] = structuredClone(thing);
        seen[expectSame(JSON.stringify(json))] += 1;
      }),
      { numRuns: 400 },
    );
    expect(Math.min(seen.quick, seen.careful)).toBeGreaterThan(5);
  });
});

const good =
  '{"encounter":"a","visit":{"date":"2024-03-04","payer":"hns"},"lines":[{"code":"97530","units":1}]}';

test('the smallest encounter is read quickly, also with numbers for codes and spaces between', () => {
  for (const text of [good, good.replace('"97530"', '97530'), good.replaceAll(':', ' :\n '), `${good}\n`])
    expect(expectSame(text)).toBe('quick');
});

test.each([
  ['a key twice', good.replace('"units":1', '"units":1,"units":2')],
  ['a section twice', good.replace('"lines"', '"visit":{"date":"2024-03-04","payer":"hns"},"lines"')],
  ['a code with a dot behind it', good.replace('"97530"', '97530.0')],
  ['a number with an exponent', good.replace('"units":1', '"units":1e0')],
  ['a code as an exponent', good.replace('"97530"', '9753e1')],
  ['a long number', good.replace('"units":1', '"units":1.00000000000000')],
  ['a fact that is not known', good.replace('"units":1', '"units":1,"unit":1')],
  ['a fact that is computed', good.replace('"units":1', '"units":1,"record":{"supportableUnits":1}')],
  ['a key of prototypes', good.replace('"units":1', '"units":1,"__proto__":{}')],
  ['another payer', good.replace('hns', 'nobody')],
  ['a payer that objects have', good.replace('hns', 'constructor')],
  ['no units', good.replace(',"units":1', '')],
  ['no lines', good.replace('{"code":"97530","units":1}', '')],
  ['no date', good.replace('"date":"2024-03-04",', '')],
  ['no code', good.replace('"code":"97530",', '')],
  ['an empty title', good.replace('"visit"', '"title":"","visit"')],
  ['a section that is null', good.replace('"lines"', '"plan":null,"lines"')],
  ['fifty-one lines', good.replace('{"code', '{"code":"97530","units":1},'.repeat(50) + '{"code')],
  ['nothing', '{}'],
  ['no object', '[]'],
  ['half of one', good.slice(0, -4)],
  ['two', good + good],
  ['YAML', '{encounter: a}'],
])('is left to the careful reader: %s', (_, text) => {
  expect(expectSame(text)).toBe('careful');
});

test('a record of null is supplied and empty for both', () => {
  expect(expectSame(good.replace('"units":1', '"units":1,"record":null'))).toBe('quick');
});

type JsonMap = Record<string, unknown>;

function spotsOf(json: unknown, spots: { at: JsonMap; key: string }[]): void {
  if (typeof json !== 'object' || json === null) return;
  for (const key of Object.keys(json)) {
    spots.push({ at: json as JsonMap, key });
    spotsOf((json as JsonMap)[key], spots);
  }
}

/** As a machine would write it. */
function jsonOf({ id, title, visit, priorVisits, lines, ...sections }: Encounter): JsonMap {
  return {
    encounter: id,
    ...(title === '' ? {} : { title }),
    visit: factsOf(visit),
    ...Object.fromEntries(
      optionalSections.flatMap((name) => (sections[name] ? [[name, factsOf(sections[name])]] : [])),
    ),
    ...(priorVisits === null ? {} : { priorVisits: priorVisits.map(factsOf) }),
    lines: lines.map(({ claim, record }) => ({
      ...factsOf(claim),
      ...(record === null ? {} : { record: factsOf(record) }),
    })),
  };
}

function factsOf(values: NonNullable<SectionFacts>): JsonMap {
  return Object.fromEntries(
    [...values].map(([path, value]) => [path.slice(path.indexOf('.') + 1), written(path, value)]),
  );
}

function written(path: string, value: FactValue): unknown {
  return vocabulary.byPath.get(path)?.type.scalar === 'date' && typeof value === 'number'
    ? formatDay(value)
    : value;
}
