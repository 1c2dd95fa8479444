import type { Day } from '../base/calendar-date.ts';
import { formatDay, parseDay } from '../base/calendar-date.ts';
import type { FileEdits } from '../base/text-edit.ts';
import { applyTextEdits } from '../base/text-edit.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { setYaml } from '../yaml/edit-yaml.ts';
import { encounterForm } from './encounter-form.ts';
import type { EncounterForm, FactField } from './encounter-form.ts';
import { idFrom, uniqueId } from './names.ts';

export interface NewEncounter {
  /** The text to begin from: a template's, or that of a saved encounter. */
  readonly text: string;
  readonly title: string;
  /** Null: as in the template. */
  readonly payer: string | null;
  /** The date of service; all other dates move along, so that what lay before the visit still does. Null: as in the template. */
  readonly day: Day | null;
}

/** A new encounter file: its path, and what to write into it. */
export function newEncounter(workspace: Workspace, wanted: NewEncounter): FileEdits {
  const id = uniqueId(idFrom(wanted.title) || 'encounter', encounterIds(workspace));
  let text = wanted.text;
  const set = (path: readonly (string | number)[], value: string) => {
    text = applyTextEdits(text, setYaml(text, path, value));
  };
  set(['encounter'], id);
  text = applyTextEdits(text, setYaml(text, ['title'], wanted.title, ['encounter', 'title']));
  if (wanted.payer !== null) set(['visit', 'payer'], wanted.payer);
  const form = encounterForm('new.encounter.yaml', text, workspace);
  const before = form && dayIn(form.visit.fields.find(({ fact }) => fact.path === 'visit.date'));
  if (form && wanted.day !== null && before !== null) {
    // A replaced scalar moves what stands behind it, so each edit reads the text anew.
    for (const { path, day } of datesIn(form)) set(path, formatDay(day + wanted.day - before));
  }
  const folder = folderFor(
    workspace,
    wanted.payer ?? form?.visit.fields.find(isPayer)?.value?.toString() ?? '',
  );
  return { path: freePath(workspace, folder, id), edits: [{ from: 0, to: 0, text }] };
}

/** The ids of all encounters, and those that their file names claim where a file cannot be read. */
export function encounterIds(workspace: Workspace): ReadonlySet<string> {
  return new Set(
    workspace.encounters.flatMap(({ path, encounter }) => [
      path.slice(path.lastIndexOf('/') + 1).replace(/\.encounter\.yaml$/, ''),
      ...(encounter ? [encounter.id] : []),
    ]),
  );
}

export function freePath({ files }: Pick<Workspace, 'files'>, folder: string, id: string): string {
  for (let number = 1; ; number += 1) {
    const path = `${folder}/${number === 1 ? id : `${id}-${number}`}.encounter.yaml`;
    if (!files.has(path)) return path;
  }
}

/** Where the encounters of a payer are; a payer that has none gets a folder of its own. */
function folderFor({ encounters }: Workspace, payer: string): string {
  const counts = new Map<string, number>();
  for (const { path, encounter } of encounters) {
    if (encounter?.visit.get('visit.payer') !== payer) continue;
    const folder = path.slice(0, path.lastIndexOf('/'));
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return most?.[0] ?? `testcases/${idFrom(payer) || 'other'}/encounters`;
}

const isPayer = ({ fact }: FactField): boolean => fact.path === 'visit.payer';

function datesIn({ visit, sections, lines, priorVisits }: EncounterForm) {
  const all = [
    visit,
    ...sections,
    ...(priorVisits ?? []),
    ...lines.flatMap(({ claim, record }) => [claim, record]),
  ];
  return all.flatMap(({ fields }) =>
    fields.flatMap((field) => {
      const day = dayIn(field);
      return day === null ? [] : [{ path: field.path, day }];
    }),
  );
}

function dayIn(field: FactField | undefined): Day | null {
  if (!field || field.fact.type.scalar !== 'date' || typeof field.value !== 'string') return null;
  return parseDay(field.value);
}
