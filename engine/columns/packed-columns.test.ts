import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createVocabulary, factTable } from '../facts/fact-table.ts';
import { situations } from '../testing/arbitrary.ts';
import { columnsOf } from './columns.ts';
import { packColumns, unpackColumns } from './packed-columns.ts';
import type { PackedColumns } from './packed-columns.ts';

const vocabulary = createVocabulary();

test('packed columns are the same again, also out of a file where they begin at any byte', () => {
  fc.assert(
    fc.property(situations(vocabulary, 6), ({ encounters }) => {
      const columns = columnsOf(
        encounters.map((encounter) => factTable(encounter, vocabulary)),
        vocabulary,
      );
      const { about, bytes } = packColumns(columns);
      const read: PackedColumns = {
        about: JSON.parse(JSON.stringify(about)) as typeof about,
        bytes: bytes.map((run) => shifted(run)),
      };
      expect(unpackColumns(read)).toEqual(columns);
    }),
    { numRuns: 30 },
  );
});

test('numbers of every width are kept', () => {
  const codes = [new Uint8Array([1, 2]), new Uint16Array([1, 60_000]), new Uint32Array([70_000, 3])];
  for (const run of codes) {
    const columns = {
      ...columnsOf([], vocabulary),
      facts: new Map([
        [
          'note.findings',
          { owner: 'visit', codes: run, values: [undefined, null, [], 'a', 1, true] } as const,
        ],
      ]),
    };
    const { about, bytes } = packColumns(columns);
    expect(unpackColumns({ about, bytes: bytes.map((one) => shifted(one)) })).toEqual(columns);
  }
});

function shifted(run: Uint8Array): Uint8Array {
  const room = new Uint8Array(run.length + 3);
  room.set(run, 3);
  return room.subarray(3);
}
