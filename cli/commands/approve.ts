import { approversNeeded, itemKinds } from '#engine';
import type { ApprovalDecision, DecidedItem, ItemKind, ItemState } from '#engine';
import { openDiskPublishing } from '../../publishing/disk-publishing.ts';
import type { ApprovalPage, DecideAnswer, Publishing } from '../../publishing/publishing.ts';
import type { Arguments, Command, Context } from '../command.ts';
import { exitCodes, InputError } from '../command.ts';
import { jsonText } from '../print/json.ts';
import { paintFor, plain, plural } from '../print/terminal.ts';
import { inOwnWords, interruptedText, neededWords, refusalsText } from '../releases.ts';
import { wholeWorkspace } from '../workspace.ts';

const hint = 'See `proviso help approve`.';

export const approve: Command = {
  name: 'approve',
  summary: 'Say of each change that it may be published, or that it may not',
  usage: 'approve [folder] [--accept <items> | --reject <items>] [--who <name> --why <reason>] [--json]',
  options: {
    accept: {
      value: 'items',
      summary: 'what may be published: `all`, or the names of items, several with commas',
    },
    reject: { value: 'items', summary: 'what must not be published' },
    who: { value: 'name', summary: 'who decides; it stands in the release' },
    why: { value: 'reason', summary: 'why; it stands in the release' },
    json: { summary: 'print one JSON document: { approval: { items: [...] }, refusals: [...], ... }' },
  },
  notes: [
    'Without `--accept` and `--reject` it lists everything that changes since the last release, before and after.',
    'The beginning of a name is enough where only one item begins so. Who decides a region decides the saved encounters in it.',
    '`all` leaves out what speaks against publishing (`override-…`): whoever answers for that names it.',
    'Some changes need a second approver, who must be somebody else; a settings file says which.',
    'Decisions lie in `approvals/decisions.json` until they go into the release. A decision holds as long as its before and after stay.',
  ],
  examples: [
    'approve',
    'approve --accept region-3f5a --who "R. Alvarez" --why "Announced in the May bulletin"',
    'approve --reject encounter-90b1 --who "R. Alvarez" --why "This patient was seen for 12 minutes"',
  ],

  async run(args, context) {
    const wanted = readDecision(args);
    const folder = await wholeWorkspace(
      args.positionals,
      context.cwd,
      'what is to be approved is always the whole workspace.',
    );
    return inOwnWords(async () => {
      const publishing = await openDiskPublishing(folder, () => context);
      return wanted === null ? list(publishing, args, context) : carryOut(wanted, publishing, args, context);
    });
  },
};

interface Wanted {
  readonly verdict: ApprovalDecision['verdict'];
  readonly written: readonly string[];
  readonly who: string;
  readonly why: string;
}

function readDecision(args: Arguments): Wanted | null {
  const [accept, reject] = [args.value('accept'), args.value('reject')];
  if (accept !== null && reject !== null)
    throw new InputError('either accept or reject: two decisions are two commands.', hint);
  const written = accept ?? reject;
  if (written === null) {
    const stray = ['who', 'why'].find((name) => args.value(name) !== null);
    if (stray !== undefined)
      throw new InputError(`\`--${stray}\` goes with \`--accept\` or \`--reject\`.`, hint);
    return null;
  }
  return {
    verdict: accept === null ? 'reject' : 'accept',
    written: written.split(',').map((name) => name.trim()),
    who: neededWords(args, 'who', hint),
    why: neededWords(args, 'why', hint),
  };
}

async function list(publishing: Publishing, args: Arguments, context: Context): Promise<number> {
  const page = await publishing.approval();
  if (args.has('json')) context.stdout.write(jsonText(page));
  else context.stdout.write(pageText(page, context));
  return page.approval?.items.every(isSettled) ? exitCodes.ok : exitCodes.no;
}

async function carryOut(
  { verdict, written, who, why }: Wanted,
  publishing: Publishing,
  args: Arguments,
  context: Context,
): Promise<number> {
  const { approval } = await publishing.approval();
  const items = written.includes('all')
    ? 'all'
    : written.map((name) => (approval === null ? name : named(name, approval.items)));
  const answer = await publishing.decide({ verdict, items, who, why });
  if (args.has('json')) context.stdout.write(jsonText(answer));
  else context.stdout.write(answerText(answer, verdict, context));
  return answer.refused.length === 0 && answer.decided.length > 0 ? exitCodes.ok : exitCodes.no;
}

/** The item that a name means: it may be cut short as long as only one begins so. */
function named(written: string, items: readonly DecidedItem[]): string {
  const exact = items.find(({ id }) => id === written);
  if (exact) return exact.id;
  const found = written === '' ? [] : items.filter(({ id }) => id.startsWith(written));
  if (found.length === 1) return found[0]!.id;
  throw found.length === 0
    ? new InputError(
        `there is nothing to decide that is called \`${written}\`.`,
        '`proviso approve` lists what there is.',
      )
    : new InputError(
        `\`${written}\` can be ${found.length} items: ${found
          .slice(0, 3)
          .map(({ id }) => id)
          .join(', ')}${found.length > 3 ? ', …' : ''}.`,
        'Write more of the name.',
      );
}

function isSettled({ state }: DecidedItem): boolean {
  return state === 'accepted' || state === 'decided-before';
}

// ------------------------------------------------------------------------------------- for people

const headings = {
  'first-release': 'The first release',
  region: 'Decisions that change',
  units: 'Units that change',
  'not-covered': 'Not covered',
  encounter: 'Saved encounters judged otherwise',
  case: 'Cases and encounters that say something else',
  settings: 'Settings',
  'known-gap': 'Known gaps',
  override: 'What speaks against publishing, and can be answered for',
} as const satisfies Record<ItemKind, string>;

const stateWords = {
  undecided: 'not decided',
  'second-missing': 'needs a second approver',
  accepted: 'accepted',
  rejected: 'rejected',
  'decided-before': 'decided with an earlier release',
} as const satisfies Record<ItemState, string>;

function pageText({ approval, refusals, last, interrupted }: ApprovalPage, context: Context): string {
  const begin = interruptedText(interrupted, 'what it left goes with the next publish');
  if (approval === null)
    return `${begin}${refusalsText(refusals, context)}\nnothing can be decided before that\n`;
  const head =
    last === null
      ? 'Nothing was published before.'
      : `Compared with release ${last.number} of ${last.when} by ${plain(last.who)}: ${plain(last.why)}`;
  const parts = itemKinds.flatMap((kind) => {
    const items = approval.items.filter((item) => item.kind === kind);
    return items.length === 0
      ? []
      : [`${headings[kind]}\n${items.map((item) => itemText(item, context)).join('')}`];
  });
  const outdated = approval.outdated.map(
    ({ title, verdict, who }) =>
      `${plain(who)} has ${verdict === 'accept' ? 'accepted' : 'rejected'} something that is otherwise now: ${plain(title)}\n`,
  );
  return [
    `${begin}${head}\n`,
    ...parts,
    ...(outdated.length === 0 ? [] : [outdated.join('')]),
    countText(approval.items),
  ].join('\n');
}

function itemText(item: DecidedItem, context: Context): string {
  const paint = paintFor(context.color);
  const color = isSettled(item) ? paint.green : item.state === 'rejected' ? paint.red : paint.yellow;
  const lines = [
    `${paint.bold(item.id)}  ${color(stateWords[item.state])}${item.direction === null ? '' : `  ${item.direction}`}`,
    `  ${plain(item.title)}`,
    `  ${plain(changeWords(item))}`,
    ...item.details.slice(0, mostDetails).map((line) => `    ${plain(line)}`),
    ...(approversNeeded(item) === 2
      ? [`  two approvers, because it is ${item.secondFor.map(wayWords).join(' and ')}`]
      : []),
    ...(item.decisions.length === 0 && item.partOf.length > 0
      ? [`  goes with ${item.partOf.join(', ')}`]
      : []),
    ...item.decisions.map(
      ({ verdict, who, why, when }) =>
        `  ${verdict === 'accept' ? 'accepted' : 'rejected'} by ${plain(who)}, ${when}: ${plain(why)}`,
    ),
  ];
  return lines.map((line) => `  ${line}\n`).join('');
}

const mostDetails = 5;

function changeWords({ before, after }: DecidedItem): string {
  if (before === null) return `new: ${after}`;
  return after === null ? `was ${before}, now gone` : `was ${before}, now ${after}`;
}

function wayWords(way: string): string {
  return way.replaceAll('-', ' ');
}

function countText(items: readonly DecidedItem[]): string {
  if (items.length === 0) return 'nothing has to be decided: no decision changes\n';
  const counts = Object.entries(stateWords).flatMap(([state, words]) => {
    const number = items.filter((item) => item.state === state).length;
    return number === 0 ? [] : [`${number} ${words}`];
  });
  return `${plural(items.length, 'item')}: ${counts.join(', ')}\n`;
}

function answerText(
  { decided, refused, page }: DecideAnswer,
  verdict: Wanted['verdict'],
  context: Context,
): string {
  const paint = paintFor(context.color);
  const done = verdict === 'accept' ? 'accepted' : 'rejected';
  return [
    interruptedText(page.interrupted, 'what it left goes with the next publish'),
    ...decided.map((id) => `${id}: ${done}\n`),
    ...refused.map(({ item, why }) => `${paint.red(`${item}:`)} not ${done}. ${plain(why)}\n`),
    decided.length === 0 && refused.length === 0 ? 'there is nothing to decide\n' : '',
    page.approval === null ? '' : `\n${countText(page.approval.items)}`,
  ].join('');
}
