/** One cell: text, a number, or nothing. */
export type Cell = string | number | null;

/**
 * A table as RFC 4180 has it: commas, CRLF, quotes where they are needed. It begins with the mark of UTF-8, without which
 * spreadsheets take it for another encoding. A text that a spreadsheet would run as a formula gets an apostrophe in front.
 */
export function csv(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `\u{FEFF}${[head, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('')}`;
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = /^[\s]*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
