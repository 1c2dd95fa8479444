import type { FileNames } from '../names-in-file.ts';
import type { YamlPath } from '../../yaml/edit-yaml.ts';
import { insertYaml, setYaml } from '../../yaml/edit-yaml.ts';
import { ruleKeys, timeRuleKeys } from '../../language/parse-policy.ts';
import { listKeys } from '../../language/parse-list.ts';
import { nodeAt, textOf } from '../tree.ts';
import { inFile, itemOf, shortened } from './fix.ts';
import type { Fixer, Mistake } from './fix.ts';

/** A citation where one is missing: the clauses that the sources offer, those whose words fit best first. */
export const addCitation: Fixer = (mistake) => {
  const target = citing(mistake);
  if (!target) return [];
  return clausesFor(mistake, target.about).flatMap(({ cite, text }) =>
    inFile(
      mistake,
      `Cite ${cite}: ${shortened(text)}`,
      setYaml(mistake.text, [...target.path, 'cite'], cite, target.order),
    ),
  );
};

/** What must cite, and the words by which to find the clause. */
function citing({ at, file }: Mistake): { path: YamlPath; about: string; order: readonly string[] } | null {
  if (!at) return null;
  const rule = itemOf(at, 'rules');
  if (rule) {
    const words = ['title', 'message', 'id'].map((key) => textOf(nodeAt(rule.node, key)));
    return { path: rule.path, about: words.join(' '), order: ruleKeys };
  }
  if (at.path[0] === 'timeRule')
    return { path: ['timeRule'], about: 'minutes units time', order: timeRuleKeys };
  if (at.path[0] === 'parameters') {
    const holder = at.within.find(({ node }) => node.kind === 'map');
    const order = ['from', 'to', 'value', 'unit'];
    return holder
      ? { path: holder.path, about: `${spaced(String(at.path[1]))} ${textOf(at.node)}`, order }
      : null;
  }
  if (file.kind !== 'list') return null;
  const title = file.root ? textOf(nodeAt(file.root, 'title')) : '';
  return { path: [], about: `${title} ${file.value?.id ?? ''}`, order: listKeys };
}

interface Offer {
  readonly cite: string;
  readonly text: string;
}

/** Sources that the file cites already come first, then other clauses with many of the words; six at most. */
export function clausesFor({ workspace, index, file }: Mistake, about: string): readonly Offer[] {
  const cited = new Set(citedSources(index.memory.get(file.path)?.names));
  const wanted = wordsIn(about);
  const offers = workspace.sources.flatMap((source) =>
    source.clauses.map((clause) => {
      const words = wordsIn(`${clause.id} ${clause.text} ${source.title}`);
      const shared = [...wanted].filter((word) => words.has(word)).length;
      const score = shared / Math.sqrt(Math.max(4, words.size)) + (cited.has(source.id) ? 0.5 : 0);
      return { cite: `${source.id}#${clause.id}`, text: clause.text, score };
    }),
  );
  return offers
    .filter(({ score }, _, all) => score > 0 || all.length <= 6)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, 6);
}

function citedSources(names: FileNames | undefined): readonly string[] {
  return (names?.names ?? []).flatMap(({ kind, name }) => (kind === 'source' ? [name] : []));
}

function wordsIn(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[a-z0-9]{2,}/g) ?? [];
  const common = new Set([
    'the',
    'is',
    'of',
    'and',
    'or',
    'to',
    'not',
    'no',
    'an',
    'in',
    'it',
    'for',
    'are',
    'be',
    'by',
    'on',
    'as',
    'than',
  ]);
  // `minutes` and `minute` are one word here.
  return new Set(words.filter((word) => !common.has(word)).map((word) => word.replace(/s$/, '')));
}

const spaced = (name: string) => name.replaceAll(/([A-Z])/g, ' $1');

/** The clause, in its source, that is cited and not there. */
export const addClause: Fixer = (mistake) => {
  const [sourceId, clause] = mistake.written.replaceAll(/["']/g, '').split('#') as [string, string?];
  const source = mistake.workspace.sources.find(({ id }) => id === sourceId);
  if (!source || !clause) return [];
  const { path } = source.place;
  const text = mistake.workspace.files.get(path)!;
  const edits = insertYaml(text, ['clauses'], source.clauses.length, {
    id: clause,
    text: 'Say here in your own words what the page says.',
  });
  return edits.length === 0
    ? []
    : [{ title: `Add the clause ${clause} to the source ${sourceId}`, edits: [{ path, edits }] }];
};
