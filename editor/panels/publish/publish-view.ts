import { isOverridable } from '#engine';
import type { Approval, OverridableRefusal, PublishRefusal } from '#engine';

import type { ApprovalPage } from '../../../publishing/publishing.ts';
import { count, sentence } from '../../marks/words.ts';

/** One reason not to publish, in the words of the screen. */
export interface RefusalRow {
  readonly what: PublishRefusal['what'];
  readonly sentence: string;
  readonly details: readonly string[];
  /** How many more single things there are than are shown. */
  readonly more: number;
  readonly next: string;
  /** Where one can do something about it. */
  readonly leads: 'approve' | 'problems' | 'failing' | 'releases' | null;
  /** What somebody may answer for; null: nobody may. */
  readonly override: OverridableRefusal | null;
}

/** The rest is told where it can be mended. */
const mostDetails = 6;

const leads: Readonly<Partial<Record<PublishRefusal['what'], RefusalRow['leads']>>> = {
  'chain-broken': 'releases',
  'published-meanwhile': 'releases',
  errors: 'problems',
  'periods-overlap': 'problems',
  'no-citation': 'problems',
  'cases-not-judged': 'failing',
  'failing-cases': 'failing',
  rejected: 'approve',
  undecided: 'approve',
  'same-approver-twice': 'approve',
  'second-approver-missing': 'approve',
};

/** The next move here, where the command line would name a command. */
const nextHere: Readonly<Partial<Record<PublishRefusal['what'], string>>> = {
  'chain-broken':
    'Bring back what was published, from a copy or from git. The page Releases tells what was changed.',
  errors: 'Mend what stands under Problems.',
  'cases-not-judged': 'Mend what stands under Problems.',
  'published-meanwhile': 'Compare with that release, decide what is left, then publish again.',
  rejected: 'Change what was rejected, or ask whoever did to accept it.',
  undecided: 'Look at each, and accept or reject it.',
  'same-approver-twice': 'Ask somebody else to accept it.',
  'second-approver-missing': 'Ask a second person to accept it.',
};

export function refusalRows({ refusals }: Pick<ApprovalPage, 'refusals'>): readonly RefusalRow[] {
  return refusals.map(({ what, found, details, next }) => ({
    what,
    sentence: sentence(found.replaceAll('`', '')),
    details: details.slice(0, mostDetails).map(withoutNames),
    more: Math.max(0, details.length - mostDetails),
    next: nextHere[what] ?? sentence(next.replaceAll('`', '')),
    leads: leads[what] ?? null,
    override: isOverridable(what) ? what : null,
  }));
}

/** Without the names by which programs know a case or an item. */
function withoutNames(line: string): string {
  return line
    .replaceAll('`', '')
    .replace(/^[a-z-]+-[0-9a-f]{6,}: /, '')
    .replace(/^[\w-]+\/[\w-]+: /, '')
    .replaceAll(/(looser|stricter)-on-(payment|coverage)/g, '$1 on $2');
}

/** What is still in the way, given the reasons that are answered for. */
export function blocking(
  rows: readonly RefusalRow[],
  reasons: ReadonlyMap<OverridableRefusal, string>,
): readonly RefusalRow[] {
  return rows.filter(({ override }) => override === null || (reasons.get(override) ?? '').trim() === '');
}

export interface WillPublish {
  readonly number: number;
  readonly lines: readonly { readonly what: string; readonly words: string }[];
}

/** What will be published, in a few lines. */
export function willPublish(
  { approval, last }: Pick<ApprovalPage, 'approval' | 'last'>,
  files: number,
  standing: { readonly passed: number; readonly failed: number },
): WillPublish {
  return {
    number: (last?.number ?? 0) + 1,
    lines: [
      { what: 'Files', words: `${files}, as they are saved` },
      {
        what: 'Suites',
        words: `${standing.passed} as expected${standing.failed > 0 ? `, ${standing.failed} not as expected` : ''}`,
      },
      ...(approval === null ? [] : approvalLines(approval)),
      {
        what: 'Before it',
        words: last === null ? 'nothing: this is the first release' : `release ${last.number} by ${last.who}`,
      },
    ],
  };
}

function approvalLines({ items }: Approval): WillPublish['lines'] {
  const regions = items.filter(({ kind }) => kind === 'region');
  const ways = ['stricter', 'looser', 'both', 'neutral']
    .map((way) => ({ way, many: regions.filter(({ direction }) => direction === way).length }))
    .filter(({ many }) => many > 0)
    .map(({ way, many }) => `${many} ${way}`);
  const encounters = items.filter(({ kind }) => kind === 'encounter').length;
  const gaps = items.filter(({ kind }) => kind === 'known-gap').length;
  const first = items.some(({ kind }) => kind === 'first-release');
  return [
    ...(first
      ? []
      : [
          {
            what: 'Changes',
            words:
              regions.length === 0
                ? 'no kind of claim is judged otherwise'
                : `${count(regions.length, 'kind', 'kinds')} of claim: ${ways.join(', ')}; ${count(encounters, 'saved encounter')}`,
          },
        ]),
    { what: 'Known gaps', words: gaps === 0 ? 'none' : String(gaps) },
  ];
}
