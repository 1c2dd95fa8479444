import { applyTextEdits } from '../base/text-edit.ts';
import type { TextEdit } from '../base/text-edit.ts';
import { createSource } from '../base/source.ts';
import { createReporter } from '../diagnostics/diagnostic.ts';
import type { Clause, PolicySource } from '../language/syntax.ts';
import { insertYaml, removeYaml, setYaml } from '../yaml/edit-yaml.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';

/** The edit of a source that says why no rule implements a clause; an empty reason takes the reason away. */
export function setAsideEdits(text: string, clause: Clause, reason: string): readonly TextEdit[] {
  const position = Number(/^clauses\[(\d+)\]/.exec(clause.place.yamlPath)?.[1]);
  if (Number.isNaN(position)) return [];
  const path = ['clauses', position, 'setAside'];
  return reason.trim() === '' ? removeYaml(text, path) : setYaml(text, path, reason.trim());
}

export interface NewRule {
  readonly edits: readonly TextEdit[];
  /** The position of the new rule in `rules:`. */
  readonly index: number;
}

/**
 * The edit of a policy that adds a rule which cites a clause, at the end.
 * What it demands always holds and it only advises, so that nothing comes out otherwise until its author completes it.
 */
export function ruleForClause(text: string, source: PolicySource, clause: Clause): NewRule | null {
  const parsed = createSource('', text);
  const root = parseYaml(parsed, createReporter(parsed));
  if (root?.kind !== 'map') return null;
  const rules = root.entries.find(({ key }) => key === 'rules')?.value;
  const items = rules?.kind === 'list' ? rules.items : [];
  const taken = new Set(
    items.flatMap((item) => {
      const id = item.kind === 'map' && item.entries.find(({ key }) => key === 'id')?.value;
      return id && id.kind === 'scalar' ? [id.text] : [];
    }),
  );
  const rule = {
    id: freeId(clause.id, taken),
    title: titleFrom(clause.text),
    cite: `${source.id}#${clause.id}`,
    require: { 'line.code': { documented: 'true' } },
    otherwise: 'advise',
  };
  const edits = insertYaml(text, ['rules'], items.length, rule);
  return edits.length === 0 || applyTextEdits(text, edits) === text ? null : { edits, index: items.length };
}

function freeId(wanted: string, taken: ReadonlySet<string>): string {
  let id = wanted;
  for (let n = 2; taken.has(id); n += 1) id = `${wanted}-${n}`;
  return id;
}

/** The first sentence, without its full stop, as a title to begin with. */
function titleFrom(text: string): string {
  const [first = text] = text.split(/(?<=[.!?])\s/);
  return first.replace(/[.!?]$/, '').trim();
}
