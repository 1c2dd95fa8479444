import { suggest } from '#engine';
import type { Workspace } from '#engine';
import { InputError } from './command.ts';

/** A payer that the user wrote, by its id: one of the list of payers, or one that a policy names; null: none was written. */
export function knownPayer(
  written: string | null,
  versions: readonly Pick<Workspace, 'payers' | 'policies'>[],
): string | null {
  const ids = versions.flatMap(({ payers, policies }) => [
    ...(payers ?? []),
    ...policies.flatMap(({ payers: own }) => own ?? []),
  ]);
  if (written === null || ids.includes(written)) return written;
  const near = suggest(written, new Set(ids));
  throw new InputError(
    `there is no payer \`${written}\`${near ? `; did you mean \`${near}\`?` : '.'}`,
    'Payers are in rules/lists/payers.list.yaml.',
  );
}
