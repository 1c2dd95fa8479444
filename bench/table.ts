/** One thing that was measured, with the values of all rounds. */
export interface Figure {
  readonly name: string;
  readonly unit: 'ms' | 'kB' | 'MB' | '';
  readonly values: readonly number[];
  /** What it should be, in words; left out: for information. */
  readonly goal?: string;
}

/** The middle value; of an even number the lower of the two in the middle. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
}

/** `31 ms (95th percentile 48)`: one value alone stands by itself. */
export function inWords({ values, unit }: Figure): string {
  const middle = `${round(median(values))}${unit === '' ? '' : ` ${unit}`}`;
  return values.length === 1 ? middle : `${middle} (95th percentile ${round(quantile(values, 0.95))})`;
}

function round(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(2)));
}

/** A table as Markdown, which is also easy to read in a terminal. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
