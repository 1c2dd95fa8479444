import { insertYaml, renameYamlKey, setYaml } from '../../yaml/edit-yaml.ts';
import { inFile, itemOf, remove, write } from './fix.ts';
import type { Fixer } from './fix.ts';

/** A case for a suite that runs nothing. */
export const firstCase: Fixer = (mistake) =>
  inFile(
    mistake,
    'Add a first case: the encounter as it is',
    insertYaml(mistake.text, ['cases'], 0, { id: 'as-recorded', expect: 'pay' }),
  );

export const expectPay: Fixer = (mistake) =>
  mistake.at
    ? inFile(mistake, 'Expect that everything is paid', setYaml(mistake.text, mistake.at.path, 'pay'))
    : [];

/** A path that leads nowhere: the facts that end so, of the first line or of the visit. */
export const anotherPath: Fixer = (mistake) => {
  const { at, workspace, text, written } = mistake;
  const last = written.split('.').at(-1)!;
  const paths = workspace.vocabulary.facts.flatMap(({ path, computed }) => {
    if (computed || path.startsWith('prior.') || path.split('.')[1] !== last) return [];
    if (path.startsWith('line.')) return [`lines.1.${last}`];
    return [path.startsWith('record.') ? `lines.1.${path}` : path];
  });
  if (!at) return [];
  const isKey = at.path.at(-1) === written;
  return [
    ...paths.flatMap((path) =>
      isKey ? inFile(mistake, `Change to ${path}`, renameYamlKey(text, at.path, path)) : write(mistake, path),
    ),
    ...remove(mistake, at.path, `Remove ${written}`),
  ];
};

/** A line that the encounter does not have: its last one. */
export const lastLine: Fixer = (mistake) => {
  const { at, text, diagnostic } = mistake;
  const lines = Number(/which has (\d+)/.exec(diagnostic.message)?.[1] ?? 1);
  const key = at?.path.at(-1);
  if (!at || typeof key !== 'string') return [];
  const other = key.startsWith('lines.') ? key.replace(/^lines\.[^.]*/, `lines.${lines}`) : String(lines);
  return [
    ...inFile(mistake, `Change to ${other}`, renameYamlKey(text, at.path, other)),
    ...(itemOf(at, 'cases') ? remove(mistake, at.path, `Remove ${key}`) : []),
  ];
};
