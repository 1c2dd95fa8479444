/** `1 unit`, `2 units`: English counts for messages. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** `a, b or c`. */
export function orList(words: readonly string[]): string {
  return joinList(words, 'or');
}

/** `a, b and c`. */
export function andList(words: readonly string[]): string {
  return joinList(words, 'and');
}

function joinList(words: readonly string[], last: string): string {
  if (words.length <= 1) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}
