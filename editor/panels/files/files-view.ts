import type { Diagnostic } from '#engine';

import { titleIn } from '../../marks/title-in.ts';
import { kindWords, inForceWords } from '../../marks/words.ts';
import type { Judged, WorkFile } from '../../session/session.ts';
import { isUnsaved } from '../../session/session.ts';
import type { PageId } from '../../session/places.ts';
import { pageOf } from '../../session/places.ts';
import type { Settings } from '../../session/settings.ts';
import type { PolicyRow } from '../../worker/protocol.ts';

export interface FileGroup {
  readonly id: string;
  readonly title: string;
  readonly files: readonly FileRow[];
}

export interface FileRow {
  readonly path: string;
  readonly title: string;
  /** The second line: kind and period of a policy; null where the title says it all. */
  readonly detail: string | null;
  readonly state: 'conflict' | 'unsaved' | 'saved';
  readonly errors: number;
}

/** Which payer and which date of service the author is about; null: all of them. */
export type Scope = Pick<Settings, 'payer' | 'asOf'>;

/** Whether a revision is in force for the payer on the day that the author is about. */
export function inScope({ payers, from, to }: PolicyRow, { payer, asOf }: Scope): boolean {
  return (
    (payer === null || payers === null || payers.includes(payer)) &&
    (asOf === null || (from <= asOf && (to === null || asOf <= to)))
  );
}

/** The files of a page: policies by payer, then everything else by what it is. A group without files is not shown. */
export function fileGroups(
  files: ReadonlyMap<string, WorkFile>,
  judged: Judged | null,
  page: PageId,
  scope: Scope,
): readonly FileGroup[] {
  const errors = countErrors(judged?.diagnostics ?? []);
  const policies = new Map((judged?.policies ?? []).map((policy) => [policy.path, policy]));
  const payerTitles = new Map((judged?.payers ?? []).map((payer) => [payer.id, payer.title]));

  const row = (file: WorkFile, title: string, detail: string | null): FileRow => ({
    path: file.path,
    title,
    detail,
    state: file.conflict ? 'conflict' : isUnsaved(file) ? 'unsaved' : 'saved',
    errors: errors.get(file.path) ?? 0,
  });

  const byPayer = new Map<string, FileRow[]>();
  const others = new Map<string, FileRow[]>(otherGroups.map(({ id }) => [id, []]));
  for (const file of files.values()) {
    if (pageOf(file.path) !== page) continue;
    const policy = policies.get(file.path);
    if (policy && !inScope(policy, scope)) continue;
    if (policy) {
      const kind = kindWords[policy.kind] ?? policy.kind;
      const entry = row(file, policy.title, `${kind} · ${inForceWords(policy)}`);
      const shown = (policy.payers ?? [everyPayer]).filter(
        (payer) => scope.payer === null || payer === everyPayer || payer === scope.payer,
      );
      for (const payer of shown) {
        byPayer.set(payer, [...(byPayer.get(payer) ?? []), entry]);
      }
    } else {
      const group = otherGroups.find(({ suffix }) => file.path.endsWith(suffix))!;
      others.get(group.id)!.push(row(file, titleIn(file), null));
    }
  }

  const payerGroups = [...byPayer].map(([payer, rows]) => ({
    id: `payer:${payer}`,
    title: payer === everyPayer ? 'Every payer' : (payerTitles.get(payer) ?? payer.toUpperCase()),
    files: rows.toSorted((a, b) => order.compare(a.title, b.title) || order.compare(a.path, b.path)),
  }));
  const everyPayerLast = (group: FileGroup) => (group.id === `payer:${everyPayer}` ? 1 : 0);
  return [
    ...payerGroups.toSorted(
      (a, b) => everyPayerLast(a) - everyPayerLast(b) || order.compare(a.title, b.title),
    ),
    ...otherGroups.map(({ id, title }) => ({
      id,
      title,
      files: others.get(id)!.toSorted((a, b) => order.compare(a.title, b.title)),
    })),
  ].filter((group) => group.files.length > 0);
}

/** Whether a payer and a date leave nothing to show: what belongs to no policy is not what was narrowed. */
export function nothingInScope(groups: readonly Pick<FileGroup, 'id'>[], { payer, asOf }: Scope): boolean {
  return (payer !== null || asOf !== null) && groups.every(({ id }) => id === 'others');
}

const everyPayer = '*';
const order = new Intl.Collator('en', { numeric: true });

/** What is no policy that could be read; the last row takes whatever is left. */
const otherGroups = [
  { id: 'unread', title: 'Policies with problems', suffix: '.policy.yaml' },
  { id: 'suites', title: 'Suites', suffix: '.suite.yaml' },
  { id: 'encounters', title: 'Encounters', suffix: '.encounter.yaml' },
  { id: 'lists', title: 'Lists', suffix: '.list.yaml' },
  { id: 'sources', title: 'Sources', suffix: '.source.yaml' },
  { id: 'others', title: 'Other files', suffix: '' },
] as const;

function countErrors(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { severity, place } of diagnostics) {
    if (severity === 'error') counts.set(place.path, (counts.get(place.path) ?? 0) + 1);
  }
  return counts;
}
