import { parseDay } from '../base/calendar-date.ts';
import { andList, count } from '../base/words.ts';
import { dayWords } from '../words/values.ts';
import { cellWords } from './decisions.ts';
import type { Example, ExampleDecision } from './examples.ts';
import type { CodeGroup, Notice, NoticeCitation, NoticeSection } from './notice.ts';

/** A piece of a page, as Markdown and paper both have it. Texts are plain; whoever writes them escapes them. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'terms'; readonly rows: readonly (readonly [term: string, text: string])[] }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly ListItem[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly Cell[])[];
    }
  /** A line on which a person writes. */
  | { readonly kind: 'blank' };

export interface Cell {
  /** Printed strongly, before the rest; may be empty. */
  readonly strong: string;
  readonly text: string;
}

export interface ListItem {
  readonly text: string;
  /** A page of the web behind it, or null. */
  readonly address: string | null;
}

/** The notice from top to bottom. */
export function noticePage(notice: Notice): readonly Block[] {
  const { title, payers, effective, sections, citations, contacts, units, unsettled } = notice;
  return [
    { kind: 'heading', level: 1, text: title },
    {
      kind: 'terms',
      rows: [
        ['Payer', payers.length === 0 ? '–' : andList(payers)],
        ['In force', effective.length === 0 ? '–' : effective.join('; ')],
      ],
    },
    ...(unsettled.length === 0 ? [] : unsettledBlocks(unsettled)),
    ...sections.flatMap((section) => sectionBlocks(section, sections.length > 1)),
    ...(units.length === 0
      ? []
      : ([
          { kind: 'heading', level: 2, text: 'What changes' },
          { kind: 'list', items: units.map(plainItem) },
        ] as const)),
    { kind: 'paragraph', text: restText(payers, unsettled.length > 0) },
    { kind: 'heading', level: 2, text: 'Where this is written' },
    citations.length === 0
      ? { kind: 'paragraph', text: 'No source is named for what changes.' }
      : { kind: 'list', items: citations.map(citationItem) },
    { kind: 'heading', level: 2, text: 'Questions' },
    contacts.length === 0
      ? { kind: 'blank' }
      : {
          kind: 'paragraph',
          text: `${andList(contacts)} ${contacts.length === 1 ? 'publishes' : 'publish'} the pages named above and can be asked about them.`,
        },
  ];
}

function restText(payers: readonly string[], hasMore: boolean): string {
  const to = payers.length === 0 ? '' : ` to ${andList(payers)}`;
  return hasMore
    ? `Apart from what is named at the top, every other claim${to} is decided as before.`
    : `Every other claim${to} is decided as before.`;
}

function unsettledBlocks(unsettled: readonly string[]): readonly Block[] {
  return [
    { kind: 'heading', level: 2, text: 'To be settled before this is sent' },
    { kind: 'list', items: unsettled.map(plainItem) },
  ];
}

const plainItem = (text: string): ListItem => ({ text, address: null });

const kindWords = {
  changed: null,
  new: 'This policy is new on these days; until now nothing of the kind was asked.',
  withdrawn: 'This policy does not apply on these days any more.',
} as const satisfies Record<NoticeSection['kind'], string | null>;

function sectionBlocks(section: NoticeSection, isOneOfSeveral: boolean): readonly Block[] {
  const { policy, payers, effective, kind, brief, effects, examples, groups, unchanged } = section;
  const said = kindWords[kind];
  const level = isOneOfSeveral ? 3 : 2;
  // Of a policy that comes or goes as a whole, its rules say more than each case by itself.
  const changes = kind === 'changed' ? [...brief, ...effects] : [];
  return [
    ...(isOneOfSeveral
      ? ([
          { kind: 'heading', level: 2, text: policy },
          { kind: 'paragraph', text: `${andList(payers)}, ${effective}.` },
        ] as const)
      : []),
    { kind: 'heading', level, text: 'What changes' },
    ...(said === null ? [] : [{ kind: 'paragraph', text: said } as const]),
    ...(changes.length === 0 ? [] : [{ kind: 'list', items: changes.map(plainItem) } as const]),
    ...(kind === 'changed' ? groups.map((group) => groupBlock(group)) : []),
    ...(examples.length === 0 ? [] : exampleBlocks(examples, level)),
    ...wordingBlocks(section, level),
    ...(unchanged.length === 0
      ? []
      : ([
          { kind: 'heading', level, text: 'What stays the same' },
          { kind: 'list', items: unchanged.map((title) => plainItem(`${title}.`)) },
        ] as const)),
  ];
}

function groupBlock({ name, codes }: CodeGroup): Block {
  const said = codes.map(({ code, short }) => (short === '' ? code : `${code} (${short})`));
  return { kind: 'paragraph', text: `Group ${name}: ${said.join(', ')}.` };
}

function wordingBlocks({ kind, wording }: NoticeSection, level: 2 | 3): readonly Block[] {
  if (wording.length === 0) return [];
  const heading: Block = { kind: 'heading', level, text: 'In the words of the policy' };
  if (kind !== 'changed')
    return [
      heading,
      { kind: 'list', items: wording.map(({ before, after }) => plainItem((after ?? before)!)) },
    ];
  return [
    heading,
    {
      kind: 'table',
      head: ['Until now', 'From now on'],
      rows: wording.map(({ before, after }) => [
        plainCell(before ?? 'Nothing of the kind was asked.'),
        plainCell(after ?? 'This is not asked any more.'),
      ]),
    },
  ];
}

const plainCell = (text: string): Cell => ({ strong: '', text });

/** How many examples a table has at the most. */
const mostExamples = 12;

function exampleBlocks(all: readonly Example[], level: 2 | 3): readonly Block[] {
  const examples = all.slice(0, mostExamples);
  const hasDates = new Set(examples.map(({ date }) => date)).size > 1;
  const hasMinutes = examples.some(({ minutes }) => minutes !== null);
  const hasFacts = examples.some(({ facts }) => facts.length > 0);
  return [
    { kind: 'heading', level, text: 'Examples' },
    {
      kind: 'paragraph',
      text: 'Each line is decided here, before and after, by what changes alone; it can still be decided otherwise for another reason.',
    },
    {
      kind: 'table',
      head: [
        'Service',
        ...(hasDates ? ['Date of service'] : []),
        ...(hasMinutes ? ['Treatment time'] : []),
        'Billed',
        ...(hasFacts ? ['On record'] : []),
        'Until now',
        'From now on',
      ],
      rows: examples.map((example) => [
        plainCell(example.service),
        ...(hasDates ? [plainCell(example.date)] : []),
        ...(hasMinutes ? [plainCell(example.minutes ?? 'not recorded')] : []),
        plainCell(example.billed),
        ...(hasFacts ? [plainCell(example.facts.join('; '))] : []),
        decisionCell(example.before, example.changes),
        decisionCell(example.after, example.changes),
      ]),
    },
  ];
}

function decisionCell({ decision, units, reason }: ExampleDecision, changes: boolean): Cell {
  const word = `${cellWords[decision]}.`;
  const supported =
    units === null ? [] : [`The minutes support ${units === 0 ? 'no unit' : count(units, 'unit')}.`];
  const rest = [...supported, ...(reason === '' ? [] : [reason])].join(' ');
  return changes ? { strong: word, text: rest } : plainCell(rest === '' ? word : `${word} ${rest}`);
}

function citationItem({ title, clause, text, basis, address, read }: NoticeCitation): ListItem {
  const day = parseDay(read);
  const details = [...(day === null ? [] : [`read on ${dayWords(day)}`]), ...(basis === '' ? [] : [basis])];
  return {
    text: `${title}, clause “${clause}”${details.length === 0 ? '' : ` (${details.join('; ')})`}: ${text}`,
    address: address === '' ? null : address,
  };
}
