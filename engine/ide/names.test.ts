import { describe, expect, test } from 'vitest';
import type { Place } from '../base/source.ts';
import { createWorkspace, updateWorkspace } from '../workspace/workspace.ts';
import { definitionAt } from './definition.ts';
import { indexNames } from './names.ts';
import { referencesAt } from './references.ts';
import { family } from './testing.ts';

const base = 'rules/hns/base/2024-01-01.policy.yaml';
const overlay = 'rules/acme/over/2024-01-01.policy.yaml';
const suite = 'testcases/example.suite.yaml';
const workspace = createWorkspace(family);
const index = indexNames(workspace);

/** The place of `|` in a piece of a file, which is found without it. */
function offsetOf(path: string, piece: string): number {
  const text = workspace.files.get(path)!;
  const at = text.indexOf(piece.replace('|', ''));
  if (at === -1) throw new Error(`${piece} is not in ${path}`);
  return at + piece.indexOf('|');
}

/** `file:line:word`; a policy by its folder. */
function shown({ path, line, from, to }: Place): string {
  const steps = path.split('/');
  const file = path.endsWith('.policy.yaml') ? steps.at(-2) : steps.at(-1);
  return `${file}:${line}:${workspace.files.get(path)!.slice(from, to)}`;
}

describe('go to definition', () => {
  test.each([
    ['a list', base, 'codes: $ti|med', ['timed.list.yaml:1:timed']],
    [
      'a parameter, the one of the overlay too',
      base,
      'minimumMinutes: $mini|mum',
      ['base:7:minimum', 'over:8:minimum'],
    ],
    ['from the overlay, its own first', overlay, '"{mini|mum}', ['over:8:minimum', 'base:7:minimum']],
    [
      'a placeholder in a folded message',
      base,
      'of {mini|mum} minutes',
      ['base:7:minimum', 'over:8:minimum'],
    ],
    ['a figure in a message', base, '{derived.ser|vices}', ['base:11:services']],
    ['a condition', overlay, 'condition: is|Long', ['base:14:isLong']],
    ['the source of a citation', base, 'cite: man|ual#who', ['manual.source.yaml:1:manual']],
    ['the clause of a citation', base, 'cite: manual#w|ho', ['manual.source.yaml:5:who']],
    ['a quoted clause', base, "'manual#w|ho'", ['manual.source.yaml:5:who']],
    ['a payer', base, 'payers: [h|ns]', ['payers.list.yaml:5:hns']],
    ['a payer in a condition', base, 'oneOf: [hns, ac|me]', ['payers.list.yaml:6:acme']],
    ['the policy of a rule in a suite', suite, 'violates: [ba|se/equipment]', ['base:1:base']],
    ['the rule of a policy in a suite', suite, 'violates: [base/equip|ment]', ['base:25:equipment']],
    ['a rule that an overlay takes over', suite, 'over/equip|ment', ['base:25:equipment']],
    ['an encounter', suite, 'base: vis|it.enc', ['visit.encounter.yaml:1:visit']],
    ['an encounter by another way', suite, 'base: ./vis|it.enc', ['visit.encounter.yaml:1:visit']],
    ['a fact of its own', base, 'other.record.equip|ment', ['own.vocabulary.yaml:3:equipment']],
    [
      'a fact in an encounter',
      'testcases/visit.encounter.yaml',
      'minutes: 15, equip|ment',
      ['own.vocabulary.yaml:3:equipment'],
    ],
    [
      'a fact of an earlier visit',
      'testcases/visit.encounter.yaml',
      '01, equip|ment',
      ['own.vocabulary.yaml:4:equipment'],
    ],
    ['a fact in a path of a case', suite, 'lines.1.record.equip|ment', ['own.vocabulary.yaml:3:equipment']],
    ['a parameter of a suite', suite, 'base.insu|rer', ['base:8:insurer']],
    ['a built-in fact', base, 'record.min|utes', []],
    ['the end of a word', base, 'codes: $timed|', ['timed.list.yaml:1:timed']],
  ])('%s', (_, path, piece, expected) => {
    const found = definitionAt(index, path, offsetOf(path, piece));
    expect(found?.places.map(shown)).toEqual(expected);
  });

  test.each([
    ['a title', base, 'title: The b|ase'],
    ['a number', base, 'value: |8'],
  ])('nothing at %s', (_, path, piece) => {
    expect(definitionAt(index, path, offsetOf(path, piece))).toBe(null);
  });
});

describe('references', () => {
  test('of a parameter, with their lines', () => {
    expect(
      referencesAt(index, base, offsetOf(base, '  mini|mum:')).map(({ role, place, line }) => [
        role,
        shown(place),
        line,
      ]),
    ).toEqual([
      ['definition', 'over:8:minimum', 'minimum: { value: 10, cite: manual#time }'],
      ['definition', 'base:7:minimum', 'minimum: { value: 8, cite: manual#time }'],
      ['mention', 'over:15:minimum', 'message: "{minimum} minutes; {derived.services}"'],
      [
        'mention',
        'base:9:minimum',
        'timeRule: { method: per-service, codes: $timed, minimumMinutes: $minimum, cite: manual#time }',
      ],
      ['mention', 'base:14:minimum', 'isLong: { record.minutes: { atLeast: $minimum } }'],
      ['mention', 'base:23:minimum', '{record.minutes} of {minimum} minutes,'],
      ['mention', 'base:32:minimum', 'line.units: { atMost: { fact: derived.services, plus: $minimum } }'],
      ['mention', 'example.suite.yaml:11:minimum', 'with: { base.minimum: 9, base.insurer: hns }'],
    ]);
  });

  test('of a payer: where it is named, and the value of a parameter that is compared with payers', () => {
    expect(referencesAt(index, base, offsetOf(base, '[h|ns]')).map(({ place }) => shown(place))).toEqual([
      'payers.list.yaml:5:hns',
      'base:4:hns',
      'base:8:hns',
      'base:28:hns',
      'example.suite.yaml:11:hns',
      'visit.encounter.yaml:2:hns',
    ]);
  });
});

test('a changed file is read anew, and the others are not', () => {
  const text = workspace.files.get(base)!.replaceAll('isLong', 'isLonger');
  const changed = updateWorkspace(workspace, [{ path: base, text }]);
  const next = indexNames(changed, index);
  const kept = [...next.memory].filter(([path, { names }]) => index.memory.get(path)!.names === names);
  expect(kept.map(([path]) => path)).toEqual(
    [...workspace.files.keys()].toSorted().filter((path) => path !== base),
  );
  expect(indexNames(changed).byKey).toEqual(next.byKey);
});

test('half of a file has the names that can be read', () => {
  const text = workspace.files.get(base)!;
  const half = updateWorkspace(workspace, [
    { path: base, text: text.slice(0, text.indexOf('message:') + 9) },
  ]);
  const names = indexNames(half, index)
    .byPath.get(base)!
    .map(({ name }) => name);
  expect(names).toContain('minimum-time');
  expect(names).not.toContain('equipment');
});
