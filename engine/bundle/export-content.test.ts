import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Target } from '../targets/target.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { createWorkspace } from '../workspace/workspace.ts';
import type { HashBytes } from './bundle-file.ts';
import { choosePolicies, exportContent, writeTargets } from './export-content.ts';
import { makeBundle } from './make-bundle.ts';

const hash: HashBytes = async (bytes) => createHash('sha256').update(bytes).digest('hex');

const policy = (id: string, more: string) => ({
  path: `rules/acme/${id}/2020-01-01.policy.yaml`,
  text: `policy: ${id}\ntitle: ${id}\nkind: time-threshold\neffective: { from: 2020-01-01 }\n${more}`,
});
const rules = (id: string) =>
  `rules:\n  - { id: ${id}, title: Is asked, cite: ${id}#one, when: { line.code: $${id} }, require: { record.minutes: { atLeast: 8 } }, otherwise: deny }\n`;
const list = (id: string) => ({
  path: `rules/lists/${id}.list.yaml`,
  text: `list: ${id}\ntitle: ${id}\nof: code\ncite: ${id}#one\nentries:\n  - { value: 97530, short: Activities }\n`,
});
const source = (id: string) => ({
  path: `rules/sources/${id}.source.yaml`,
  text: `source: ${id}\ntitle: ${id}\npublisher: Acme\naddress: https://acme.example\nread: 2024-01-01\nclauses:\n  - { id: one, text: It says so. }\n`,
});
const files = [
  policy('base', rules('base')),
  policy('over', 'payers: [acme]\nextends: base\n'),
  policy('other', rules('other')),
  ...['base', 'other'].flatMap((id) => [list(id), source(id)]),
  source('payers'),
  {
    path: 'rules/lists/payers.list.yaml',
    text: 'list: payers\ntitle: Payers\nof: payer\ncite: payers#one\nentries:\n  - { value: acme, short: Acme, cite: payers#one }\n',
  },
  { path: 'testcases/a.encounter.yaml', text: 'encounter: a\n' },
];
const workspace = createWorkspace(files);

describe('the chosen policies', () => {
  test('all of them come with all rules, and without a single encounter', () => {
    const { name, policies, program, files: chosen } = choosePolicies(workspace, null);
    expect([name, policies.map(({ id }) => id).toSorted()]).toEqual(['policies', ['base', 'other', 'over']]);
    expect(program.policies.map(({ id }) => id).toSorted()).toEqual(['base', 'other', 'over']);
    expect(chosen.map(({ path }) => path)).toEqual(
      files.map(({ path }) => path).filter((path) => path.startsWith('rules/')),
    );
  });

  test.each([
    ['base', ['base', 'over']],
    ['over', ['base', 'over']],
    ['other', ['other']],
  ])('%s comes with what it decides together with, and with nothing else', (id, ids) => {
    const { name, policies, files: chosen } = choosePolicies(workspace, [id]);
    expect([name, policies.map(({ id }) => id).toSorted()]).toEqual([id, ids]);
    const lists = ids.filter((one) => one !== 'over');
    expect(chosen.map(({ path }) => path)).toEqual(
      [
        ...ids.map((one) => `rules/acme/${one}/2020-01-01.policy.yaml`),
        ...[...lists, 'payers'].map((one) => `rules/lists/${one}.list.yaml`),
        ...[...lists, 'payers'].map((one) => `rules/sources/${one}.source.yaml`),
      ].toSorted(),
    );
    expect(createWorkspace(chosen).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('each shipped policy comes with all that it needs', () => {
    const shipped = createWorkspace(shippedFiles());
    for (const id of new Set(shipped.policies.map((one) => one.id))) {
      const { policies, files: chosen } = choosePolicies(shipped, [id]);
      const alone = createWorkspace(chosen);
      expect([id, alone.diagnostics.filter(({ severity }) => severity === 'error')]).toEqual([id, []]);
      expect(alone.policies.map((one) => one.place.path).toSorted()).toEqual(
        policies.map((one) => one.place.path).toSorted(),
      );
    }
  });
});

describe('what goes into the bundle', () => {
  const place = choosePolicies(workspace, ['other']).policies[0]!.rules[0]!.place;
  const target = (refused: boolean): Target => ({
    id: 'sql',
    title: 'SQL',
    audience: 'Nobody.',
    decides: true,
    write: ({ name, program }) => ({
      files: refused ? [] : [{ path: 'policy.sql', text: `-- ${name}: ${program.policies.length}\n` }],
      refused: refused ? [{ what: 'It cannot say this.', rule: 'other/other', place }] : [],
      losses: [{ what: 'Messages stay here.', rule: null, place }],
    }),
  });
  const proven = { kit: [], proofs: [], release: null, verifier: '' };

  test('is what was chosen, written for each target, with what does not come along', async () => {
    const exported = choosePolicies(workspace, ['other']);
    const written = writeTargets(exported, [target(false)], []);
    const { bundle } = await makeBundle(exportContent(exported, written, proven), hash);
    const { policies, sources, targets, files: listed } = bundle!.manifest;
    expect(listed.map(({ path }) => path)).toEqual([
      'conformance/kit.jsonl',
      'conformance/proof.json',
      'conformance/verify.mjs',
      'source/rules/acme/other/2020-01-01.policy.yaml',
      'source/rules/lists/other.list.yaml',
      'source/rules/lists/payers.list.yaml',
      'source/rules/sources/other.source.yaml',
      'source/rules/sources/payers.source.yaml',
      'targets/sql/policy.sql',
    ]);
    expect({ policies, sources: sources.slice(0, 1), targets }).toEqual({
      policies: [
        {
          id: 'other',
          title: 'other',
          payers: null,
          effective: { from: '2020-01-01', to: null },
          received: null,
          path: listed[3]!.path,
          revision: listed[3]!.sha256,
        },
      ],
      sources: [
        {
          id: 'other',
          title: 'other',
          publisher: 'Acme',
          address: 'https://acme.example',
          read: '2024-01-01',
        },
      ],
      targets: [
        {
          id: 'sql',
          title: 'SQL',
          losses: [
            {
              what: 'Messages stay here.',
              rule: null,
              at: { path: `source/${place.path}`, line: place.line },
            },
          ],
        },
      ],
    });
    expect(new TextDecoder().decode(bundle!.files.at(-1)!.bytes)).toBe('-- other: 1\n');
  });

  test('is nothing of a target that cannot hold the policies', () => {
    const exported = choosePolicies(workspace, ['other']);
    const written = writeTargets(exported, [target(true)], []);
    expect(written[0]!.refused).toEqual([{ what: 'It cannot say this.', rule: 'other/other', place }]);
    expect(() => exportContent(exported, written, proven)).toThrow('sql was refused');
  });
});
