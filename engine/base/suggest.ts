/** The known name closest to what was written, or null where none is close enough to be a slip of the pen. */
export function suggest(written: string, known: Iterable<string>): string | null {
  const lower = written.toLowerCase();
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(written.length / 3)) + 1;
  for (const name of known) {
    if (Math.abs(name.length - written.length) >= bestDistance) continue;
    const distance = editDistance(lower, name.toLowerCase());
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

/** The known names that could be meant, likeliest first, at most six; of few names those that are left follow. */
export function suggestions(written: string, known: Iterable<string>): readonly string[] {
  const lower = written.toLowerCase();
  const last = (name: string) => name.slice(name.lastIndexOf('.') + 1).replace(/^[{$]/, '');
  const names = [...new Set(known)].filter((name) => name !== written);
  const near = names
    .flatMap((name) => {
      const other = name.toLowerCase();
      const distance = editDistance(lower, other);
      if (distance <= Math.max(1, Math.floor(written.length / 3))) return [{ name, distance }];
      // Another section, or only a part of the name.
      if (last(other) === last(lower)) return [{ name, distance: 100 }];
      return lower.length > 2 && other.includes(lower) ? [{ name, distance: 100 + distance }] : [];
    })
    .toSorted((a, b) => a.distance - b.distance)
    .map(({ name }) => name);
  const rest = names.length <= 8 ? names.filter((name) => !near.includes(name)) : [];
  return [...near, ...rest].slice(0, 6);
}

/** Insertions, deletions, substitutions and swaps of neighbours that turn one text into the other. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, beforeLast[j - 2]! + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
