import type { Cause, Decision, TextChange } from '#engine';

import { count, directions } from '../../marks/words.ts';
import type { Direction } from '../../marks/words.ts';
import type { ComparedVersions, EncounterChange, RegionRow } from '../../worker/queries/compare.ts';

/** Only the regions of a payer, with a code, that go some ways; null and an empty list: all. */
export interface RegionFilter {
  readonly payer: string | null;
  readonly code: string;
  readonly ways: readonly Direction[];
}

export const everyRegion: RegionFilter = { payer: null, code: '', ways: [] };

/** How the change stands as a whole, which the head of the page says in one sentence. */
export interface Summary {
  readonly kind: 'nothing' | 'equal' | 'changes' | 'open';
  readonly sentence: string;
  /** What else there is to know, in a sentence; null: nothing. */
  readonly note: string | null;
}

/** “Against release 3: 2 kinds of claim are judged otherwise, both stricter; 16 of 569 saved encounters change.” */
export function summaryOf(comparison: ComparedVersions, against: string): Summary {
  const { equal, regions, units, uncovered, text, comparedEncounters } = comparison;
  const changed = comparison.encounters.length + comparison.moreEncounters;
  const saved =
    changed === 0
      ? `none of ${count(comparedEncounters, 'saved encounter')} changes`
      : `${changed} of ${count(comparedEncounters, 'saved encounter')} ${changed === 1 ? 'changes' : 'change'}`;
  if (equal) {
    if (text.length === 0 && changed === 0)
      return { kind: 'nothing', sentence: `Nothing is changed against ${against}.`, note: null };
    return {
      kind: 'equal',
      sentence: `Proven equal to ${against}: no claim there can be is judged otherwise.`,
      note: [
        `${count(text.length, 'thing is', 'things are')} written otherwise. Every case that the policies can tell apart was gone through, for every payer and every date.`,
        ...(changed === 0
          ? []
          : [
              `${count(changed, 'saved case comes', 'saved cases come')} out otherwise all the same: ${changed === 1 ? 'it tries' : 'they try'} a number or says something of ${changed === 1 ? 'its' : 'their'} own.`,
            ]),
      ].join(' '),
    };
  }
  const found =
    regions.length === 0
      ? units.length > 0
        ? 'no decision changes, but minutes support other units'
        : 'no change of a decision was found'
      : `${count(regions.length, 'kind of claim is', 'kinds of claim are')} judged otherwise, ${wayWords(regions)}`;
  return {
    kind: regions.length === 0 && uncovered.length > 0 ? 'open' : 'changes',
    sentence: `Against ${against}: ${found}; ${saved}.`,
    note:
      uncovered.length > 0
        ? 'Not everything could be gone through; what was left out is named below.'
        : regions.length > 0
          ? 'Every case that the policies can tell apart was gone through: nothing else changes.'
          : null,
  };
}

/** `stricter`, `both stricter`, `3 stricter and 2 looser`. */
function wayWords(regions: readonly RegionRow[]): string {
  const counts = directions
    .map((way) => ({ way, many: regions.filter(({ direction }) => direction === way).length }))
    .filter(({ many }) => many > 0);
  const words = (way: Direction) => (way === 'neutral' ? 'for another reason' : way);
  const [first, ...others] = counts;
  if (first === undefined) return '';
  if (others.length > 0)
    return counts
      .map(({ way, many }) => `${many} ${words(way)}`)
      .join(', ')
      .replace(/, ([^,]*)$/, ' and $1');
  const all = first.many === 1 ? '' : first.many === 2 ? 'both ' : 'all ';
  return `${all}${words(first.way)}`;
}

/** The regions that the filter leaves. */
export function regionsFor(
  regions: readonly RegionRow[],
  { payer, code, ways }: RegionFilter,
): readonly RegionRow[] {
  const wanted = code.trim().toUpperCase();
  return regions.filter(
    (region) =>
      (payer === null || region.payers.includes(payer)) &&
      (ways.length === 0 || ways.includes(region.direction)) &&
      // A region of whatever code has every code.
      (wanted === '' || region.codes.some((it) => it === null || it.toUpperCase().startsWith(wanted))),
  );
}

/** How many regions go each way: the chips of the filter. */
export function waysIn(
  regions: readonly RegionRow[],
): readonly { readonly id: Direction; readonly count: number }[] {
  return directions
    .map((id) => ({ id, count: regions.filter(({ direction }) => direction === id).length }))
    .filter(({ count: many }) => many > 0);
}

/** “97032, 97035 and 7 more”; no code stands for whatever code is not named. */
export function codesWords(codes: readonly (string | null)[]): string {
  const named = codes.filter((code) => code !== null);
  const all = codes.includes(null) ? [...named, 'any other code'] : named;
  const most = 12;
  if (all.length <= most + 1) return all.join(', ');
  return `${all.slice(0, most).join(', ')} and ${all.length - most} more`;
}

/** A changed encounter in a row: what made the difference, in a sentence for each rule. */
export interface EncounterRow {
  readonly key: string;
  readonly title: string;
  readonly before: Decision;
  readonly after: Decision;
  readonly causes: readonly string[];
}

export function encounterRow({ key, title, before, after, causes }: EncounterChange): EncounterRow {
  return { key, title, before, after, causes: [...new Set(causes.map(causeWords))] };
}

const outcomes = {
  met: 'met',
  violated: 'not met',
  undetermined: 'cannot be decided',
  'not-applicable': 'does not apply',
} as const;

/** “A timed service of less than 10 minutes is not billed: was met, now not met; found 8 minutes”. */
function causeWords({ title, before, after, conditions }: Cause): string {
  const word = (outcome: Cause['before']) => (outcome === null ? 'not in force' : outcomes[outcome]);
  const said = conditions[0]?.after;
  const because = said ? `; ${said.sentence}${said.found === null ? '' : `, found ${said.found}`}` : '';
  return `${title}: was ${word(before)}, now ${word(after)}${because}`;
}

/** What is written otherwise in one file. */
export interface FileChanges {
  readonly path: string;
  readonly rows: readonly {
    readonly what: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
}

export function fileChanges(text: readonly TextChange[]): readonly FileChanges[] {
  const byPath = new Map<string, FileChanges['rows'][number][]>();
  for (const { path, of, at, before, after } of text) {
    const what = [of === 'file' ? '' : of, at].filter((it) => it !== '').join(', ');
    byPath.set(path, [...(byPath.get(path) ?? []), { what: what || 'the file', before, after }]);
  }
  return [...byPath].map(([path, rows]) => ({ path, rows }));
}

/** The file beside the changes: the one that is asked for, the open one, or the first that is written otherwise. */
export function fileBeside(
  changed: readonly FileChanges[],
  asked: string | null,
  open: string | null,
): string | null {
  const paths = new Set(changed.map(({ path }) => path));
  const found = [asked, open].find((path) => path !== null && paths.has(path));
  // Policies first: they are what makes decisions change.
  return found ?? changed.find(({ path }) => path.endsWith('.policy.yaml'))?.path ?? changed[0]?.path ?? null;
}
