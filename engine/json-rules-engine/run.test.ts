import { Engine } from 'json-rules-engine';
import type { EngineResult } from 'json-rules-engine';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createRunner } from './run.ts';
import type { EngineRule } from './to-rules.ts';

afterEach(() => vi.restoreAllMocks());

const atLeast = (minutes: number): EngineRule => ({
  name: `at least ${minutes}`,
  conditions: {
    all: [{ fact: 'record', path: '$.minutes', operator: 'greaterThanInclusive', value: minutes }],
  },
  event: { type: `at least ${minutes}` },
});
const rules = [atLeast(8), atLeast(23), atLeast(38)];

describe('runs of one engine', () => {
  test('asked for at once are made one after the other, and each answers for every rule', async () => {
    let running = 0;
    let most = 0;
    const real = Object.getOwnPropertyDescriptor(Engine.prototype, 'run')!.value as (
      ...given: Parameters<Engine['run']>
    ) => Promise<EngineResult>;
    vi.spyOn(Engine.prototype, 'run').mockImplementation(async function run(this: Engine, ...given) {
      running += 1;
      most = Math.max(most, running);
      const result = await real.apply(this, given);
      running -= 1;
      return result;
    });
    const run = createRunner(rules);
    const all = await Promise.all(Array.from({ length: 50 }, (_, minutes) => run({ record: { minutes } })));
    const held = all.map((results) => [...results.values()].filter(({ result }) => result).length);
    expect(held).toEqual(
      Array.from(
        { length: 50 },
        (_, minutes) => (minutes >= 8 ? 1 : 0) + (minutes >= 23 ? 1 : 0) + (minutes >= 38 ? 1 : 0),
      ),
    );
    expect(most).toBe(1);
  });

  test('go on after one that failed', async () => {
    const run = createRunner(rules);
    const [first, second] = await Promise.allSettled([run({ record: {} }), run({ record: { minutes: 8 } })]);
    expect(first).toMatchObject({ status: 'rejected', reason: { message: 'there is no fact at $.minutes' } });
    expect(second.status).toBe('fulfilled');
  });

  test('end with an error where a whole fact was not given, rather than with a verdict', async () => {
    await expect(createRunner(rules)({})).rejects.toThrow('Undefined fact: record');
  });
});

test('rules are checked before there is an engine', () => {
  expect(() => createRunner([atLeast(8), atLeast(8)])).toThrow('two rules are named');
});

test('the rules that were given stay as they are', async () => {
  const given = JSON.stringify(rules);
  await createRunner(rules)({ record: { minutes: 8 } });
  expect(JSON.stringify(rules)).toBe(given);
});
