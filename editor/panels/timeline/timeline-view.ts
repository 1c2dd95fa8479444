import type { Lane } from '#engine';
import {
  baseWords,
  changeWords,
  daysText,
  formatDay,
  gapWords,
  overlapWords,
  parseDay,
  receivedGapWords,
  receivedText,
  replacedWords,
} from '#engine';

import type { PayerRow } from '../../worker/protocol.ts';

/** All revisions of one policy for one payer, one after the other, with the days on which none or two are in force. */
export interface LaneRow {
  readonly id: string;
  readonly policy: string;
  readonly title: string;
  readonly revisions: readonly RevisionRow[];
  readonly gaps: readonly Stretch[];
  readonly overlaps: readonly Stretch[];
  /** What is not as it should be, with the exact days. */
  readonly troubles: readonly string[];
  /** What changes inside, what lies over what, and what an overlay replaces. */
  readonly notes: readonly string[];
}

export interface LaneGroup {
  readonly id: string;
  readonly title: string;
  readonly lanes: readonly LaneRow[];
}

/** Days on the picture: where they begin and how long they are, in per cent of its width. */
export interface Stretch {
  readonly words: string;
  readonly left: number;
  readonly width: number;
}

export interface RevisionRow extends Stretch {
  readonly path: string;
  /** Claims are judged by it on the day that the author is about. */
  readonly current: boolean;
  /** The days inside on which parameters or lists change, in per cent of the whole picture. */
  readonly changes: readonly { readonly words: string; readonly left: number }[];
}

export interface Timeline {
  readonly groups: readonly LaneGroup[];
  readonly years: readonly { readonly year: number; readonly left: number }[];
  /** Where the day that the author is about stands. */
  readonly day: { readonly text: string; readonly left: number };
}

const everyPayer = '*';
const order = new Intl.Collator('en', { numeric: true });

/** The lanes of every payer, over the years in which anything begins or ends; `day` is YYYY-MM-DD. */
export function timelineView(lanes: readonly Lane[], payers: readonly PayerRow[], day: string): Timeline {
  const scale = scaleOf(lanes, dayNumber(day));
  const titles = new Map(payers.map(({ id, title }) => [id, title]));
  const groups = new Map<string, LaneRow[]>();
  for (const lane of lanes) {
    const id = lane.payer ?? everyPayer;
    groups.set(id, [...(groups.get(id) ?? []), laneRow(lane, scale)]);
  }
  return {
    groups: [...groups]
      .map(([id, own]) => ({
        id,
        title: id === everyPayer ? 'Every payer' : (titles.get(id) ?? id),
        lanes: own.toSorted((a, b) => order.compare(a.title, b.title)),
      }))
      .toSorted((a, b) => order.compare(a.title, b.title)),
    years: scale.years,
    day: { text: day, left: scale.left(dayNumber(day)) },
  };
}

interface Scale {
  readonly years: Timeline['years'];
  /** Where a day begins, in per cent. */
  readonly left: (day: number) => number;
}

/** Whole years: from the first in which a revision begins to the one after the last that matters. */
function scaleOf(lanes: readonly Lane[], day: number): Scale {
  const days = lanes.flatMap(({ revisions }) =>
    revisions.flatMap(({ from, to }) => (to === null ? [from] : [from, to])),
  );
  const years = [day, ...days].map((it) => Number(formatDay(it).slice(0, 4)));
  const first = Math.min(...years);
  const last = Math.max(...years) + 1;
  const start = dayNumber(`${first}-01-01`);
  const total = dayNumber(`${last}-01-01`) - start;
  const left = (it: number) => ((it - start) / total) * 100;
  const step = Math.max(1, Math.ceil((last - first) / 8));
  return {
    years: Array.from({ length: last - first }, (_, at) => first + at)
      .filter((year) => (year - first) % step === 0)
      .map((year) => ({ year, left: left(dayNumber(`${year}-01-01`)) })),
    left,
  };
}

function laneRow(
  { payer, policy, title, revisions, gaps, receivedGaps, overlaps, replaced }: Lane,
  scale: Scale,
): LaneRow {
  return {
    id: `${payer ?? everyPayer} ${policy}`,
    policy,
    title,
    revisions: revisions.map((it) => ({
      ...stretch(it, [daysText(it), receivedText(it)].join(' ').trim(), scale),
      path: it.path,
      current: it.inForce,
      changes: it.changes.map((change) => ({ words: changeWords(change), left: scale.left(change.day) })),
    })),
    gaps: gaps.map((gap) => stretch(gap, gapWords(gap), scale)),
    overlaps: overlaps.map((overlap) => stretch(overlap, overlapWords(overlap), scale)),
    troubles: [...gaps.map(gapWords), ...receivedGaps.map(receivedGapWords), ...overlaps.map(overlapWords)],
    notes: [
      ...revisions.flatMap((it) => [...it.changes.map(changeWords), ...baseWords(it)]),
      ...replaced.map(replacedWords),
    ],
  };
}

function stretch(
  { from, to }: { readonly from: number; readonly to: number | null },
  words: string,
  scale: Scale,
): Stretch {
  const left = scale.left(from);
  return { words, left, width: (to === null ? 100 : scale.left(to + 1)) - left };
}

function dayNumber(text: string): number {
  const day = parseDay(text);
  if (day === null) throw new Error(`\`${text}\` is no date`);
  return day;
}

/** The day some days later, or earlier. */
export function addDays(text: string, days: number): string {
  return formatDay(dayNumber(text) + days);
}
