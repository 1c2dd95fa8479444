import type { PersonalFinding, PersonalKind } from '#engine';

import type { Session } from '../../session/session.ts';
import { longestLink } from '../../share/link-length.ts';
import type { CaseRow } from '../../worker/protocol.ts';

export interface PolicyChoice {
  readonly id: string;
  readonly title: string;
}

/** Every policy once, in the order of the titles; revisions go together. */
export function policyChoices({ judged }: Pick<Session, 'judged'>): readonly PolicyChoice[] {
  const titles = new Map((judged?.policies ?? []).map(({ id, title }) => [id, title]));
  return [...titles]
    .map(([id, title]) => ({ id, title }))
    .sort((a, b) => a.title.localeCompare(b.title) || (a.id < b.id ? -1 : 1));
}

/** The policy of the open file, or the first. */
export function policyAtHand({ judged, openPath }: Pick<Session, 'judged' | 'openPath'>): string | null {
  const open = judged?.policies.find(({ path }) => path === openPath);
  return open?.id ?? policyChoices({ judged })[0]?.id ?? null;
}

export interface CaseChoices {
  readonly shown: readonly CaseRow[];
  /** How many more there are that fit the search. */
  readonly more: number;
}

/** So many are in sight; a search finds the others. */
const mostCases = 40;

/** The cases that can be chosen: those that speak of the policy first. */
export function caseChoices(cases: readonly CaseRow[], policy: string, search: string): CaseChoices {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = cases.filter((row) => {
    const text = `${row.title} ${row.suite} ${row.key}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const about = found.filter((row) => isAbout(row, policy));
  const others = found.filter((row) => !isAbout(row, policy));
  const sorted = [...about, ...others];
  return { shown: sorted.slice(0, mostCases), more: Math.max(0, sorted.length - mostCases) };
}

function isAbout({ key, verdict }: CaseRow, policy: string): boolean {
  if (key.startsWith(`${policy}/`)) return true;
  const subjects = verdict ? [verdict.visit, ...verdict.lines] : [];
  return subjects.some(({ violated, undetermined }) =>
    [...violated, ...undetermined].some(({ rule }) => rule.startsWith(`${policy}/`)),
  );
}

const findingWords = {
  'social-security-number': 'Looks like a Social Security number',
  'member-id': 'Looks like a member, record or claim number',
  'date-of-birth': 'Looks like a date of birth',
  'e-mail': 'Looks like an e-mail address',
  telephone: 'Looks like a telephone number',
  address: 'Looks like an address',
  name: 'Looks like a name',
  'old-age': 'An age over 89',
  date: 'A date inside a text',
  'free-text': 'Free text',
} as const satisfies Record<PersonalKind, string>;

export interface FindingGroup {
  readonly words: string;
  readonly texts: readonly string[];
}

/** What was found, kind by kind, the gravest first; the same text once. */
export function findingGroups(findings: readonly PersonalFinding[]): readonly FindingGroup[] {
  const kinds = Object.keys(findingWords) as readonly PersonalKind[];
  return kinds.flatMap((kind) => {
    const texts = new Set(findings.filter((it) => it.kind === kind).map(({ text }) => text));
    return texts.size === 0 ? [] : [{ words: findingWords[kind], texts: [...texts] }];
  });
}

export interface LinkState {
  readonly words: string;
  readonly tooLong: boolean;
}

export function linkState(length: number): LinkState {
  const letters = `${length.toLocaleString('en-US')} characters long.`;
  if (length <= longestLink) return { words: letters, tooLong: false };
  return {
    words: `${letters} Mail and chat programs cut links of more than ${longestLink.toLocaleString('en-US')}: send a zip instead.`,
    tooLong: true,
  };
}

/** Null: an address that a link can be put on. */
export function addressProblem(address: string): string | null {
  if (address.trim() === '')
    return 'Write the address of the playground, for example https://example.org/playground/';
  const url = URL.canParse(address.trim()) ? new URL(address.trim()) : null;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return null;
  return 'This is not the address of a page. It begins with https://';
}

/** `Time of 97530` → `time-of-97530.zip`. */
export function zipName(title: string): string {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['workspace'];
  return `${words.join('-').slice(0, 60)}.zip`;
}
