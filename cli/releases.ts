import { isOverridable } from '#engine';
import type { PublishRefusal } from '#engine';
import { readReleases } from '../publishing/read-releases.ts';
import type { ReadReleases } from '../publishing/read-releases.ts';
import type { Interrupted } from '../publishing/publishing.ts';
import { StorageError } from '../storage/storage.ts';
import type { Arguments, Context } from './command.ts';
import { InputError } from './command.ts';
import { paintFor, plain } from './print/terminal.ts';

/** The releases of a workspace folder, verified. */
export async function openReleases(folder: string): Promise<ReadReleases> {
  return inOwnWords(() => readReleases(folder));
}

/** What the disk does not permit is the user's to mend, and no mistake of ours. */
export async function inOwnWords<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof StorageError) throw new InputError(error.message);
    throw error;
  }
}

export function interruptedText({ releases, decisions }: Interrupted, then: string): string {
  return [
    ...releases.map(
      (number) => `Publishing release ${number} was interrupted earlier, and nothing came of it; ${then}.\n`,
    ),
    ...(decisions
      ? [
          'Writing down a decision was interrupted earlier, and nothing came of it: it has to be made again.\n',
        ]
      : []),
  ].join('');
}

/** What holds a release back, each with the next move; an override where there is one. */
export function refusalsText(refusals: readonly PublishRefusal[], { color }: Pick<Context, 'color'>): string {
  const paint = paintFor(color);
  const told = refusals.map(({ what, found, details, next }) => {
    const override = isOverridable(what)
      ? [`  or publish all the same: --override ${what} --because <reason>`]
      : [];
    return [
      `${paint.red(`${what}:`)} ${plain(found)}`,
      ...details.slice(0, mostDetails).map((line) => `  ${plain(line)}`),
      ...(details.length > mostDetails ? [`  and ${details.length - mostDetails} more`] : []),
      `  next: ${plain(next)}`,
      ...override,
      '',
    ].join('\n');
  });
  return told.join('\n');
}

/** A screen is soon full; the rest is told by `check`, `test` and `approve`. */
const mostDetails = 10;

/** Words that go into a release, so they must be there. */
export function neededWords(args: Arguments, name: 'who' | 'why' | 'because', hint: string): string {
  const value = args.value(name)?.trim() ?? '';
  if (value === '') throw new InputError(`\`--${name}\` is needed; it stands in the release.`, hint);
  return value;
}
