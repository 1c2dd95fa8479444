/** What is written of one engine into docs/exports.md. */
export type EngineFigures = { readonly target: string; readonly engine: string } & (
  | {
      readonly notRun: null;
      readonly version: string;
      /** How often the whole kit was run. */
      readonly runs: number;
      readonly identical: number;
      readonly total: number;
      readonly cannotHold: number;
      readonly mutants: { readonly caught: number; readonly total: number } | null;
      readonly steady: boolean;
    }
  | { readonly notRun: string }
);

const begin = '<!-- figures: written by `npm run conformance -- --write` -->';
const end = '<!-- end of figures -->';

/** The page with other figures between its marks. */
export function withFigures(page: string, figures: string): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error('docs/exports.md has no place for the figures');
  return `${page.slice(0, from + begin.length)}\n\n${figures}\n\n${page.slice(to)}`;
}

/** The figures as they stand on the page. */
export function figuresIn(page: string): string {
  return page.slice(page.indexOf(begin) + begin.length, page.indexOf(end)).trim();
}

/**
 * Whether the page says of an engine what was found of it here: all but its version, which hangs on the machine. What was not
 * run here is not compared.
 */
export function standsIn(page: string, one: EngineFigures): boolean {
  if (one.notRun !== null) return true;
  const without = (cells: FiguresRow) => cells.filter((_, at) => at !== 2).join(' | ');
  const wanted = without(rowOf(one));
  return rowsIn(page).some((cells) => without(cells) === wanted);
}

/** One engine as it stands in the table, by cells: the target, the engine, and what was found. */
export type FiguresRow = readonly string[];

/** The rows of the page, with those of some engines anew. */
export function rowsWith(page: string, engines: readonly EngineFigures[]): readonly FiguresRow[] {
  const kept = rowsIn(page);
  const anew = new Map(engines.map((one) => [one.engine, rowOf(one)]));
  return [
    ...kept.map((cells) => anew.get(cells[1]!) ?? cells),
    ...[...anew].filter(([engine]) => !kept.some((cells) => cells[1] === engine)).map(([, cells]) => cells),
  ];
}

export function rowsIn(page: string): readonly FiguresRow[] {
  return figuresIn(page)
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

export function figuresTable(
  encounters: number,
  mutants: { readonly total: number; readonly told: number; readonly equal: number },
  rows: readonly FiguresRow[],
): string {
  return [kitSentence(encounters, mutants), '', ...table(rows)].join('\n');
}

/** What can be found out again without any engine. */
export function kitSentence(
  encounters: number,
  { total, told, equal }: { readonly total: number; readonly told: number; readonly equal: number },
): string {
  const neither = total - told - equal;
  const rest =
    neither === 0
      ? `the other ${equal} are proven to change nothing.`
      : `${equal} are proven to change nothing, and of ${neither} neither is shown.`;
  return `The kit of the shipped policies holds ${encounters} encounters.\nOf ${total} deliberate errors it tells ${told}; ${rest}`;
}

/**
 * Deliberate errors that the kit does not tell and that are not proven to change nothing, each with where it was made;
 * null: there are none.
 */
export function neitherSentence(
  errors: readonly { readonly id: string; readonly what: string }[],
): string | null {
  if (errors.length === 0) return null;
  const are = errors.length === 1 ? 'error is' : 'errors are';
  const named = errors.map(({ id, what }) => `${id} (${what})`).join('; ');
  return `${errors.length} deliberate ${are} neither told by the kit nor proven to change nothing: ${named}`;
}

export function rowOf(one: EngineFigures): FiguresRow {
  if (one.notRun !== null) return [one.target, one.engine, '–', '–', 'not run', '–', '–'];
  const { target, engine, version, runs, identical, total, cannotHold, mutants, steady } = one;
  const caught = mutants ? `${mutants.caught} / ${mutants.total}` : 'none tried';
  return [
    target,
    engine,
    version,
    String(runs),
    `${identical} / ${total}${steady ? '' : ', not steady'}`,
    String(cannotHold),
    caught,
  ];
}

function table(rows: readonly FiguresRow[]): readonly string[] {
  const all = [
    ['Target', 'Engine', 'Version', 'Runs', 'Identical', 'Cannot be held', 'Errors caught'],
    ...rows,
  ];
  const widths = all[0]!.map((_, at) => Math.max(3, ...all.map((cells) => cells[at]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`;
  return [
    line(all[0]!),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...all.slice(1).map(line),
  ];
}
