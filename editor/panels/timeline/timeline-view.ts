import { formatDay, parseDay } from '#engine';

import { periodWords } from '../../marks/words.ts';
import type { PayerRow, PolicyRow } from '../../worker/protocol.ts';

/** All revisions of one policy for one payer, one after the other, with the days on which none or two are in force. */
export interface Lane {
  readonly id: string;
  readonly title: string;
  readonly revisions: readonly Stretch[];
  readonly gaps: readonly Stretch[];
  readonly overlaps: readonly Stretch[];
}

export interface LaneGroup {
  readonly id: string;
  readonly title: string;
  readonly lanes: readonly Lane[];
}

/** Days on the picture: where they begin and how long they are, in per cent of its width. */
export interface Stretch {
  readonly path: string;
  readonly words: string;
  readonly left: number;
  readonly width: number;
  /** In force on the day that the author is about. */
  readonly current: boolean;
}

export interface Timeline {
  readonly groups: readonly LaneGroup[];
  readonly years: readonly { readonly year: number; readonly left: number }[];
  /** Where the day that the author is about stands. */
  readonly day: { readonly text: string; readonly left: number };
}

const everyPayer = '*';
const order = new Intl.Collator('en', { numeric: true });

/** The lanes of every payer, over the years in which anything begins or ends; dates are YYYY-MM-DD. */
export function timelineOf(
  policies: readonly PolicyRow[],
  payers: readonly PayerRow[],
  payer: string | null,
  day: string,
): Timeline {
  const scale = scaleOf(policies, day);
  const titles = new Map(payers.map(({ id, title }) => [id, title]));
  const groups = new Map<string, PolicyRow[]>();
  for (const policy of policies) {
    for (const id of policy.payers ?? [everyPayer]) {
      if (payer !== null && id !== payer && id !== everyPayer) continue;
      groups.set(id, [...(groups.get(id) ?? []), policy]);
    }
  }
  return {
    groups: [...groups]
      .map(([id, own]) => ({
        id,
        title: id === everyPayer ? 'Every payer' : (titles.get(id) ?? id),
        lanes: lanesOf(id, own, scale, day),
      }))
      .toSorted((a, b) => order.compare(a.title, b.title)),
    years: scale.years,
    day: { text: day, left: scale.left(day) },
  };
}

interface Scale {
  readonly years: Timeline['years'];
  readonly left: (day: string) => number;
  readonly end: string;
}

/** Whole years: from the first in which a revision begins to the one after the last that matters. */
function scaleOf(policies: readonly PolicyRow[], day: string): Scale {
  const years = [day, ...policies.flatMap(({ from, to }) => (to === null ? [from] : [from, to]))].map((it) =>
    Number(it.slice(0, 4)),
  );
  const first = Math.min(...years);
  const last = Math.max(...years) + 1;
  const start = dayNumber(`${first}-01-01`);
  const total = dayNumber(`${last}-01-01`) - start;
  const left = (it: string) => ((dayNumber(it) - start) / total) * 100;
  const step = Math.max(1, Math.ceil((last - first) / 8));
  return {
    years: Array.from({ length: last - first }, (_, at) => first + at)
      .filter((year) => (year - first) % step === 0)
      .map((year) => ({ year, left: left(`${year}-01-01`) })),
    left,
    end: `${last}-01-01`,
  };
}

function lanesOf(payer: string, policies: readonly PolicyRow[], scale: Scale, day: string): readonly Lane[] {
  const byId = new Map<string, PolicyRow[]>();
  // One file is one revision, however many bases it is laid over.
  const files = new Map(policies.map((policy) => [policy.path, policy]));
  for (const policy of files.values()) byId.set(policy.id, [...(byId.get(policy.id) ?? []), policy]);
  return [...byId]
    .map(([id, revisions]): Lane => {
      const sorted = revisions.toSorted((a, b) => order.compare(a.from, b.from));
      const between = sorted.slice(1).map((later, at) => ({ earlier: sorted[at]!, later }));
      return {
        id: `${payer} ${id}`,
        title: sorted.at(-1)!.title,
        revisions: sorted.map((it) =>
          stretch(it.path, it.from, it.to, scale, day, periodWords(it.from, it.to)),
        ),
        gaps: between.flatMap(({ earlier, later }) => {
          if (earlier.to === null || addDays(earlier.to, 1) >= later.from) return [];
          const [from, to] = [addDays(earlier.to, 1), addDays(later.from, -1)];
          return [stretch(later.path, from, to, scale, day, `no revision from ${from} to ${to}`)];
        }),
        overlaps: between.flatMap(({ earlier, later }) => {
          if (earlier.to !== null && earlier.to < later.from) return [];
          const to =
            earlier.to !== null && (later.to === null || earlier.to < later.to) ? earlier.to : later.to;
          const words =
            to === null ? `two revisions since ${later.from}` : `two revisions from ${later.from} to ${to}`;
          return [stretch(later.path, later.from, to, scale, day, words)];
        }),
      };
    })
    .toSorted((a, b) => order.compare(a.title, b.title));
}

function stretch(
  path: string,
  from: string,
  to: string | null,
  scale: Scale,
  day: string,
  words: string,
): Stretch {
  const left = scale.left(from);
  const end = to === null ? 100 : scale.left(addDays(to, 1));
  return { path, words, left, width: end - left, current: from <= day && (to === null || day <= to) };
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
