import { count } from '../base/words.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { CaseResult, SuiteReport } from '../suites/run-suite.ts';

/** What keeps a release back whatever anybody says: nothing could be relied on afterwards. */
export const firmRefusals = [
  /** A release that is there is not what was published. */
  'chain-broken',
  /** A file has an error, so what it means is not settled. */
  'errors',
  /** Two revisions are in force on one day. */
  'periods-overlap',
  /** A rule or number does not say where it comes from. */
  'no-citation',
  /** A case could not be judged at all. */
  'cases-not-judged',
  /** Another release has been published since the one that was looked at. */
  'published-meanwhile',
  /** The files have changed since they were looked at. */
  'changed-meanwhile',
  /** Somebody has rejected something that would be published. */
  'rejected',
  /** Something that changes has not been decided by anybody. */
  'undecided',
  /** What needs two approvers was accepted twice by one and the same. */
  'same-approver-twice',
  /** What needs two approvers was accepted by one. */
  'second-approver-missing',
] as const;

/** What somebody may answer for, with a reason that is kept in the release. */
export const overridableRefusals = [
  /** A case came out otherwise than expected, or its known gap has expired. */
  'failing-cases',
  /** No suite has a case. */
  'nothing-tested',
  /** The files are those of the last release. */
  'nothing-changed',
  /** The clock stands before the moment of the last release. */
  'clock-went-back',
] as const;

export type FirmRefusal = (typeof firmRefusals)[number];
export type OverridableRefusal = (typeof overridableRefusals)[number];

/** One reason not to publish. */
export interface Refusal {
  readonly what: FirmRefusal | OverridableRefusal;
  readonly found: string;
  /** The single things that were found, in a line each. */
  readonly details: readonly string[];
  /** The next move. */
  readonly next: string;
}

/** What a publication is judged by. */
export interface Candidate {
  readonly diagnostics: readonly Diagnostic[];
  readonly report: SuiteReport;
  /** What verifying the releases that are there found wrong, in sentences. */
  readonly broken: readonly string[];
  /** The moment by the clock, in UTC, as a manifest holds it. */
  readonly when: string;
  readonly last: { readonly number: number; readonly when: string; readonly sameFiles: boolean } | null;
}

/** Everything that speaks against publishing, the gravest first. */
export function refusalsOf({ diagnostics, report, broken, when, last }: Candidate): readonly Refusal[] {
  const overlaps = diagnostics.filter(({ code }) => code === 'period-overlap');
  const uncited = diagnostics.filter(({ code }) => code === 'missing-citation');
  const errors = diagnostics.filter(
    ({ code, severity }) => severity === 'error' && code !== 'period-overlap' && code !== 'missing-citation',
  );
  const failed = report.cases.filter(({ outcome }) => outcome === 'failed');
  const errored = report.cases.filter(({ outcome }) => outcome === 'errored');
  const refusals: Refusal[] = [];
  const refuse = (what: Refusal['what'], found: string, details: readonly string[], next: string) =>
    refusals.push({ what, found, details, next });

  if (broken.length > 0) {
    refuse(
      'chain-broken',
      'the releases that are there are not as they were published',
      broken,
      'bring back what was published, from a copy or from git, until `proviso verify` finds nothing',
    );
  }
  if (errors.length > 0) {
    refuse('errors', `the files have ${count(errors.length, 'error')}`, errors.map(inWords), mend);
  }
  if (overlaps.length > 0) {
    refuse(
      'periods-overlap',
      'two revisions are in force on the same day',
      overlaps.map(inWords),
      'end the earlier revision on the day before the later one begins',
    );
  }
  if (uncited.length > 0) {
    refuse(
      'no-citation',
      `${count(uncited.length, 'rule or number', 'rules or numbers')} without a citation`,
      uncited.map(inWords),
      'add `cite` with the clause that each comes from',
    );
  }
  if (errored.length > 0) {
    refuse(
      'cases-not-judged',
      `${count(errored.length, 'case')} could not be judged`,
      errored.map(named),
      mend,
    );
  }
  if (failed.length > 0) {
    refuse(
      'failing-cases',
      `${count(failed.length, 'case')} came out otherwise than expected`,
      failed.map(named),
      'mend the policy or what the case expects',
    );
  }
  if (report.passed + report.failed + report.errored === 0) {
    refuse('nothing-tested', 'no case was judged', [], 'write a suite that says what must come out');
  }
  if (last?.sameFiles) {
    refuse(
      'nothing-changed',
      `every file is as it is in release ${last.number}`,
      [],
      'publish once something has changed',
    );
  }
  // Texts of one form and one time zone are in the order of the moments that they name.
  if (last && when < last.when) {
    refuse(
      'clock-went-back',
      `the clock says ${when}, and release ${last.number} was published at ${last.when}`,
      [],
      'set the clock of this computer right',
    );
  }
  return refusals;
}

export function isOverridable(what: Refusal['what']): what is OverridableRefusal {
  return (overridableRefusals as readonly string[]).includes(what);
}

const mend = 'run `proviso check` and `proviso test`, and mend what they find';

function inWords({ place, message }: Diagnostic): string {
  return `${place.path}:${place.line}: ${message}`;
}

function named({ suite, id, title, reason }: CaseResult): string {
  return `${suite}/${id}: ${title}${reason === null ? '' : ` (${reason})`}`;
}
