import { eachPersonOnce } from '#engine';
import type { Manifest, ReleaseProblem, VerifiedRelease } from '#engine';

import { momentIn } from '../../marks/when.ts';
import { changeWords, decisionIn } from '../../marks/words.ts';
import type { Releases } from '../../session/session.ts';

/** A release in the list, the newest first. */
export interface ReleaseRow {
  readonly number: number;
  /** “by R. Alvarez, 4 March 2024, 09:30”; null: its manifest cannot be read. */
  readonly byline: string | null;
  readonly why: string | null;
  /** What is not as it was published, in sentences; empty: all is. */
  readonly problems: readonly string[];
}

export function releaseRows({ releases, problems }: Releases): readonly ReleaseRow[] {
  return releases.toReversed().map(({ number, manifest }) => ({
    number,
    byline: manifest && `by ${manifest.who}, ${momentIn(manifest.when)}`,
    why: manifest?.why ?? null,
    problems: problems.filter(({ release }) => release === number).map(({ message }) => message),
  }));
}

/** What concerns no release that is there: one that was removed, something else that lies there. */
export function otherProblems({ releases, problems }: Releases): readonly string[] {
  const numbers = new Set(releases.map(({ number }) => number));
  return problems
    .filter(({ release }: ReleaseProblem) => release === null || !numbers.has(release))
    .map(({ message }) => message);
}

/** Whether everything is as it was published, in a sentence. */
export function chainWords({ releases, problems }: Releases): string {
  if (problems.length > 0)
    return problems.length === 1
      ? 'One thing is not as it was published.'
      : `${problems.length} things are not as they were published.`;
  return releases.length === 1
    ? 'It is as it was published.'
    : `All ${releases.length} are as they were published, and each vouches for those before it.`;
}

/** One release in full. */
export interface ReleaseDetail {
  readonly number: number;
  readonly sha256: string | null;
  readonly previous: number | null;
  readonly suites: string;
  readonly approvals: readonly ApprovedRow[];
  /** Saved encounters that came out otherwise than by the release before. */
  readonly encounters: readonly ApprovedRow[];
  readonly approvers: readonly string[];
  readonly overrides: readonly { readonly title: string; readonly words: string }[];
  readonly gaps: readonly { readonly title: string; readonly words: string }[];
  readonly files: readonly string[];
}

export interface ApprovedRow {
  readonly title: string;
  readonly change: string;
  readonly direction: string | null;
  /** Who decided it and why, in a line each. */
  readonly by: readonly string[];
}

export function releaseDetail({ number, manifest, sha256 }: VerifiedRelease): ReleaseDetail | null {
  if (manifest === null) return null;
  const { previous, suites, approvals, overrides, knownGaps, files } = manifest;
  const row = (it: Manifest['approvals'][number]) => approvedRow(it, manifest);
  const sum = (key: 'passed' | 'failed' | 'skipped') => suites.reduce((all, it) => all + it[key], 0);
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
  return {
    number,
    sha256,
    previous: previous?.number ?? null,
    suites: [
      `${passed} as expected`,
      ...(failed > 0 ? [`${failed} not as expected`] : []),
      ...(skipped > 0 ? [`${skipped} known gaps`] : []),
    ].join(', '),
    approvals: approvals.filter(({ item }) => !isOf(item, 'known-gap', 'encounter')).map(row),
    encounters: approvals.filter(({ item }) => isOf(item, 'encounter')).map(row),
    approvers: eachPersonOnce(approvals.flatMap(({ decisions }) => decisions.map(({ who }) => who))),
    overrides: overrides.map(({ found, reason, who }) => ({
      title: found.split('\n')[0]!,
      words: `Published all the same by ${who}: ${reason}`,
    })),
    gaps: knownGaps.map(({ title, owner, until, reason }) => ({
      title,
      words: `${owner}, until ${until}: ${reason}`,
    })),
    files: files.map(({ path }) => path),
  };
}

function isOf(item: string, ...kinds: readonly string[]): boolean {
  return kinds.some((kind) => item.startsWith(`${kind}-`));
}

function approvedRow(
  { item, title, before, after, direction, decisions, through }: Manifest['approvals'][number],
  { approvals }: Manifest,
): ApprovedRow {
  const deciding =
    decisions.length > 0
      ? decisions
      : approvals.filter((it) => through.includes(it.item)).flatMap((it) => it.decisions);
  const whole = isOf(item, 'encounter') ? decisionIn : (words: string | null) => words;
  return {
    title,
    change: changeWords(whole(before), whole(after)),
    direction,
    by: [...new Set(deciding.map(({ who, why }) => `${who}: ${why}`))],
  };
}
