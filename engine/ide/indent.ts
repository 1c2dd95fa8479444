/**
 * Where the next line begins after Enter: the column that the line above asks for.
 *
 * An editor applies the rules to what stands before the cursor in its line, the first that fits; so they are data,
 * and `columnAfter` is what they mean.
 */
export interface EnterRule {
  /** What stands before the cursor. */
  readonly before: RegExp;
  /** Columns deeper than the line itself. */
  readonly deeper: number;
  readonly why: string;
}

const comment = String.raw`(?:\s+#.*)?\s*$`;
const keyText = String.raw`(?:"[^"]*"|'[^']*'|[^\s#{}[\],"'][^:#]*?)`;

export const enterRules: readonly EnterRule[] = [
  {
    before: new RegExp(String.raw`^\s*-\s+${keyText}:(?:\s+[|>][-+0-9]*)?${comment}`),
    deeper: 4,
    why: 'the first key of an item, and its value stands below it',
  },
  {
    before: new RegExp(String.raw`^\s*${keyText}:(?:\s+[|>][-+0-9]*)?${comment}`),
    deeper: 2,
    why: 'a key whose value stands below it',
  },
  {
    before: new RegExp(String.raw`^\s*-\s+${keyText}:\s+\S.*$`),
    deeper: 2,
    why: 'the first key of an item has its value; the next key stands below it',
  },
];

/** The column of the next line, when Enter is pressed with this before the cursor. */
export function columnAfter(line: string): number {
  const column = /^ */.exec(line)![0].length;
  return column + (enterRules.find(({ before }) => before.test(line))?.deeper ?? 0);
}
