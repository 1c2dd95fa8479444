import { formatDay } from '../base/calendar-date.ts';
import type { Day } from '../base/calendar-date.ts';
import { applyTextEdits } from '../base/text-edit.ts';
import type { FileEdits } from '../base/text-edit.ts';
import { covers } from '../model/effective.ts';
import { revisionsOf } from '../timeline/revisions.ts';
import type { Revision } from '../timeline/revisions.ts';
import { updateWorkspace } from '../workspace/workspace.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { removeYaml, setYaml } from '../yaml/edit-yaml.ts';

/** A new revision of a policy: the files to change as one step, or why there can be none. */
export type NewRevision =
  | {
      readonly kind: 'written';
      /** The file of the new revision. */
      readonly path: string;
      readonly edits: readonly FileEdits[];
      /** The revision of which it is a copy; `closed` on the day before where it went on until then. */
      readonly copied: { readonly path: string; readonly closed: Day | null };
      /** The last day of the new one; null: it is open. */
      readonly to: Day | null;
    }
  | { readonly kind: 'refused'; readonly message: string; readonly help: string };

/**
 * Closes the revision of a policy that is in force on a day on the day before, and opens a copy of it from the day on.
 * Where none is in force the latest before it is copied, and lasts until the next begins.
 * No claim is decided otherwise by that alone; what changes is then written into the copy.
 */
export function newRevision(workspace: Workspace, policy: string, from: Day): NewRevision {
  const revisions = revisionsOf(workspace.policies).get(policy);
  if (!revisions)
    return refused(
      `there is no policy \`${policy}\` that can be read.`,
      'Choose one of the policies, or mend its mistakes first.',
    );
  const begun = revisions.filter((revision) => revision.from <= from);
  const sameDay = begun.find((revision) => revision.from === from);
  if (sameDay)
    return refused(
      `a revision begins on ${formatDay(from)} already, in ${sameDay.path}.`,
      'Change that one, or choose another day.',
    );
  const [first] = revisions;
  if (begun.length === 0)
    return refused(
      `the first revision begins on ${formatDay(first!.from)}, so on ${formatDay(from)} there is none to copy.`,
      'Choose a later day, or let the first one begin earlier.',
    );
  const inForce = begun.filter((revision) => covers(revision, from));
  if (inForce.length > 1)
    return refused(
      `${inForce.map(({ path }) => path).join(' and ')} are both in force on ${formatDay(from)}, and it is not clear which goes on.`,
      'Settle first which of them is in force.',
    );
  return written(workspace, revisions, inForce[0] ?? begun.at(-1)!, from);
}

function refused(message: string, help: string): NewRevision {
  return { kind: 'refused', message, help };
}

function written(
  workspace: Workspace,
  revisions: readonly Revision[],
  copied: Revision,
  from: Day,
): NewRevision {
  const text = workspace.files.get(copied.path)!;
  const goesOn = covers(copied, from);
  const next = revisions.find((revision) => revision.from > from);
  const to = goesOn ? copied.to : next ? next.from - 1 : null;
  const path = pathFor(copied.path, from);
  if (workspace.files.has(path))
    return refused(
      `\`${path}\` exists, and nothing is overwritten.`,
      'Choose another day, or move that file.',
    );
  const closing = goesOn ? setYaml(text, ['effective', 'to'], formatDay(from - 1), ['from', 'to']) : [];
  const opened = withPeriod(text, from, goesOn ? 'as it is' : to);
  if ((goesOn && closing.length === 0) || opened === text)
    return refused(
      `the days of ${copied.path} are not written in a way that can be changed here.`,
      'Change them in the text.',
    );
  const edits: readonly FileEdits[] = [
    ...(goesOn ? [{ path: copied.path, edits: closing }] : []),
    { path, edits: [{ from: 0, to: 0, text: opened }] },
  ];
  const wrong = newMistake(workspace, edits);
  if (wrong !== null)
    return refused(`it would bring a mistake: ${wrong}.`, 'Mend that first, or choose another day.');
  return {
    kind: 'written',
    path,
    edits,
    copied: { path: copied.path, closed: goesOn ? from - 1 : null },
    to,
  };
}

function withPeriod(text: string, from: Day, to: Day | null | 'as it is'): string {
  const begun = applyTextEdits(text, setYaml(text, ['effective', 'from'], formatDay(from)));
  if (to === 'as it is') return begun;
  return applyTextEdits(
    begun,
    to === null
      ? removeYaml(begun, ['effective', 'to'])
      : setYaml(begun, ['effective', 'to'], formatDay(to), ['from', 'to']),
  );
}

/** Beside the file that it is a copy of, under its own first day. */
function pathFor(path: string, from: Day): string {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const name = path.slice(folder.length).replace(/\.policy\.(ya?ml)$/, '');
  const stem = name.replace(/(?:^|[-_.])\d{4}-\d{2}-\d{2}$/, '');
  return `${folder}${stem === '' ? '' : `${stem}-`}${formatDay(from)}.policy.yaml`;
}

/** Tried on the whole workspace before it is offered: the first error that was not there before; null: there is none. */
function newMistake(workspace: Workspace, edits: readonly FileEdits[]): string | null {
  const changes = edits.map((file) => ({
    path: file.path,
    text: applyTextEdits(workspace.files.get(file.path) ?? '', file.edits),
  }));
  const errors = ({ diagnostics }: Workspace) =>
    diagnostics
      .filter(({ severity }) => severity === 'error')
      .map(({ code, message }) => `${code} ${message}`);
  const known = new Set(errors(workspace));
  const found = updateWorkspace(workspace, changes).diagnostics.find(
    ({ severity, code, message }) => severity === 'error' && !known.has(`${code} ${message}`),
  );
  return found?.message ?? null;
}
