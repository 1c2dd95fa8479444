import { Validator } from '@cfworker/json-schema';
import { expect, test } from 'vitest';
import { toDocument } from '../intermediate/document.ts';
import { lower } from '../intermediate/lower.ts';
import { wrongDocuments } from '../kit/wrong-documents.ts';
import { readDocument } from '../intermediate/document.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { createWorkspace } from '../workspace/workspace.ts';
import { inputSchema } from './input-schema.ts';

const { policies, vocabulary, cases } = createWorkspace(shippedFiles());
const form = lower(policies, vocabulary);
const validator = new Validator(JSON.parse(inputSchema(form)) as object, '2020-12');
const documents = cases.flatMap(({ ready }) => (ready ? [toDocument(ready.table, vocabulary)] : []));

test('takes every saved encounter', () => {
  expect(documents.length).toBeGreaterThan(500);
  expect(documents.filter((document) => !validator.validate(document).valid)).toStrictEqual([]);
});

test('refuses what the boundary refuses, but for days that no calendar has and a fourth decimal place', () => {
  const wrong = [...wrongDocuments(form, documents[0]!)].map(
    (document) => JSON.parse(JSON.stringify(document)) as unknown,
  );
  const judged = wrong.map((document) => ({
    document: JSON.stringify(document),
    refused: readDocument(document, form).problems !== null,
    valid: validator.validate(document).valid,
  }));
  const taken = judged.filter(({ refused, valid }) => refused === valid);
  expect(taken.filter(({ document }) => !/2023-02-29|7\.0001/.test(document))).toStrictEqual([]);
});
