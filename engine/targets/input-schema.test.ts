import { Validator } from '@cfworker/json-schema';
import { expect, test } from 'vitest';
import { lower } from '../intermediate/lower.ts';
import { makeKit } from '../kit/make-kit.ts';
import { savedEncounters } from '../kit/saved.ts';
import { wrongDocuments } from '../kit/wrong-documents.ts';
import { readDocument } from '../intermediate/document.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { createWorkspace } from '../workspace/workspace.ts';
import { allTargets } from './all-targets.ts';
import { inputSchema } from './input-schema.ts';

const workspace = createWorkspace(shippedFiles());
const { policies, vocabulary, payers } = workspace;
const form = lower(policies, vocabulary);
const saved = savedEncounters(workspace);
const onePolicy = policies.filter(({ id }) => id === 'medicare-timed-units');
/** Every saved encounter, what is made at the edges of one policy, and what the boundary refuses of its fields. */
const kit = makeKit({ policies: onePolicy, vocabulary, payers, saved });
const documents = [
  ...kit.map(({ encounter }) => encounter),
  ...Array.from(
    wrongDocuments(form, saved[0]!.document),
    (one) => JSON.parse(JSON.stringify(one)) as unknown,
  ),
].map((document) => ({ document, refused: readDocument(document, form).problems !== null }));
/** What a schema cannot say: a day that no calendar has, and a fourth decimal place. */
const unsaid = (document: unknown) => /2023-02-29|7\.0001/.test(JSON.stringify(document));

test('takes every encounter that is judged, and refuses every other but for what it cannot say', () => {
  expect(documents.filter(({ refused }) => !refused).length).toBeGreaterThan(700);
  expect(documents.filter(({ refused }) => refused).length).toBeGreaterThan(250);
  const validator = new Validator(JSON.parse(inputSchema(form)) as object, '2020-12');
  const wrong = documents.filter(
    ({ document, refused }) =>
      validator.validate(document).valid === refused && !(refused && unsaid(document)),
  );
  expect(wrong.map(({ document }) => JSON.stringify(document))).toStrictEqual([]);
});

test('goes along, as it is, with every target whose input is the encounter as it is', () => {
  const small = lower(onePolicy, vocabulary);
  const schemas = allTargets.map(({ id, write }) => {
    const { files } = write({ program: small, workspace, name: 'small', kit: [] });
    return { id, schema: files.find(({ path }) => path === 'input.schema.json')?.text };
  });
  // The others read tables, contexts or tuples that are made of it, or are there to be read.
  const own = new Set(['javascript', 'json-rules-engine', 'gorules', 'opa']);
  expect(schemas).toStrictEqual(
    allTargets.map(({ id }) => ({ id, schema: own.has(id) ? inputSchema(small) : undefined })),
  );
});
