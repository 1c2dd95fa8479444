import { readFileSync } from 'node:fs';
import { Engine } from 'json-rules-engine';
import { afterEach, describe, expect, test } from 'vitest';
import { checkRules } from './check-rules.ts';
import { nameInPath, resolvePath } from './path-resolver.ts';

/** Paths in the manner of the published attacks on JSONPath evaluators; each would leave a mark if it ran. */
const mark = '__pathRan';
const hostilePaths = [
  `$..[?(p="globalThis.${mark}=true";a=''[['constructor']][['constructor']](p);a())]`,
  `$[?(@.constructor.constructor("globalThis.${mark}=true")())]`,
  `$[(globalThis.${mark}=true)]`,
  `$..[?((globalThis.${mark}=true)||@)]`,
  '$[?(@.minutes > 1)]',
  '$..minutes',
  '$.*',
  "$['minutes']",
  '$.a.b',
  '$',
  '$.',
  'minutes',
  ' $.minutes',
  '$.minutes\n',
  '$.__proto__',
  '',
];

afterEach(() => {
  expect(Object.hasOwn(globalThis, mark)).toBe(false);
});

describe('a path is $.name', () => {
  test('and gives what stands under that name, empty fields included', () => {
    expect(resolvePath({ minutes: 8, contact: null }, '$.minutes')).toBe(8);
    expect(resolvePath({ minutes: 8, contact: null }, '$.contact')).toBe(null);
    expect(nameInPath('$.record-supportableUnits')).toBe('record-supportableUnits');
  });

  test.each(hostilePaths)('and not %j', (path) => {
    expect(nameInPath(path)).toBe(null);
    expect(() => resolvePath({ minutes: 8 }, path)).toThrow('is not of the form $.name');
  });

  test.each(['$.constructor', '$.toString', '$.hasOwnProperty', '$.seconds'])(
    'and %j is not found where the object has none of its own',
    (path) => {
      expect(() => resolvePath({ minutes: 8 }, path)).toThrow('there is no fact at');
    },
  );
});

describe('a hostile path in a rule', () => {
  const ruleWith = (path: string) => ({
    name: 'hostile',
    conditions: { all: [{ fact: 'record', path, operator: 'equal', value: 8 }] },
    event: { type: 'hostile' },
  });

  test.each(hostilePaths)('is refused before it reaches an engine: %j', (path) => {
    expect(() => checkRules([ruleWith(path)])).toThrow('has a path that is not of the form $.name');
  });

  // An empty path is no path to the engine: it never asks the resolver.
  test.each(hostilePaths.filter((path) => path !== ''))(
    'and ends the run, should it get that far: %j',
    async (path) => {
      const engine = new Engine([ruleWith(path)], { pathResolver: resolvePath });
      await expect(engine.run({ record: { minutes: 8 } })).rejects.toThrow('is not of the form $.name');
    },
  );

  test('and on the right side of a test too', () => {
    const rule = {
      ...ruleWith('$.minutes'),
      conditions: {
        all: [
          { fact: 'record', path: '$.minutes', operator: 'equal', value: { fact: 'record', path: '$..*' } },
        ],
      },
    };
    expect(() => checkRules([rule])).toThrow('has a path that is not of the form $.name');
  });
});

test('the JSONPath library that the engine brings, and never uses here, is a mended one', () => {
  const { version } = JSON.parse(
    readFileSync(new URL('../../node_modules/jsonpath-plus/package.json', import.meta.url), 'utf8'),
  ) as { version: string };
  const [major, minor, patch] = version.split('.').map(Number) as [number, number, number];
  expect(major > 11 || (major === 11 && (minor > 0 || patch >= 1))).toBe(true);
});
