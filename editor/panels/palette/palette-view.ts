import { titleIn } from '../../marks/title-in.ts';
import { decisionWords, kindWords, inForceWords } from '../../marks/words.ts';
import type { Command } from '../../session/commands.ts';
import type { Session } from '../../session/session.ts';

/** One thing that can be found or run, and what choosing it does. */
export interface PaletteItem {
  readonly id: string;
  readonly section: PaletteSection;
  readonly title: string;
  /** Grey, behind the title: what it is and where it stands. */
  readonly detail: string;
  readonly key: string | null;
  readonly does: PaletteDeed;
}

export const paletteSections = [
  'Commands',
  'Policies',
  'Rules',
  'Saved encounters',
  'Lists',
  'Sources',
  'Other files',
] as const;
export type PaletteSection = (typeof paletteSections)[number];

export type PaletteDeed =
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'place'; readonly path: string; readonly line: number }
  | { readonly kind: 'case'; readonly key: string };

/** Everything there is to find. */
export function paletteItems(
  session: Pick<Session, 'files' | 'judged'>,
  commands: readonly Command[],
): readonly PaletteItem[] {
  const policies = new Map((session.judged?.policies ?? []).map((policy) => [policy.path, policy]));
  return [
    ...commands.map(({ id, title, key }): PaletteItem => {
      return { id, section: 'Commands', title, detail: '', key, does: { kind: 'command', command: id } };
    }),
    ...[...session.files.values()].map((file): PaletteItem => {
      const policy = policies.get(file.path);
      return {
        id: `file ${file.path}`,
        section: sections.find(([suffix]) => file.path.endsWith(suffix))![1],
        title: titleIn(file),
        detail: policy
          ? [
              (policy.payers ?? ['every payer']).join(', '),
              kindWords[policy.kind] ?? policy.kind,
              inForceWords(policy),
            ].join(' · ')
          : file.path,
        key: null,
        does: { kind: 'file', path: file.path },
      };
    }),
    ...(session.judged?.rules ?? []).map(({ rule, title, path, line }): PaletteItem => {
      return {
        id: `rule ${path} ${line}`,
        section: 'Rules',
        title,
        detail: rule,
        key: null,
        does: { kind: 'place', path, line },
      };
    }),
    ...(session.judged?.cases ?? []).map(({ key, title, suite, verdict }): PaletteItem => {
      return {
        id: `case ${key}`,
        section: 'Saved encounters',
        title,
        detail: verdict ? `${decisionWords[verdict.decision]} · ${suite}` : suite,
        key: null,
        does: { kind: 'case', key },
      };
    }),
  ];
}

const sections = [
  ['.policy.yaml', 'Policies'],
  ['.list.yaml', 'Lists'],
  ['.source.yaml', 'Sources'],
  ['', 'Other files'],
] as const satisfies readonly (readonly [string, PaletteSection])[];

/** At most this many of a section are shown, so that each has its chance; a further word finds the rest. */
const mostOfSection = 8;

/**
 * The items that hold every word, the better first: a title that begins with the text, then words at the
 * beginning of words, then anywhere, then in the detail. Without a text: the commands.
 */
export function paletteMatches(items: readonly PaletteItem[], text: string): readonly PaletteItem[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return items.filter((item) => item.section === 'Commands');
  const scored = items
    .map((item) => ({ item, score: scoreOf(item, words) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score);
  return paletteSections.flatMap((section) =>
    scored
      .filter(({ item }) => item.section === section)
      .slice(0, mostOfSection)
      .map(({ item }) => item),
  );
}

function scoreOf({ title, detail }: PaletteItem, words: readonly string[]): number {
  const inTitle = title.toLowerCase();
  const inDetail = detail.toLowerCase();
  let score = inTitle.startsWith(words.join(' ')) ? 10 : 0;
  for (const word of words) {
    const at = inTitle.indexOf(word);
    if (at === 0 || (at > 0 && /[^a-z0-9]/.test(inTitle[at - 1]!))) score += 4;
    else if (at > 0) score += 2;
    else if (inDetail.includes(word)) score += 1;
    else return 0;
  }
  return score;
}
