import type { Subject } from '#engine';

import type { Choice } from '../../ui/Select.tsx';
import type { SuiteRow } from '../../worker/queries/suites.ts';

/** Ids no suite can have. */
export const newSuite = '+';
export const noSuite = '-';

/** Where a case can go: every suite, one that is new, or none. */
export function suiteChoices(suites: readonly SuiteRow[]): readonly Choice<string>[] {
  return [
    ...suites
      .toSorted((a, b) => (a.title < b.title ? -1 : 1))
      .map(({ id, title, cases }) => ({ id, title, detail: `${cases}` })),
    { id: newSuite, title: 'A new suite of that title' },
    { id: noSuite, title: 'None: an encounter file of its own' },
  ];
}

/** The suite of the case itself; for an encounter file the largest that shares most of its folders. */
export function suiteToBegin(suites: readonly SuiteRow[], subject: Subject): string {
  if (subject.kind === 'case' && suites.some(({ id }) => id === subject.suite)) return subject.suite;
  if (subject.kind === 'case') return newSuite;
  const folders = subject.path.split('/');
  const shared = ({ path }: SuiteRow): number => {
    const parts = path.split('/').slice(0, -1);
    const differs = parts.findIndex((part, index) => part !== folders[index]);
    return differs === -1 ? parts.length : differs;
  };
  const [best] = suites.toSorted((a, b) => shared(b) - shared(a) || b.cases - a.cases);
  return best && shared(best) > 1 ? best.id : newSuite;
}
