/** A table of a node in JavaScript: one row a line, so that it is legible in the editor. */
export function rows(of: readonly unknown[]): string {
  return `[\n${of.map((one) => `  ${JSON.stringify(one)},\n`).join('')}]`;
}
