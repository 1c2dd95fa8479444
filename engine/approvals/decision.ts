import { canonicalJson } from '../releases/canonical-json.ts';
import type { Json } from '../releases/canonical-json.ts';
import type { ReleaseName } from '../releases/manifest.ts';

export type DecisionVerdict = 'accept' | 'reject';

/** What somebody has decided of one item. */
export interface Decision {
  /** The item as it was then. */
  readonly item: string;
  readonly sha256: string;
  readonly title: string;
  readonly verdict: DecisionVerdict;
  readonly who: string;
  readonly why: string;
  /** The moment by the clock, in UTC: `2024-03-04T09:30:00.000Z`. */
  readonly when: string;
  /** The SHA-256 that stands for the files that it was made for. */
  readonly files: string;
}

/** What was decided for the next release, as it lies in the workspace until that is published. */
export interface Decisions {
  /** The release that the draft was compared with; null: there was none. Beside another one, nothing of it counts. */
  readonly against: ReleaseName | null;
  readonly decisions: readonly Decision[];
}

export const noDecisions: Decisions = { against: null, decisions: [] };

const format = 'proviso-decisions-1';

export function decisionsText({ against, decisions }: Decisions): string {
  return canonicalJson({ format, against, decisions } as unknown as Json);
}

/** What stands in the file, or what keeps it from being read, as the end of a sentence. */
export type ReadDecisions =
  | { readonly decisions: Decisions; readonly problem: null }
  | { readonly decisions: null; readonly problem: string };

export function readDecisions(text: string): ReadDecisions {
  const value = parse(text);
  if (value === undefined) return { decisions: null, problem: 'is not JSON' };
  if (!isRecord(value) || value['format'] !== format)
    return { decisions: null, problem: `does not say \`"format": "${format}"\`` };
  const { against, decisions } = value;
  if (!(against === null || isName(against))) return { decisions: null, problem: 'has no sound `against`' };
  if (!Array.isArray(decisions) || !decisions.every(isDecision))
    return { decisions: null, problem: 'has no sound `decisions`' };
  return { decisions: { against, decisions }, problem: null };
}

function isName(value: unknown): value is ReleaseName {
  return isRecord(value) && Number.isSafeInteger(value['number']) && typeof value['sha256'] === 'string';
}

const texts = ['item', 'sha256', 'title', 'who', 'why', 'when', 'files'] as const;

function isDecision(value: unknown): value is Decision {
  return (
    isRecord(value) &&
    texts.every((key) => typeof value[key] === 'string') &&
    (value['verdict'] === 'accept' || value['verdict'] === 'reject')
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
