import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allocateUnits, listAllocations } from './time-rule.ts';

interface Example {
  readonly id: string;
  readonly rule: 'total-time' | 'per-service';
  readonly minutes: Readonly<Record<string, number>>;
  readonly units: Readonly<Record<string, number>>;
  readonly alternatives?: readonly Readonly<Record<string, number>>[];
  readonly totalUnits: number;
  readonly source: string;
}

/** Worked examples and charts that others published; nothing of them was made here. */
const examples = JSON.parse(
  readFileSync(new URL('../../../testcases/published/timed-units.json', import.meta.url), 'utf8'),
) as readonly Example[];

const sorted = (units: Readonly<Record<string, number>>) =>
  Object.entries(units)
    .map(([code, count]) => `${code}:${count}`)
    .toSorted()
    .join(' ');

it('holds the published examples, each with its source', () => {
  expect(examples.length).toBeGreaterThanOrEqual(32);
  expect(examples.every(({ source }) => source.startsWith('https://'))).toBe(true);
});

describe('published worked examples', () => {
  it.each(examples.map((example) => [example.id, example] as const))('%s', (_, example) => {
    const services = Object.entries(example.minutes).map(([code, minutes]) => ({ code, minutes }));
    const allocation = allocateUnits(
      { method: example.rule, minutesPerUnit: 15, minimumMinutes: null },
      services,
    );
    expect(allocation.totalUnits).toBe(example.totalUnits);
    // Exactly the listed allocations are right: each of them, and no other.
    const right = [example.units, ...(example.alternatives ?? [])].map(sorted).toSorted();
    expect(listAllocations(allocation, 100).map(sorted).toSorted()).toEqual(right);
  });
});
