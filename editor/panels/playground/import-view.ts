import type { FileKind } from '#engine';
import { fileKind } from '#engine';

import { count } from '../../marks/words.ts';

const kindWords = {
  policy: ['policy', 'policies'],
  list: ['list', 'lists'],
  source: ['source', 'sources'],
  vocabulary: ['file of added facts', 'files of added facts'],
  settings: ['settings file', 'settings files'],
  suite: ['suite of cases', 'suites of cases'],
  encounter: ['encounter', 'encounters'],
} as const satisfies Record<FileKind, readonly [string, string]>;

/** `2 policies, 1 list, 3 encounters`, in the order in which one reads them. */
export function kindsIn(files: readonly { readonly path: string }[]): readonly string[] {
  const kinds = Object.keys(kindWords) as readonly FileKind[];
  const counted = kinds.flatMap((kind) => {
    const number = files.filter(({ path }) => fileKind(path) === kind).length;
    const [one, many] = kindWords[kind];
    return number === 0 ? [] : [count(number, one, many)];
  });
  const others = files.filter(({ path }) => fileKind(path) === null).length;
  return others === 0 ? counted : [...counted, count(others, 'other file')];
}

/** Suites and encounters speak of visits, and so can hold what patients told. */
export function speaksOfVisits(files: readonly { readonly path: string }[]): boolean {
  return files.some(({ path }) => fileKind(path) === 'encounter' || fileKind(path) === 'suite');
}

/** `My policies.zip` → `My policies`. */
export function nameOfArchive(fileName: string): string {
  return fileName.replace(/\.zip$/i, '').trim();
}

const mostShown = 30;

/** What was left out, with the beginning of a long list and how many more there are. */
export function leftOutShown<T>(leftOut: readonly T[]): {
  readonly shown: readonly T[];
  readonly more: number;
} {
  return { shown: leftOut.slice(0, mostShown), more: Math.max(0, leftOut.length - mostShown) };
}
