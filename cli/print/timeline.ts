import {
  baseWords,
  changeWords,
  dayOf,
  daysText,
  formatDay,
  gapWords,
  overlapWords,
  payerName,
  receivedGapWords,
  receivedText,
  replacedWords,
} from '#engine';
import type { CodeList, Day, Lane, LaneRevision } from '#engine';
import { paintFor, plain } from './terminal.ts';
import type { Paint } from './terminal.ts';

const width = 72;
const indent = '  ';

/** Lanes by payer, each a line of signs over years with the exact days below it; it says the same without colours. */
export function timelineText(
  lanes: readonly Lane[],
  on: Day,
  lists: readonly CodeList[],
  color: boolean,
): string {
  const paint = paintFor(color);
  const scale = scaleOf(lanes, on);
  const groups = new Map<string, Lane[]>();
  for (const lane of lanes) {
    const payer = lane.payer === null ? 'Every payer' : payerName(lane.payer, lists);
    groups.set(payer, [...(groups.get(payer) ?? []), lane]);
  }
  const blocks = [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([payer, own]) =>
      [
        paint.bold(payer),
        `${indent}${scale.years}`,
        ...own.flatMap((lane) => ['', ...laneLines(lane, scale, on, paint)]),
      ].join('\n'),
    );
  return `${[...blocks, legend(on)].join('\n\n')}\n`;
}

function legend(on: Day): string {
  return [
    `A number is the revision of that number, + one in which something changes, ! days without a revision between two,`,
    `# days with two at once, ^ ${formatDay(on)}. By date of service; both days of a period count.`,
  ].join('\n');
}

interface Scale {
  readonly years: string;
  /** The first and the last day of each column. */
  readonly columns: readonly { readonly from: Day; readonly to: Day }[];
}

/** Whole years, from the first in which anything begins to the one after the last that matters. */
function scaleOf(lanes: readonly Lane[], on: Day): Scale {
  const days = lanes.flatMap(({ revisions }) =>
    revisions.flatMap(({ from, to }) => (to === null ? [from] : [from, to])),
  );
  const years = [on, ...days].map((day) => Number(formatDay(day).slice(0, 4)));
  const first = Math.min(...years);
  const count = Math.max(...years) + 1 - first;
  const start = dayOf(first, 1, 1);
  const total = dayOf(first + count, 1, 1) - start;
  const edge = (column: number) => start + Math.round((total * column) / width);
  let axis = '';
  const step = Math.max(1, Math.ceil(count / Math.floor(width / 6)));
  for (let year = first; year < first + count; year += step) {
    const at = Math.floor(((dayOf(year, 1, 1) - start) * width) / total);
    axis = `${axis.padEnd(at)}|${year}`;
  }
  return {
    years: axis,
    columns: Array.from({ length: width }, (_, at) => ({ from: edge(at), to: edge(at + 1) - 1 })),
  };
}

function laneLines(lane: Lane, { columns }: Scale, on: Day, paint: Paint): readonly string[] {
  const { revisions, gaps, overlaps, replaced } = lane;
  const numberOf = (revision: { readonly path: string }) =>
    String(revisions.findIndex(({ path }) => path === revision.path) + 1);
  const open = revisions.some(({ to }) => to === null);
  const mark = columns.findIndex((column) => column.from <= on && on <= column.to);
  return [
    `${indent}${plain(lane.title)} ${paint.dim(`(${lane.policy})`)}`,
    `${indent}${columns.map((column) => signOf(lane, column)).join('')}${open ? '>' : ''}`,
    `${indent}${' '.repeat(mark)}^`,
    ...revisions.flatMap((revision) => revisionLines(revision, numberOf(revision), on, paint)),
    ...gaps.map((gap) => `${indent}! ${paint.red(gapWords(gap))}`),
    ...lane.receivedGaps.map((gap) => `${indent}! ${paint.red(receivedGapWords(gap))}`),
    ...overlaps.map(
      (overlap) =>
        `${indent}# ${paint.yellow(`${overlapWords(overlap)}: ${numberOf(overlap.earlier)} and ${numberOf(overlap.later)}`)}`,
    ),
    ...replaced.map((it) => `${indent}= ${replacedWords(it)}`),
  ];
}

function revisionLines(revision: LaneRevision, number: string, on: Day, paint: Paint): readonly string[] {
  const received = receivedText(revision);
  const now = revision.inForce ? paint.green(`, in force on ${formatDay(on)}`) : '';
  return [
    `${indent}${number} ${daysText(revision)}${received === '' ? '' : ` ${received}`}${now}  ${paint.dim(revision.path)}`,
    ...baseWords(revision).map((words) => `${indent}    ${words}`),
    ...revision.changes.map((change) => `${indent}    + ${changeWords(change)}`),
  ];
}

interface Stretch {
  readonly from: Day;
  readonly to: Day | null;
}

/** What matters most of the days of one column: a single day of trouble is never lost between two columns. */
function signOf({ revisions, gaps, overlaps }: Lane, column: Stretch & { readonly to: Day }): string {
  const touches = ({ from, to }: Stretch) => from <= column.to && (to === null || to >= column.from);
  if (overlaps.some(touches)) return '#';
  if (gaps.some(touches)) return '!';
  const at = revisions.findLastIndex(touches);
  if (at === -1) return '.';
  const changes = revisions[at]!.changes.some(({ day }) => day >= column.from && day <= column.to);
  return changes ? '+' : String((at + 1) % 10);
}
