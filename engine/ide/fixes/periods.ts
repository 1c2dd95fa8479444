import { formatDay, parseDay } from '../../base/calendar-date.ts';
import { removeYaml, setYaml } from '../../yaml/edit-yaml.ts';
import { nodeAt, textOf } from '../tree.ts';
import { elsewhere, inFile, mapWith } from './fix.ts';
import type { Fixer, Mistake } from './fix.ts';

/** A period that ends before it begins: the two days exchanged, or no end. */
export const mendPeriod: Fixer = (mistake) => {
  const { text, at } = mistake;
  const block = mapWith(at, 'to');
  const from = textOf(nodeAt(block?.node, 'from'));
  const to = textOf(nodeAt(block?.node, 'to'));
  if (!block || from === '' || to === '') return [];
  const exchanged = [
    ...setYaml(text, [...block.path, 'from'], to),
    ...setYaml(text, [...block.path, 'to'], from),
  ];
  return [
    ...inFile(mistake, `Exchange the two: from ${to} to ${from}`, exchanged),
    ...inFile(mistake, 'Let it have no end', removeYaml(text, [...block.path, 'to'])),
  ];
};

/** The other revision, by which this one is overlapped or from which it is parted. */
function earlierRevision({ workspace, file }: Mistake) {
  const policies = workspace.policies.filter(
    (policy, position, all) => all.findIndex(({ place }) => place.path === policy.place.path) === position,
  );
  const own = policies.find(({ place }) => place.path === file.path);
  const others = own
    ? policies.filter(
        ({ id, place, from }) => id === own.id && place.path !== own.place.path && from <= own.from,
      )
    : [];
  const earlier = others.toSorted((a, b) => b.from - a.from)[0];
  return own && earlier ? { own, earlier } : null;
}

/** The earlier revision ends on the day before this one begins. */
export const endEarlier: Fixer = (mistake) => {
  const found = earlierRevision(mistake);
  if (!found || found.earlier.from >= found.own.from) return [];
  const { path } = found.earlier.place;
  const day = formatDay(found.own.from - 1);
  const edits = setYaml(mistake.workspace.files.get(path)!, ['effective', 'to'], day, ['from', 'to']);
  return elsewhere(path, `Let the earlier revision end on ${day}`, edits);
};

/** The earlier revision is for claims received before the day from which this one is. */
export const endEarlierReceived: Fixer = ({ workspace, file }) => {
  const own = workspace.policies.find(({ place }) => place.path === file.path);
  const begins = own?.received?.from ?? null;
  if (!own || begins === null) return [];
  const earlier = workspace.policies.filter(
    ({ id, place, from, received }) =>
      id === own.id && place.path !== file.path && from <= own.from && (received?.from ?? -Infinity) < begins,
  );
  const day = formatDay(begins - 1);
  return earlier.flatMap(({ place: { path } }) => {
    const edits = setYaml(workspace.files.get(path)!, ['received', 'to'], day, ['from', 'to']);
    return elsewhere(path, `Let ${path.split('/').at(-1)} be for claims received up to ${day}`, edits);
  });
};

/** No day between two revisions, or between the values of a parameter. */
export const closeGap: Fixer = (mistake) => {
  if (mistake.diagnostic.message.startsWith('`')) return beginWithPolicy(mistake);
  const found = earlierRevision(mistake);
  if (!found) return [];
  const { own, earlier } = found;
  const begin = formatDay((earlier.to ?? own.from) + 1);
  return [
    ...endEarlier(mistake),
    ...inFile(
      mistake,
      `Let this revision begin on ${begin}`,
      setYaml(mistake.text, ['effective', 'from'], begin),
    ),
  ];
};

function beginWithPolicy(mistake: Mistake): ReturnType<Fixer> {
  const { at, text, file } = mistake;
  const from = file.root ? textOf(nodeAt(nodeAt(file.root, 'effective'), 'from')) : '';
  if (!at || parseDay(from) === null) return [];
  const values = at.node.kind === 'list' ? at.node.items : [at.node];
  const first = values
    .map((node, position) => ({ from: textOf(nodeAt(node, 'from')), position }))
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))[0];
  if (!first || first.from <= from) return [];
  const path = at.node.kind === 'list' ? [...at.path, first.position, 'from'] : [...at.path, 'from'];
  return inFile(mistake, `Let its first value hold from ${from}`, setYaml(text, path, from));
}
