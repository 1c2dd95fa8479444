import { applyTextEdits, formatDay, newRevision } from '#engine';
import { InputError } from './command.ts';
import { readDay } from './read-day.ts';
import type { OpenWorkspace } from './workspace.ts';

/** What was written: the new revision first, then the one that ends before it. */
export interface RevisionWritten {
  readonly created: readonly string[];
  readonly changed: readonly string[];
  /** What the two are now, in sentences. */
  readonly words: readonly string[];
}

/** Writes a new revision of a policy, and ends the present one on the day before. */
export async function writeRevision(
  open: OpenWorkspace,
  policy: string,
  fromWritten: string | null,
): Promise<RevisionWritten> {
  if (fromWritten === null)
    throw new InputError(
      'say from which date of service the new revision is: `--from 2027-01-01`.',
      'See `proviso help new`.',
    );
  const from = readDay(fromWritten, '--from');
  const made = newRevision(open.workspace, policy, from);
  if (made.kind === 'refused') throw new InputError(made.message, made.help);
  const taken = open.contents.unreadable.find(({ path }) => path === made.path);
  if (taken) throw new InputError(`\`${made.path}\` exists, and nothing is overwritten.`);
  // The new one first: stopped in between, two are in force, which is an error that is seen, and no day is without one.
  for (const { path, edits } of made.edits.toReversed()) {
    const before = open.contents.files.find((file) => file.path === path);
    const result = await open.storage.write(
      path,
      applyTextEdits(before?.text ?? '', edits),
      before?.version ?? null,
    );
    if (result.kind === 'conflict')
      throw new InputError(
        `\`${path}\` was changed meanwhile, and is left as it is.`,
        'Look at both files of the policy, and run the command again.',
      );
  }
  const { copied, path, to } = made;
  const until = to === null ? '' : ` to ${formatDay(to)}`;
  return {
    created: [path],
    changed: copied.closed === null ? [] : [copied.path],
    words: [
      `${path}: from ${formatDay(from)}${until}, a copy of ${copied.path}`,
      ...(copied.closed === null ? [] : [`${copied.path}: now ends on ${formatDay(copied.closed)}`]),
    ],
  };
}
