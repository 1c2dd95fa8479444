import type { FactType } from '../../facts/vocabulary.ts';
import { joinPath } from '../../base/paths.ts';
import { fileKind } from '../../workspace/read-file.ts';
import { policyKeys } from '../../language/parse-policy.ts';
import { setYaml, insertYaml } from '../../yaml/edit-yaml.ts';
import { clausesFor } from './cite.ts';
import { elsewhere, inFile, newFile, titleFrom } from './fix.ts';
import type { Fixer, Mistake } from './fix.ts';

/** `$name` that means nothing yet: a parameter with a value such as the fact has, or a list. */
export const createNamed: Fixer = (mistake) => {
  const { written, at, workspace } = mistake;
  const name = /^\$([\w-]+)$/.exec(written)?.[1];
  if (name === undefined) return createCondition(mistake);
  const fact = at?.path.findLast((part): part is string => typeof part === 'string' && part.includes('.'));
  const known = workspace.vocabulary.byPath.get(fact?.replace(/^other\./, '') ?? '');
  const type = known?.type ?? { scalar: 'code', list: false };
  const operator = String(at?.path.at(-1) ?? '');
  const forList =
    /^(?:oneOf|noneOf|includesAny|includesAll|includesNone|codes)$/.test(operator) || operator === fact;
  const parameter = () => {
    if (!/^[a-z][A-Za-z0-9]*$/.test(name)) return [];
    const cite = clausesFor(mistake, `${name} ${fact ?? ''}`)[0]?.cite;
    const example = exampleOf(type, known?.example);
    const value = {
      value: forList ? [example] : example,
      ...(known?.unit ? { unit: known.unit } : {}),
      ...(cite ? { cite } : {}),
    };
    return inFile(
      mistake,
      `Add the parameter ${name}, with a value to change`,
      setYaml(mistake.text, ['parameters', name], value, policyKeys),
    );
  };
  const list = () => (forList ? createList(mistake, name, type) : []);
  return forList && operator !== fact ? [...list(), ...parameter()] : [...parameter(), ...list()];
};

function exampleOf({ scalar }: FactType, example: string | undefined): string {
  const written = example?.replaceAll(/[[\]]/g, '').split(',')[0]?.trim();
  if (written) return written;
  return {
    number: '1',
    date: '2024-01-01',
    boolean: 'true',
    code: '97530',
    diagnosis: 'M54.50',
    modifier: 'GP',
    payer: 'hns',
    choice: 'first',
    text: 'words',
  }[scalar];
}

function createList(mistake: Mistake, id: string, { scalar }: FactType): ReturnType<Fixer> {
  const of = {
    code: 'code',
    modifier: 'modifier',
    diagnosis: 'diagnosis',
    payer: 'payer',
    text: 'text',
    choice: 'text',
    number: null,
    date: null,
    boolean: null,
  }[scalar];
  if (of === null || !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id)) return [];
  return writeList(mistake, id, of, `  - { value: ${exampleOf({ scalar, list: false }, undefined)} }\n`);
}

function writeList(mistake: Mistake, id: string, of: string, entries: string): ReturnType<Fixer> {
  const path = `rules/lists/${id}.list.yaml`;
  if (mistake.workspace.files.has(path)) return [];
  const cite = clausesFor(mistake, id.replaceAll('-', ' '))[0]?.cite;
  const text = `list: ${id}\ntitle: ${titleFrom(id)}\nof: ${of}\n${cite ? `cite: ${cite}\n` : ''}entries:\n${entries}`;
  return newFile(path, `Create the list ${id}`, text);
}

/** A list of pairs that is not there. */
export const createPairs: Fixer = (mistake) => {
  const id = /^\$([a-z0-9]+(?:-[a-z0-9]+)*)$/.exec(mistake.written)?.[1];
  return id === undefined
    ? []
    : writeList(mistake, id, 'pair', '  - { columnOne: 97530, columnTwo: 97140 }\n');
};

function createCondition(mistake: Mistake): ReturnType<Fixer> {
  const { written, text, at } = mistake;
  if (at?.path.at(-1) !== 'condition' || !/^[a-z][A-Za-z0-9]*$/.test(written)) return [];
  const edits = setYaml(text, ['conditions', written], { 'line.units': { atLeast: '1' } }, policyKeys);
  return inFile(mistake, `Add the named condition ${written}, with a test to change`, edits);
}

/** `source#clause` of a source that is not there. */
export const createSource: Fixer = (mistake) => {
  const match = /^([a-z0-9]+(?:-[a-z0-9]+)*)#([a-z0-9]+(?:-[a-z0-9]+)*)$/.exec(
    mistake.written.replaceAll(/["']/g, ''),
  );
  if (!match) return [];
  const [, id, clause] = match as unknown as [string, string, string];
  const path = `rules/sources/${id}.source.yaml`;
  if (mistake.workspace.files.has(path)) return [];
  const text = `source: ${id}\ntitle: ${titleFrom(id)}\nclauses:\n  - id: ${clause}\n    text: Say here in your own words what the page says.\n`;
  return newFile(path, `Create the source ${id} with this clause`, text);
};

/** The encounter file that a suite starts from and that is not there. */
export const createEncounter: Fixer = (mistake) => {
  const { written, file, workspace } = mistake;
  const path = joinPath(file.path, written.replaceAll(/["']/g, ''));
  if (workspace.files.has(path) || fileKind(path) !== 'encounter') return [];
  const id = path.split('/').at(-1)!.split('.')[0]!;
  const payer =
    [...(workspace.payers ?? ['hns'])].find((name) => path.includes(`/${name}/`)) ??
    [...(workspace.payers ?? ['hns'])][0]!;
  const text = `encounter: ${id}\ntitle: ${titleFrom(id)}\nvisit: { date: 2024-03-04, payer: ${payer} }\nlines:\n  - { code: 97530, units: 1, record: { minutes: 15 } }\n`;
  return newFile(path, `Create the encounter ${path.split('/').at(-1)}`, text);
};

/** A payer that the list of payers does not have. */
export const addPayer: Fixer = (mistake) => {
  const list = mistake.workspace.lists.find(({ id }) => id === 'payers');
  const id = mistake.written.replaceAll(/["']/g, '');
  if (!list || !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id)) return [];
  const { path, text } = list.source;
  return elsewhere(
    path,
    `Add ${id} to the list of payers`,
    insertYaml(text, ['entries'], list.entries.length, { value: id }),
  );
};

/** A fact that no vocabulary has: one of the workspace's own, of a type that fits how it is used. */
export const addFact: Fixer = (mistake) => {
  const { at, workspace, file } = mistake;
  const last = String(at?.path.at(-1) ?? '');
  const written =
    file.kind === 'encounter' ? sectionPath(at?.path ?? [], last) : last.replace(/^other\./, '');
  if (!/^(?:visit|line|record|note|patient|provider|plan|episode|prior)\.[a-z][A-Za-z0-9]*$/.test(written))
    return [];
  const operators = at?.node.kind === 'map' ? at.node.entries.map(({ key }) => key) : [];
  const type = operators.some((name) => /^(?:atLeast|atMost|lessThan|moreThan)$/.test(name))
    ? 'number'
    : operators.some((name) => /^(?:before|after|onOr|within)/.test(name))
      ? 'date'
      : 'text';
  const list = operators.some((name) => /^(?:includes|excludes|size)/.test(name));
  const fact = {
    path: written,
    type,
    ...(list ? { list: 'true' } : {}),
    meaning: 'Say here in one sentence what it means.',
  };
  const title = `Add ${written} as a fact of your own`;
  const known = [...workspace.memory.read.values()].find(({ kind }) => kind === 'vocabulary');
  if (known)
    return elsewhere(
      known.path,
      title,
      insertYaml(known.source.text, ['facts'], Number.MAX_SAFE_INTEGER, fact),
    );
  const lines = Object.entries(fact).map(
    ([key, value], position) => `${position === 0 ? '  - ' : '    '}${key}: ${value}\n`,
  );
  return newFile('rules/own.vocabulary.yaml', title, `vocabulary: own\nfacts:\n${lines.join('')}`);
};

function sectionPath(path: readonly (string | number)[], last: string): string {
  if (path[0] === 'lines') return path[2] === 'record' ? `record.${last}` : `line.${last}`;
  return path[0] === 'priorVisits' ? `prior.${last}` : `${path[0]}.${last}`;
}
