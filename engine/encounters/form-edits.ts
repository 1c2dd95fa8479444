import type { TextEdit } from '../base/text-edit.ts';
import { encounterKeys } from '../facts/read-encounter.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { copyYaml, insertYaml, removeYaml, setYaml } from '../yaml/edit-yaml.ts';
import type { YamlValue } from '../yaml/write-yaml.ts';
import type { FormPath } from './encounter-form.ts';

/** One thing that an author does in the form of an encounter. */
export type FormChange =
  /** A field gets a value. */
  | { readonly kind: 'set'; readonly path: FormPath; readonly value: string | readonly string[] }
  /** A field is emptied: its section is still supplied, so it was not documented. */
  | { readonly kind: 'clear'; readonly path: FormPath }
  /** A section was supplied, and nothing stands in it yet. */
  | { readonly kind: 'supply'; readonly path: FormPath }
  /** A section was never supplied. */
  | { readonly kind: 'withhold'; readonly path: FormPath }
  | { readonly kind: 'add-line' }
  | { readonly kind: 'copy-line'; readonly index: number }
  /** Where earlier visits are supplied. */
  | { readonly kind: 'add-prior-visit' }
  /** A line, or an earlier visit. */
  | { readonly kind: 'remove'; readonly path: FormPath };

/** The edits of the text for one change; none where the text cannot be read, or says so already. */
export function formEdits(
  text: string,
  change: FormChange,
  { vocabulary }: Pick<Workspace, 'vocabulary'>,
): readonly TextEdit[] {
  /** The order of the keys on a path, so that new ones stand where they belong. */
  const orderAt = (path: FormPath): readonly string[] => {
    const head = path.includes('record') && path.at(-1) !== 'record' ? 'record' : path[0];
    const prefix = head === 'lines' ? 'line.' : head === 'priorVisits' ? 'prior.' : `${head}.`;
    const names = vocabulary.facts.flatMap((fact) =>
      fact.path.startsWith(prefix) ? [fact.path.slice(prefix.length)] : [],
    );
    return [...encounterKeys, ...names, ...(head === 'lines' ? ['record'] : [])];
  };
  const set = (path: FormPath, value: YamlValue) => setYaml(text, path, value, orderAt(path));
  switch (change.kind) {
    case 'set':
      return set(change.path, change.value);
    case 'clear':
      // A line says its units, even where they are left open.
      return change.path.at(-1) === 'units' ? set(change.path, null) : removeYaml(text, change.path);
    case 'supply':
      return set(change.path, change.path[0] === 'priorVisits' ? [] : {});
    case 'withhold':
    case 'remove':
      return removeYaml(text, change.path);
    case 'add-line':
      return insertYaml(text, ['lines'], Infinity, { code: null, units: '1' });
    case 'copy-line':
      return copyYaml(text, ['lines'], change.index);
    case 'add-prior-visit':
      return insertYaml(text, ['priorVisits'], Infinity, { date: null });
  }
}
