import { formatDay } from '../base/calendar-date.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ReadyCase, SuiteReport } from '../suites/run-suite.ts';
import type { Suite } from '../suites/suite.ts';
import { formatYaml } from '../yaml/format-yaml.ts';
import { canonicalJson } from './canonical-json.ts';
import { manifestFormat, manifestText } from './manifest.ts';
import type {
  Hash,
  Manifest,
  Override,
  PublishedApproval,
  PublishedFile,
  PublishedGap,
  PublishedSuite,
  ReleaseName,
} from './manifest.ts';

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** The copies that are published: in canonical layout, so that layout alone never makes a release differ; by path. */
export function canonicalFiles(files: Iterable<readonly [path: string, text: string]>): readonly TextFile[] {
  return [...files]
    .map(([path, text]) => ({ path, text: formatYaml(path, text).value.replaceAll('\r\n', '\n') }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

export async function hashFiles(files: readonly TextFile[], hash: Hash): Promise<readonly PublishedFile[]> {
  return Promise.all(files.map(async ({ path, text }) => ({ path, sha256: await hash(text) })));
}

/** The SHA-256 that stands for all files together. */
export async function filesHash(files: readonly PublishedFile[], hash: Hash): Promise<string> {
  return hash(canonicalJson(files.map(({ path, sha256 }) => [path, sha256])));
}

/** What a release records of the workspace and its suites. */
export interface Evidence {
  readonly diagnostics: readonly Diagnostic[];
  readonly suites: readonly Suite[];
  readonly cases: readonly ReadyCase[];
  readonly report: SuiteReport;
}

/** Who publishes what, when and why, and what comes before it. */
export interface Publication {
  readonly previous: ReleaseName | null;
  readonly who: string;
  readonly why: string;
  readonly when: string;
  readonly files: readonly PublishedFile[];
  readonly overrides: readonly Override[];
  readonly approvals: readonly PublishedApproval[];
}

export function makeManifest(publication: Publication, evidence: Evidence): Manifest {
  const { diagnostics, report } = evidence;
  return {
    format: manifestFormat,
    number: (publication.previous?.number ?? 0) + 1,
    ...publication,
    checks: {
      warnings: diagnostics.filter(({ severity }) => severity === 'warning').length,
      notes: diagnostics.filter(({ severity }) => severity === 'info').length,
    },
    suites: evidence.suites
      .map((suite) => countsOf(suite, report))
      .toSorted((a, b) => (a.suite < b.suite ? -1 : 1)),
    failed: report.cases
      .filter(({ outcome }) => outcome === 'failed')
      .map(({ suite, id, title, reason, differences }) => ({ suite, id, title, reason, differences })),
    knownGaps: openGaps(evidence),
  };
}

/** The known gaps that are published: those that are still open, and have not expired. */
export function openGaps({ cases, report }: Pick<Evidence, 'cases' | 'report'>): readonly PublishedGap[] {
  const outcomes = new Map(report.cases.map((result) => [`${result.suite}/${result.id}`, result.outcome]));
  return cases.flatMap(({ suite, id, title, knownGap }) =>
    knownGap && outcomes.get(`${suite}/${id}`) === 'skipped'
      ? [{ suite, id, title, ...knownGap, until: formatDay(knownGap.until) }]
      : [],
  );
}

/** Everything that lies in the folder of the release, by its path there. */
export function releaseFiles(manifest: Manifest, files: readonly TextFile[]): readonly TextFile[] {
  return [
    ...files.map(({ path, text }) => ({ path: `files/${path}`, text })),
    { path: 'manifest.json', text: manifestText(manifest) },
  ];
}

function countsOf({ id, title }: Suite, report: SuiteReport): PublishedSuite {
  const own = report.cases.filter(({ suite }) => suite === id);
  const counted = (wanted: string) => own.filter(({ outcome }) => outcome === wanted).length;
  return {
    suite: id,
    title,
    passed: counted('passed'),
    failed: counted('failed'),
    skipped: counted('skipped'),
  };
}
