import { decisionText, decisionTotals, payerName } from '#engine';
import type { CodeList, ImpactRows, Move, Tally } from '#engine';
import { plain, plural, tableText } from './terminal.ts';
import type { Paint } from './terminal.ts';

export interface ToldImpact {
  readonly before: string;
  readonly after: string;
  readonly encounters: number;
  readonly unreadable: {
    readonly count: number;
    readonly listed: readonly {
      readonly place: { readonly file: string; readonly line: number | null };
      readonly reason: string;
    }[];
  };
  readonly rows: ImpactRows;
  readonly passedOver: number;
}

/** So many unreadable encounters are shown; `--json` lists more. */
const mostShown = 10;

export function impactText(told: ToldImpact, lists: readonly CodeList[], paint: Paint): string {
  const { rows, encounters, unreadable } = told;
  const moved = rows.encounters.filter(({ before, after }) => before !== after);
  const parts: (readonly string[])[] = [
    [
      `Before: ${plain(told.before)}, after: ${plain(told.after)}.`,
      paint.bold(
        `${number(rows.changed)} of ${plural(encounters, 'encounter', number)} ${rows.changed === 1 ? 'is' : 'are'} decided otherwise, as a whole or in a line${share(rows.changed, encounters)}.`,
      ),
    ],
    section('Encounters by decision', totalsTable(rows.encounters)),
    section('Encounters that are decided otherwise as a whole', movesTable(moved)),
    section('Claim lines by decision', totalsTable(rows.lines)),
    section(
      'Lines by code, where anything changes',
      groupTable(
        'code',
        rows.byCode.map(({ code, moves }) => [code, moves]),
      ),
    ),
    section(
      'Encounters by payer, where anything changes',
      groupTable(
        'payer',
        rows.byPayer.map(({ payer, moves }) => [payerName(payer, lists), moves]),
      ),
    ),
    section('Rules that say otherwise', rulesTable(rows)),
    unreadableLines(unreadable),
    notes(told),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${line}\n`).join(''))
    .join('\n');
}

function section(title: string, table: readonly string[]): readonly string[] {
  return table.length === 0 ? [] : [`${title}:`, ...table.map((line) => `  ${line}`)];
}

function totalsTable(moves: readonly Move[]): readonly string[] {
  const rows = decisionTotals(moves).map(({ decision, before, after }) => [
    decisionText(decision),
    number(before.count),
    money(before.cents),
    number(after.count),
    money(after.cents),
    signed(after.count - before.count),
  ]);
  return rows.length === 0
    ? []
    : tableText(['decision', 'before', 'charged', 'after', 'charged', 'difference'], rows);
}

function movesTable(moves: readonly Move[]): readonly string[] {
  if (moves.length === 0) return [];
  return tableText(
    ['decision', 'encounters', 'charged'],
    moves.map((move) => [moveText(move), number(move.count), money(move.cents)]),
  );
}

function groupTable(
  head: string,
  groups: readonly (readonly [name: string, moves: readonly Move[]])[],
): readonly string[] {
  const rows = groups.flatMap(([name, moves]) =>
    moves
      .filter(({ before, after }) => before !== after)
      .map((move) => [name, moveText(move), number(move.count), money(move.cents), outOf(moves)]),
  );
  return rows.length === 0 ? [] : tableText([head, 'decision', 'number', 'charged', 'of'], rows);
}

function outOf(moves: readonly Move[]): string {
  return number(moves.reduce((sum, { count }) => sum + count, 0));
}

function rulesTable({ byRule }: ImpactRows): readonly string[] {
  const same = (a: Tally, b: Tally) => a.count === b.count && a.cents === b.cents;
  const rows = byRule
    .filter(
      ({ before, after }) =>
        !same(before.violated, after.violated) || !same(before.undetermined, after.undetermined),
    )
    .map(({ rule, before, after }) => [
      rule,
      number(before.violated.count),
      number(after.violated.count),
      money(after.violated.cents - before.violated.cents),
      number(before.undetermined.count),
      number(after.undetermined.count),
    ]);
  if (rows.length === 0) return [];
  return tableText(
    ['rule', 'violated before', 'violated after', 'charged, difference', 'open before', 'open after'],
    rows,
  );
}

function unreadableLines({ count, listed }: ToldImpact['unreadable']): readonly string[] {
  if (count === 0) return [];
  const shown = listed.slice(0, mostShown);
  return [
    `${plural(count, 'encounter', number)} could not be read and ${count === 1 ? 'is' : 'are'} not counted:`,
    ...shown.map(({ place, reason }) => `  ${plain(placeText(place))}: ${plain(reason)}`),
    ...(count > shown.length ? [`  and ${number(count - shown.length)} more`] : []),
  ];
}

export function placeText({ file, line }: { readonly file: string; readonly line: number | null }): string {
  return line === null ? file : `${file}:${line}`;
}

function notes({ rows, passedOver }: ToldImpact): readonly string[] {
  return [
    ...(rows.linesWithoutCharge > 0
      ? [
          `${plural(rows.linesWithoutCharge, 'claim line', number)} without a charge count as nothing charged.`,
        ]
      : []),
    ...(passedOver > 0
      ? [`${plural(passedOver, 'other file', number)} in the folders were passed over.`]
      : []),
  ];
}

function moveText({ before, after }: Move): string {
  return `${decisionText(before)} → ${decisionText(after)}`;
}

function share(part: number, whole: number): string {
  if (part === 0 || whole === 0) return '';
  const percent = (100 * part) / whole;
  return ` (${percent < 0.1 ? 'less than 0.1' : percent.toFixed(1)} %)`;
}

export function number(value: number): string {
  return value.toLocaleString('en');
}

function signed(value: number): string {
  return value > 0 ? `+${number(value)}` : value < 0 ? `−${number(-value)}` : '0';
}

/** Whole cents as dollars: nothing is rounded. */
export function money(cents: number): string {
  const whole = Math.abs(cents);
  const rest = String(whole % 100).padStart(2, '0');
  return `${cents < 0 ? '−' : ''}$${number(Math.floor(whole / 100))}.${rest}`;
}
