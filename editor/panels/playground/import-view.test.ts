import { expect, test } from 'vitest';

import { kindsIn, leftOutShown, nameOfArchive, speaksOfVisits } from './import-view.ts';

const files = (...paths: string[]) => paths.map((path) => ({ path }));

test('what is in an archive, in the order in which one reads it', () => {
  expect(
    kindsIn(files('testcases/a.suite.yaml', 'rules/b.policy.yaml', 'rules/c.policy.yaml', 'rules/d.yaml')),
  ).toEqual(['2 policies', '1 suite of cases', '1 other file']);
  expect(kindsIn([])).toEqual([]);
});

test('cases and encounters speak of visits, policies do not', () => {
  expect(speaksOfVisits(files('rules/b.policy.yaml', 'rules/c.list.yaml'))).toBe(false);
  expect(speaksOfVisits(files('testcases/a.encounter.yaml'))).toBe(true);
  expect(speaksOfVisits(files('testcases/a.suite.yaml'))).toBe(true);
});

test('a workspace is named as its archive', () => {
  expect(nameOfArchive('My policies.ZIP')).toBe('My policies');
});

test('a long list is cut, and says so', () => {
  expect(leftOutShown([1, 2])).toEqual({ shown: [1, 2], more: 0 });
  expect(leftOutShown(Array.from({ length: 31 }, () => 'x'))).toMatchObject({ more: 1 });
});
