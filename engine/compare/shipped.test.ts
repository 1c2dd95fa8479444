import { describe, expect, test } from 'vitest';

import { formatDay, parseDay } from '../base/calendar-date.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { createWorkspace, updateWorkspace } from '../workspace/workspace.ts';
import type { ClassShape } from '../regions/domain.ts';
import type { Constraint } from '../regions/regions.ts';
import { formatYaml } from '../yaml/format-yaml.ts';
import { comparePolicies } from './compare-policies.ts';
import { regionWords } from './region-words.ts';
import { essenceOf, witnessOf } from './witness.ts';

const shipped = createWorkspace(shippedFiles());
const time = 'rules/hns/hns-97530-time/2019-05-01.policy.yaml';
const documentation = 'rules/hns/hns-documentation/2019-05-01.policy.yaml';
const definition = 'rules/hns/hns-97530-code/2019-05-01.policy.yaml';
const activities = 'rules/lists/functional-activities.list.yaml';
const pairs = 'rules/lists/ncci-pairs-never.list.yaml';

/** What becomes of the shipped policies when one text in one file is replaced. */
function after(path: string, change: (text: string) => string) {
  const text = shipped.files.get(path)!;
  const changed = change(text);
  expect(changed).not.toBe(text);
  const next = updateWorkspace(shipped, [{ path, text: changed }]);
  expect(next.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const { equal, regions, units, uncovered } = comparePolicies(shipped.program, next.program, shipped);
  const settings = { vocabulary: shipped.vocabulary, before: shipped.program, after: next.program };
  const told = regions.map((region) => {
    const witness = witnessOf(region, settings);
    return {
      constraints: Object.fromEntries(region.constraints.map((it) => [it.variable.key, shapes(it)])),
      before: region.before,
      after: region.after,
      direction: region.direction,
      rules: [...new Set(region.rules.map(({ id }) => id))],
      payers: region.where.map(({ payer }) => payer),
      from: formatDay(region.where[0]!.days[0]!.from),
      to: region.where[0]!.days.at(-1)!.to,
      shown: witness !== null && essenceOf(witness.before) !== essenceOf(witness.after),
    };
  });
  return { equal, regions: told, units: units.length, uncovered: uncovered.length };
}

const replaced = (from: string, to: string) => (text: string) => text.replace(from, to);

function shapes({ variable, classes }: Constraint): readonly (ClassShape | number | null)[] {
  return classes.map((at) => {
    if (variable.kind !== 'fact') return at;
    return variable.classes[at]!.shape;
  });
}

const always = { payers: ['hns'], from: '2019-05-01', to: null, shown: true };

describe('the shipped policies', () => {
  test('from 8 to 10 minutes: 8 and 9 minutes, once for codes that deny and once for codes that review', () => {
    const found = after(time, replaced('value: 8, unit', 'value: 10, unit'));
    expect(found).toMatchObject({ equal: false, units: 1, uncovered: 0 });
    expect(found.regions).toMatchObject(
      (['deny', 'review'] as const).map((decision) => ({
        before: ['reduce', 'needs-record', 'pay'],
        after: decision,
        direction: 'stricter',
        ...always,
      })),
    );
    expect(found.regions.map(({ constraints }) => Object.keys(constraints))).toEqual(
      Array.from({ length: 2 }, () => ['line:record.minutes', 'section:record', 'line:line.code']),
    );
    for (const { constraints } of found.regions) {
      expect(constraints['line:record.minutes']).toMatchObject([{ kind: 'range', from: 8, to: 9 }]);
    }
    expect(found.regions[0]!.constraints['line:line.code']).toEqual([
      {
        kind: 'values',
        values: ['97032', '97035', '97110', '97112', '97116', '97124', '97140', '97530', '97535'],
      },
    ]);
    expect(found.regions.map(({ rules }) => rules[0])).toEqual([
      'hns-97530-time/minimum-time',
      'hns-97530-time/time-unverified',
    ]);
  });

  test('over whole minutes, at least 8 is more than 7: proven equal', () => {
    const parts = shipped.files.get(time)!.split('{ atLeast: $minimumMinutes }');
    expect(parts).toHaveLength(4);
    const nothing = { equal: true, regions: [], units: 0, uncovered: 0 };
    expect(after(time, () => parts.join('{ moreThan: 7 }'))).toEqual(nothing);
  });

  test('any in place of all: looser, where some but not all are there', () => {
    const { regions, ...rest } = after(
      documentation,
      replaced('includesAll: [complaint', 'includesAny: [complaint'),
    );
    expect(rest).toEqual({ equal: false, units: 0, uncovered: 0 });
    expect(regions).toMatchObject([
      {
        before: ['review'],
        after: 'pay',
        direction: 'looser',
        rules: ['hns-documentation/consistent'],
        ...always,
      },
    ]);
    expect(Object.keys(regions[0]!.constraints)).toEqual([
      'line:record.consistentWith',
      'section:record',
      'line:line.code',
    ]);
  });

  test('one element of the documentation dropped: looser, where only that one was missing', () => {
    const { regions } = after(
      documentation,
      replaced('[complaint, findings, diagnoses, plan]', '[complaint, findings, diagnoses]'),
    );
    expect(regions).toMatchObject([{ before: ['review'], after: 'pay', direction: 'looser', ...always }]);
    expect(regions[0]!.constraints['line:record.consistentWith']).toEqual([
      { kind: 'list', example: ['complaint', 'findings', 'diagnoses'] },
    ]);
  });

  test('a day later: looser, on that day alone, for every rule', () => {
    const { regions } = after(documentation, replaced('from: 2019-05-01', 'from: 2019-05-02'));
    expect(
      new Set(
        regions.map(({ direction, to, after: is, shown }) => JSON.stringify([direction, to, is, shown])),
      ),
    ).toEqual(new Set([JSON.stringify(['looser', parseDay('2019-05-01'), 'pay', true])]));
    expect(new Set(regions.flatMap(({ rules }) => rules)).size).toBe(8);
  });

  test('review in place of deny: looser, where the rule was violated', () => {
    const rule = 'require: { record.contact: one-on-one }\n    otherwise: ';
    const { regions } = after(definition, replaced(`${rule}deny`, `${rule}review`));
    expect(regions).toMatchObject([
      {
        constraints: {
          'line:line.code': [{ kind: 'values', values: ['97530'] }],
          'line:record.contact': [
            { kind: 'empty' },
            { kind: 'values', values: ['group', 'supervised', 'unattended'] },
          ],
        },
        before: ['deny'],
        after: 'review',
        direction: 'looser',
        ...always,
      },
    ]);
  });

  test('one more entry of a list: looser, for who has nothing but that', () => {
    const entry = '  - { value: juggling, short: Juggling, cite: hns-97530#dynamic-activities }\n';
    const { regions } = after(activities, replaced('entries:\n', `entries:\n${entry}`));
    expect(regions).toMatchObject([
      {
        constraints: { 'line:record.activities': [{ kind: 'list', example: ['juggling'] }] },
        before: ['review'],
        after: 'pay',
        direction: 'looser',
        ...always,
      },
    ]);
  });

  test('one more pair of codes: stricter only, with an example of these two codes', () => {
    const pair = '  - { columnOne: 97110, columnTwo: 97112, short: Both at once }\n';
    const { regions } = after(pairs, replaced('entries:\n', `entries:\n${pair}`));
    // The other pairs change on some days, so that the days are told apart.
    expect(regions.map(({ before, after: is, direction, shown }) => [before, is, direction, shown])).toEqual(
      Array.from({ length: 5 }, () => [['pay'], 'deny', 'stricter', true]),
    );
  });

  test('laid out anew, with other comments, rules in another order: proven equal', () => {
    const nothing = { equal: true, regions: [], units: 0, uncovered: 0 };
    const comment = (text: string) => `# A comment.\n${text.replaceAll('cite: [', 'cite:   [')}`;
    expect(after(documentation, (text) => formatYaml(documentation, comment(text)).value)).toEqual(nothing);
    const reordered = (text: string) => {
      const [head, ...rules] = text.trimEnd().split('\n\n');
      return `${[head!.split('  - id:')[0], ...rules.toReversed(), `  - id:${head!.split('  - id:')[1]}`].join('\n\n')}\n`;
    };
    expect(after(documentation, reordered)).toEqual(nothing);
    const swapped = replaced(
      '[complaint, findings, diagnoses, plan]',
      '[plan, findings, complaint, diagnoses]',
    );
    expect(after(documentation, swapped)).toEqual(nothing);
  });

  test.each([...shipped.files.keys()].filter((path) => path.endsWith('.policy.yaml')))(
    'every region has its example where %s is gone, or new',
    (path) => {
      const without = updateWorkspace(shipped, [{ path, text: null }]);
      for (const [before, now] of [
        [shipped, without],
        [without, shipped],
      ] as const) {
        const { regions } = comparePolicies(before.program, now.program, shipped);
        const settings = { vocabulary: shipped.vocabulary, before: before.program, after: now.program };
        expect(regions.length).toBeGreaterThan(0);
        const unshown = regions.filter((region) => witnessOf(region, settings) === null);
        expect(unshown.map((region) => regionWords(region, shipped).sentence)).toEqual([]);
      }
    },
  );
});
