import { allocateUnits, countAllocations, listAllocations, parseDay, suggest } from '#engine';
import type { CodeList, TimeRuleSettings } from '#engine';
import type { Command, Context } from '../command.ts';
import { exitCodes, InputError } from '../command.ts';
import { jsonText } from '../print/json.ts';
import { plain, plural, tableText } from '../print/terminal.ts';
import { openWorkspace, openWorkspaceIfAny } from '../workspace.ts';

const methods = ['per-service', 'total-time', 'full-units'] as const;
const mostAllocations = 1000;
const minutesInADay = 1440;
const hint = 'See `proviso help units`.';

export const units: Command = {
  name: 'units',
  summary: 'Say how many units the minutes of timed services support',
  usage: 'units --method <method> <code>:<minutes> ...',
  options: {
    method: { value: 'method', choices: methods, summary: 'how minutes become units' },
    minimum: {
      value: 'minutes',
      summary: 'a code with fewer minutes supports nothing and its minutes do not count',
    },
    codes: { value: 'list', summary: 'the list of timed codes; left out: timed-codes' },
    workspace: { value: 'folder', summary: 'the workspace whose list is used; left out: the one you are in' },
    json: { summary: 'print one JSON document: { method, totalUnits, allocations, untimed }' },
  },
  notes: [
    'per-service puts each code through the 15-minute table on its own (8 to 22 minutes are 1 unit, 23 to 37 are 2).',
    'total-time lets all minutes together decide the number of units and gives what is left to the largest remainders.',
    'full-units counts completed 15 minutes alone.',
    'Minutes of a code given more than once are added. Every equally right allocation is listed.',
    'Untimed codes are named and left out of the sum. Without a workspace, the list that comes with Proviso says which are timed.',
  ],
  examples: [
    'units --method total-time 97110:33 97140:7',
    'units --method per-service --minimum 8 97530:22 97110:7',
  ],

  async run(args, context) {
    const method = methods.find((name) => name === args.value('method'));
    if (method === undefined)
      throw new InputError(`say by which method: \`--method ${methods.join('|')}\`.`, hint);
    const minimum = args.value('minimum');
    const settings: TimeRuleSettings = {
      method,
      minutesPerUnit: 15,
      minimumMinutes: minimum === null ? null : readMinutes(minimum, '`--minimum`'),
    };
    if (args.positionals.length === 0)
      throw new InputError('name at least one service, for example `97110:33`.', hint);
    const services = args.positionals.map(readService);
    checkDay(services);
    const { timedCodes, note } = await timedCodesFor(args.value('codes'), args.value('workspace'), context);
    const isTimed = (code: string) => timedCodes === null || timedCodes.has(code);
    const untimed = [...new Set(services.map(({ code }) => code).filter((code) => !isTimed(code)))];

    const allocation = allocateUnits(
      settings,
      services.filter(({ code }) => isTimed(code)),
    );
    const allocationsTotal = countAllocations(allocation);
    const allocations = listAllocations(allocation, mostAllocations);
    const answer = {
      method,
      totalUnits: allocation.totalUnits,
      totalMinutes: allocation.totalMinutes,
      allocations,
      ...(allocationsTotal > allocations.length ? { allocationsTotal } : {}),
      untimed,
      ...(note === null ? {} : { note }),
    };
    context.stdout.write(args.has('json') ? jsonText(answer) : unitsText(answer, allocationsTotal));
    return exitCodes.ok;
  },
};

interface Answer {
  readonly totalUnits: number;
  readonly totalMinutes: number;
  readonly allocations: readonly Readonly<Record<string, number>>[];
  readonly untimed: readonly string[];
  readonly note?: string;
}

function unitsText({ totalUnits, totalMinutes, allocations, untimed, note }: Answer, total: number): string {
  const codes = Object.keys(allocations[0] ?? {});
  const out = [`${plural(totalUnits, 'unit')} for ${plural(totalMinutes, 'timed minute')}`];
  if (codes.length > 0) {
    out.push(
      '',
      ...tableText(
        codes,
        allocations.map((allocation) => codes.map((code) => String(allocation[code]))),
      ),
    );
  }
  if (total > allocations.length)
    out.push('', `These are the first ${allocations.length} of ${total} equally right allocations.`);
  else if (total > 1) out.push('', `Each of these ${total} allocations is equally right.`);
  if (untimed.length > 0) out.push('', `Not timed, and left out: ${untimed.join(', ')}.`);
  if (note !== undefined) out.push('', plain(note));
  return `${out.join('\n')}\n`;
}

interface Service {
  readonly code: string;
  readonly minutes: number;
}

function readService(written: string): Service {
  const at = written.indexOf(':');
  if (at === -1)
    throw new InputError(
      `\`${written}\` is not a service; write a code and its minutes: \`97110:33\`.`,
      hint,
    );
  const code = written.slice(0, at).toUpperCase();
  if (!/^[0-9A-Z]{5}$/.test(code)) {
    throw new InputError(
      `\`${written.slice(0, at)}\` in \`${written}\` is not a procedure code; a code has five letters and digits.`,
      hint,
    );
  }
  return { code, minutes: readMinutes(written.slice(at + 1), `\`${written}\``) };
}

function checkDay(services: readonly Service[]): void {
  for (const { code } of services) {
    const together = services.reduce((sum, other) => sum + (other.code === code ? other.minutes : 0), 0);
    if (together > minutesInADay) {
      throw new InputError(
        `the minutes of ${code} together are more than a day has (${minutesInADay}).`,
        hint,
      );
    }
  }
}

function readMinutes(written: string, where: string): number {
  const wrong = (why: string) => new InputError(`the minutes in ${where} ${why}.`, hint);
  if (/^-\d/.test(written)) throw wrong('are negative');
  if (/^\d+[.,]\d+$/.test(written)) throw wrong('are not whole; payers count whole minutes');
  if (!/^\d+$/.test(written)) throw wrong('must be a whole number in digits');
  if (Number(written) > minutesInADay) throw wrong(`are more than a day has (${minutesInADay})`);
  return Number(written);
}

/** The codes that are timed today, or null, with the reason, where nothing says so. */
async function timedCodesFor(
  wanted: string | null,
  folder: string | null,
  context: Context,
): Promise<{ timedCodes: ReadonlySet<string> | null; note: string | null }> {
  const here =
    folder === null ? await openWorkspaceIfAny(context.cwd) : await openWorkspace([folder], context.cwd);
  // Without a workspace, the lists that come with Proviso are better than none.
  const open = here ?? (await openWorkspaceIfAny(context.appFolder));
  if (open === null) {
    if (wanted !== null)
      throw new InputError(
        `there is no workspace here to hold the list \`${wanted}\`.`,
        'Name one with `--workspace`.',
      );
    return { timedCodes: null, note: 'There is no workspace here, so every code is taken as timed.' };
  }
  const { lists } = open.workspace;
  const list = lists.find(({ id }) => id === (wanted ?? 'timed-codes'));
  if (list) {
    const note = here
      ? null
      : 'There is no workspace here; the list of timed codes is the one that comes with Proviso.';
    return { timedCodes: codesOn(list, parseDay(context.today)!), note };
  }
  if (wanted === null)
    return {
      timedCodes: null,
      note: 'The workspace has no list `timed-codes`, so every code is taken as timed.',
    };
  const near = suggest(
    wanted,
    lists.map(({ id }) => id),
  );
  throw new InputError(
    `there is no list \`${wanted}\` in the workspace${near ? `; did you mean \`${near}\`?` : '.'}`,
  );
}

function codesOn(list: CodeList, day: number): ReadonlySet<string> {
  if (list.of !== 'code') throw new InputError(`the list \`${list.id}\` is not a list of codes.`);
  const current = list.entries.filter(
    ({ from, to }) => (from === null || from <= day) && (to === null || day <= to),
  );
  return new Set(current.map(({ value }) => value));
}
