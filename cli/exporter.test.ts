import { expect, test } from 'vitest';
import { createExporting } from './exporter.ts';
import { appFolder, folderWith } from './testing/run-cli.ts';
import { smallWorkspace } from './testing/small-workspace.ts';

const self = ['--import', `${appFolder}/node_modules/tsx/dist/loader.mjs`, `${appFolder}/cli/main.ts`];

test('each target is offered with the engines that come along', async () => {
  const targets = await createExporting('/', self, '/none').targets();
  const engines = new Map(targets.map((one) => [one.id, one.engines]));
  expect(['javascript', 'sql', 'opa', 'manual'].map((id) => engines.get(id))).toEqual([
    ['Node.js', 'QuickJS'],
    ['SQLite', 'DuckDB', 'PostgreSQL (PGlite)'],
    [],
    [],
  ]);
});

test('what is in the way is said for a page, without the words of the command line', async () => {
  const [path, text] = Object.entries(smallWorkspace).find(([name]) => name.endsWith('.encounter.yaml'))!;
  const folder = await folderWith({
    ...smallWorkspace,
    [path]: text.replace('lift a child', 'write to jane@example.com'),
  });
  const wish = { targets: ['manual'], version: 'draft', mutants: false, withoutSaved: false, signWith: null };
  const found = await createExporting(folder, self, '/none').run(
    { ...wish, version: 'draft' },
    () => undefined,
    new AbortController().signal,
  );
  expect(found).toEqual({
    kind: 'refused',
    reasons: [
      {
        target: null,
        what: 'The saved encounter `time/eight` seems to name a person, at `plan.goals`, and would go along. Take that out of it, or leave saved encounters here.',
        at: null,
      },
    ],
    proofs: [],
  });
});
