import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

/** Holds the code to ARCHITECTURE.md: its floor table is read from there, so the page cannot fall behind. */

const root = import.meta.dirname;

/** Which rooms a room may import. Content (`rules/`, `testcases/`) is read as files and never imported. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  engine: [],
  storage: [],
  publishing: ['engine', 'storage'],
  server: ['storage', 'publishing'],
  cli: ['engine', 'storage', 'publishing', 'server', 'conformance'],
  // Exports are run on the engines of other systems.
  conformance: ['engine', 'storage'],
  editor: ['engine', 'storage', 'publishing'],
  // The workbench is measured as it is built and served.
  bench: ['engine', 'storage', 'server', 'editor', 'conformance'],
  // The guide names keys and commands, and its test asks the workbench for them.
  docs: ['engine', 'storage', 'editor', 'conformance'],
  // The configuration files beside package.json: development serves the editor and the workspace at once, and the
  // playground brings an example along that is packed as the editor packs.
  '.': ['server', 'storage', 'editor'],
};

/** The journeys of a whole browser need the whole product. */
const journeys = 'editor/e2e/';

/** Packages that one place alone may know, so that replacing one is the work of one folder. */
const onlyImporters: Readonly<Record<string, readonly string[]>> = {
  yaml: ['engine/yaml/'],
  'monaco-editor': ['editor/monaco/'],
  'json-rules-engine': ['engine/json-rules-engine/', 'conformance/', 'bench/'],
  idb: ['storage/browser/'],
  fflate: ['editor/share/', 'engine/bundle/'],
};

type Floors = ReadonlyMap<string, readonly string[]>;

interface Import {
  readonly file: string;
  readonly specifier: string;
}

describe('the code', () => {
  const floors = readFloors(readFileSync(path.join(root, 'ARCHITECTURE.md'), 'utf8'));
  const files = codeFiles();
  const imports = files.flatMap((file) => importsOf(file, readFileSync(path.join(root, file), 'utf8')));

  test('is found by the scan', () => {
    expect(files).toContain('architecture.test.ts');
    expect(files).toContain('engine/index.ts');
    expect(imports).toContainEqual({ file: 'cli/proviso.ts', specifier: '#engine' });
    expect(imports.length).toBeGreaterThan(files.length);
  });

  test('keeps to the floors and rooms', () => {
    expect(imports.flatMap((one) => objections(one, floors))).toEqual([]);
  });

  test('every folder of the engine stands in the table, and nothing else does', () => {
    const folders = new Set(files.flatMap((file) => /^engine\/([^/]+)\//.exec(file)?.[1] ?? []));
    folders.delete('testing');
    expect([...floors.keys()].filter((name) => name !== 'testing').toSorted()).toEqual(
      [...folders].toSorted(),
    );
  });

  test('the table has no circle: a floor names only folders above it in the table', () => {
    const order = [...floors.keys()];
    const misplaced = [...floors].flatMap(([folder, below]) =>
      below
        .filter((name) => !floors.has(name) || order.indexOf(name) >= order.indexOf(folder))
        .map((name) => `${folder} may import ${name}`),
    );
    expect(misplaced).toEqual([]);
  });

  test('every room with code is known', () => {
    const found = new Set(files.map(roomOf));
    expect([...found].filter((room) => !Object.hasOwn(rooms, room))).toEqual([]);
  });
});

describe('the test itself', () => {
  const floors = readFloors(
    [
      '| Floor | Folder | May import | What |',
      '|---|---|---|---|',
      '| 0 | base | – | a |',
      '| 2 | `yaml` | base | b |',
      '| 3 | facts | base, yaml | c |',
    ].join('\n'),
  );

  test('reads the table', () => {
    expect([...floors]).toEqual([
      ['base', []],
      ['yaml', ['base']],
      ['facts', ['base', 'yaml']],
    ]);
    expect(() => readFloors('# no table')).toThrow('no floor table');
  });

  test('finds every way to import', () => {
    const text = [
      "import { a } from './a.ts';",
      "import type { B } from '../b.ts';",
      'import {',
      '  c,',
      "} from '#engine';",
      "import './d.css';",
      "export * from './e.ts';",
      "export type { F } from './f.ts';",
      "const g = await import('./g.ts');",
      "new Worker(new URL('./h.ts', import.meta.url));",
      "import i from './i.ts?worker';",
      "// import { no } from './comment.ts';",
      "export const no = 'not-an-import';",
    ].join('\n');
    expect(importsOf('x.ts', text).map(({ specifier }) => specifier)).toEqual([
      './a.ts',
      '../b.ts',
      '#engine',
      './d.css',
      './e.ts',
      './f.ts',
      './g.ts',
      './h.ts',
      './i.ts?worker',
    ]);
  });

  test.each([
    ['engine/facts/a.ts', '../base/b.ts', null],
    ['engine/facts/a.ts', './b.ts', null],
    ['engine/base/a.ts', '../facts/b.ts', 'base may not import facts'],
    ['engine/base/a.test.ts', '../facts/b.ts', null],
    ['engine/base/a.ts', '../index.ts', 'is above every floor'],
    ['engine/base/a.ts', '#engine', 'is above every floor'],
    ['engine/base/a.ts', '../../storage/storage.ts', 'engine may not import storage'],
    ['engine/base/a.test.ts', '../../storage/storage.ts', 'engine may not import storage'],
    ['engine/base/a.ts', 'node:fs', 'the engine knows no package'],
    ['engine/base/a.test.ts', 'node:fs', null],
    ['engine/index.ts', './facts/b.ts', null],
    ['engine/yaml/a.ts', 'yaml', null],
    ['engine/facts/a.ts', 'yaml', 'only engine/yaml/ imports yaml'],
    ['cli/a.ts', 'yaml', 'only engine/yaml/ imports yaml'],
    ['cli/a.ts', '#engine', null],
    ['cli/a.ts', '#reference', null],
    ['editor/a.ts', '#reference', 'stays out of the browser'],
    ['cli/a.ts', '../engine/index.ts', 'write #engine'],
    ['cli/a.test.ts', '../engine/testing/arbitrary.ts', null],
    ['cli/a.ts', '../engine/testing/arbitrary.ts', 'write #engine'],
    ['storage/a.test.ts', '../engine/testing/arbitrary.ts', 'storage may not import engine'],
    ['cli/commands/a.ts', '../../engine/base/b.ts', 'write #engine'],
    ['server/a.ts', '#engine', 'server may not import engine'],
    ['server/a.ts', '../cli/b.ts', 'server may not import cli'],
    ['storage/a.ts', '../server/b.ts', 'storage may not import server'],
    ['cli/a.ts', '../rules/b.ts', 'content is read, never imported'],
    ['editor/panels/x/a.ts', 'monaco-editor/editor', 'only editor/monaco/ imports monaco-editor'],
    ['editor/monaco/a.ts', 'monaco-editor/editor', null],
    [
      'cli/a.ts',
      'json-rules-engine',
      'only engine/json-rules-engine/, conformance/, bench/ imports json-rules-engine',
    ],
    ['editor/panels/a.ts', '../../server/listen.ts', 'editor may not import server'],
    ['editor/e2e/a.ts', '../../server/listen.ts', null],
  ])('%s importing %s', (file, specifier, objection) => {
    const found = objections({ file, specifier }, floors);
    if (objection === null) expect(found).toEqual([]);
    else expect(found.join()).toContain(objection);
  });
});

/** What is wrong with one import; nothing, for most. */
function objections(one: Import, floors: Floors): string[] {
  const { file, specifier } = one;
  const told = (why: string) => [`${file} imports ${specifier}: ${why}`];
  const room = roomOf(file);
  if (specifier === '#engine' || specifier === '#reference') {
    if (room === 'engine') return isTest(file) ? [] : told('that is above every floor');
    if (specifier === '#reference' && room === 'editor')
      return told('the reference engine stays out of the browser');
    return mayEnter(file, 'engine') ? [] : told(`${room} may not import engine`);
  }
  if (!specifier.startsWith('.')) return packageObjections(one).flatMap(told);

  const target = path.posix.join(path.posix.dirname(file), specifier.replace(/\?.*$/, ''));
  const targetRoom = roomOf(target);
  if (room !== targetRoom) {
    if (!Object.hasOwn(rooms, targetRoom)) return told('content is read, never imported');
    // Random policies and encounters are for every test, and no part of the library.
    if (isTest(file) && target.startsWith('engine/testing/') && mayEnter(file, 'engine')) return [];
    if (targetRoom === 'engine' && mayEnter(file, 'engine')) return told('write #engine');
    return mayEnter(file, targetRoom) ? [] : told(`${room} may not import ${targetRoom}`);
  }
  return room === 'engine' ? floorObjections(file, target, floors).flatMap(told) : [];
}

function floorObjections(file: string, target: string, floors: Floors): string[] {
  const [from, to] = [engineFolder(file), engineFolder(target)];
  // The doors of the engine open on every floor, and a test may use any floor to set its stage.
  if (from === null || isTest(file)) return [];
  if (to === null) return ['that is above every floor'];
  if (to === 'testing') return ['only tests use it'];
  if (from === to || floors.get(from)?.includes(to)) return [];
  return [`${from} may not import ${to}`];
}

function packageObjections({ file, specifier }: Import): string[] {
  const name = Object.keys(onlyImporters).find(
    (known) => specifier === known || specifier.startsWith(`${known}/`),
  );
  if (name !== undefined) {
    const allowed = onlyImporters[name]!;
    return allowed.some((folder) => file.startsWith(folder))
      ? []
      : [`only ${allowed.join(', ')} imports ${name}`];
  }
  return roomOf(file) === 'engine' && !isTest(file) ? ['the engine knows no package and no platform'] : [];
}

function mayEnter(file: string, room: string): boolean {
  return file.startsWith(journeys) || (rooms[roomOf(file)]?.includes(room) ?? false);
}

function roomOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : '.';
}

/** The folder of the engine a file is in; null for the doors themselves. */
function engineFolder(file: string): string | null {
  return /^engine\/([^/]+)\//.exec(file)?.[1] ?? null;
}

function isTest(file: string): boolean {
  return /\.test\.tsx?$/.test(file) || file.startsWith('engine/testing/');
}

/** The rows `| 3 | facts | base yaml | … |` of the table whose heading has Floor, Folder and May import. */
function readFloors(markdown: string): Floors {
  const lines = markdown.split('\n');
  const heading = lines.findIndex((line) => /^\|\s*Floor\s*\|\s*Folder\s*\|\s*May import\s*\|/.test(line));
  if (heading === -1) throw new Error('ARCHITECTURE.md has no floor table');
  const floors = new Map<string, readonly string[]>();
  for (const line of lines.slice(heading + 2)) {
    if (!line.startsWith('|')) break;
    const [, , folder = '', below = ''] = line.split('|').map((cell) => cell.replaceAll('`', '').trim());
    floors.set(
      folder,
      below.split(/[\s,]+/).filter((word) => /^[a-z]/.test(word)),
    );
  }
  return floors;
}

/** Imports by their form at the beginning of a line, as the formatter writes them. */
function importsOf(file: string, text: string): Import[] {
  const forms = [
    /^(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"\n]+)['"]/gm,
    /^import\s*['"]([^'"\n]+)['"]/gm,
    /\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g,
    /\bWorker\(\s*new URL\(\s*['"]([^'"\n]+)['"]/g,
  ];
  return forms
    .flatMap((form) => [...text.matchAll(form)])
    .toSorted((a, b) => a.index - b.index)
    .map((match) => ({ file, specifier: match[1]! }));
}

/** Every TypeScript file of the project, by its path from the root. */
function codeFiles(folder = ''): string[] {
  const left = new Set(['node_modules', 'dist', 'coverage']);
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.name.startsWith('.') || left.has(entry.name)) return [];
    if (entry.isDirectory()) return codeFiles(file);
    return /\.tsx?$/.test(entry.name) ? [file] : [];
  });
}
