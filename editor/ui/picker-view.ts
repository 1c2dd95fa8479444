/** One thing that can be picked, with the words by which it is found. */
export interface PickerItem {
  readonly id: string;
  readonly title: string;
  /** Behind the title: a meaning, a description. */
  readonly detail?: string;
  /** At the right, short: a unit, a path. */
  readonly note?: string;
  readonly section?: string;
  /** Words that are not shown and find it all the same. */
  readonly also?: string;
}

/** More than this nobody reads; a further word finds the rest. */
const mostShown = 80;

/** The items that hold every word: whole words first, in the title before anywhere else. */
export function pickerMatches(items: readonly PickerItem[], text: string): readonly PickerItem[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return items.slice(0, mostShown);
  return items
    .map((item) => ({ item, score: scoreOf(item, words) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, mostShown)
    .map(({ item }) => item);
}

function scoreOf({ title, detail = '', note = '', also = '' }: PickerItem, words: readonly string[]): number {
  const inTitle = title.toLowerCase();
  const elsewhere = `${detail} ${note} ${also}`.toLowerCase();
  let score = inTitle.startsWith(words.join(' ')) ? 1 : 0;
  for (const word of words) {
    const found = Math.max(placeScore(inTitle, word) * 2, placeScore(elsewhere, word));
    if (found === 0) return 0;
    score += found;
  }
  return score;
}

/** 4 for a whole word, 3 at the beginning of one, 1 within one, 0 nowhere. */
function placeScore(text: string, word: string): number {
  if (!text.includes(word)) return 0;
  const begins = `(?:^|[^a-z0-9])${word.replace(/[^a-z0-9]/g, String.raw`\$&`)}`;
  if (new RegExp(`${begins}(?![a-z0-9])`).test(text)) return 4;
  return new RegExp(begins).test(text) ? 3 : 1;
}

/** In the order of the items, section by section; '' is the section without a name. */
export function bySection(
  items: readonly PickerItem[],
): readonly { readonly section: string; readonly items: readonly PickerItem[] }[] {
  const sections = [...new Set(items.map(({ section = '' }) => section))];
  return sections.map((section) => ({
    section,
    items: items.filter((item) => (item.section ?? '') === section),
  }));
}
