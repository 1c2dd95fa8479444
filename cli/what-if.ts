import { formatDay } from '#engine';
import type { OtherDays, Workspace } from '#engine';
import type { Arguments, Context, Option } from './command.ts';
import { readDay } from './read-day.ts';
import { versionOf } from './version.ts';

/** Other days than those of the encounter, and other policies than those of the folder: what would come of it then. */
export interface WhatIf extends OtherDays {
  /** As it was written; null: the folder as it is. */
  readonly version: string | null;
}

/** The options of every command that judges what is saved as of other days or by other policies. */
export const whatIfOptions: Readonly<Record<'as-of' | 'received' | 'version', Option>> = {
  'as-of': { value: 'date', summary: 'judge as if this were the date of service' },
  received: { value: 'date', summary: 'judge as if the claim had been received on this day' },
  version: {
    value: 'version',
    summary: 'judge by the policies of this version; left out: the folder as it is',
  },
};

/** What these options ask; null: none of them is given. */
export function readWhatIf(args: Arguments): WhatIf | null {
  const day = (name: string) => {
    const written = args.value(name);
    return written === null ? null : readDay(written, `--${name}`);
  };
  const whatIf = { dateOfService: day('as-of'), received: day('received'), version: args.value('version') };
  return Object.values(whatIf).every((it) => it === null) ? null : whatIf;
}

/** The rules of a version, with everything under `testcases/` as the folder has it; null: the folder is the version. */
export async function rulesOf(
  version: string | null,
  folder: string,
  context: Pick<Context, 'cwd'>,
): Promise<readonly { readonly path: string; readonly text: string }[] | null> {
  if (version === null || version === 'draft') return null;
  const { files }: Workspace = await versionOf(version, folder, context);
  return [...files].flatMap(([path, text]) => (path.startsWith('rules/') ? [{ path, text }] : []));
}

/** "as if the date of service were 2020-10-01, by the policies of release:2": for one line of output. */
export function whatIfWords({ dateOfService, received, version }: WhatIf): string {
  return [
    ...(dateOfService === null ? [] : [`as if the date of service were ${formatDay(dateOfService)}`]),
    ...(received === null ? [] : [`as if it had been received on ${formatDay(received)}`]),
    ...(version === null ? [] : [`by the policies of ${version}`]),
  ].join(', ');
}

/** What all of it means, for the notes. */
export const whatIfNotes = [
  'With --as-of the date of service is another one: with it the revisions, lists and numbers in force. Every other date stays as it is.',
  'With --received the date on which the payer received the claim is another one.',
] as const;

/** The same in a JSON document. */
export function whatIfJson({ dateOfService, received, version }: WhatIf) {
  return {
    ...(dateOfService === null ? {} : { asOf: formatDay(dateOfService) }),
    ...(received === null ? {} : { received: formatDay(received) }),
    ...(version === null ? {} : { version }),
  };
}
