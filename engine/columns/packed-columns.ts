import type { Columns, Stored } from './columns.ts';

/**
 * Columns as a small piece of plain data and runs of bytes, for whoever keeps them in a file. The numbers stand as the
 * machine has them in memory: kept columns are for the machine that made them.
 */
export interface PackedColumns {
  readonly about: {
    readonly visits: number;
    readonly lines: number;
    readonly priors: number;
    /** The distinct payers. */
    readonly payers: readonly string[];
    readonly facts: readonly {
      readonly path: string;
      readonly owner: 'visit' | 'line' | 'prior';
      /** Bytes a row. */
      readonly width: 1 | 2 | 4;
      /** `{}` stands for what was never supplied. */
      readonly values: readonly (Exclude<Stored, undefined> | Record<string, never>)[];
    }[];
  };
  readonly bytes: readonly Uint8Array[];
}

export function packColumns(columns: Columns): PackedColumns {
  const { visits, lines, priors, order, days, lineStart, priorStart, hasPrior, facts } = columns;
  const payers = [...new Set(columns.payers)];
  const positions = new Map(payers.map((payer, position) => [payer, position]));
  const payerOf = Int32Array.from(columns.payers, (payer) => positions.get(payer)!);
  return {
    about: {
      visits,
      lines,
      priors,
      payers,
      facts: [...facts].map(([path, { owner, codes, values }]) => ({
        path,
        owner,
        width: codes.BYTES_PER_ELEMENT as 1 | 2 | 4,
        values: values.map((value) => value ?? (value === undefined ? {} : null)),
      })),
    },
    bytes: [
      ...[order, days, payerOf, lineStart, priorStart].map(bytesOf),
      hasPrior,
      ...[...facts.values()].map(({ codes }) => bytesOf(codes)),
    ],
  };
}

/** INVARIANT: what `packColumns` was given. */
export function unpackColumns({ about, bytes }: PackedColumns): Columns {
  const [order, days, payerOf, lineStart, priorStart] = bytes.slice(0, 5).map((run) => integersOf(run)) as [
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  return {
    visits: about.visits,
    lines: about.lines,
    priors: about.priors,
    order,
    payers: Array.from(payerOf, (position) => about.payers[position]!),
    days,
    lineStart,
    priorStart,
    hasPrior: bytes[5]!,
    facts: new Map(
      about.facts.map(({ path, owner, width, values }, index) => [
        path,
        {
          owner,
          codes: codesOf(bytes[6 + index]!, width),
          values: values.map((value) => (isUnsupplied(value) ? undefined : value)),
        },
      ]),
    ),
  };
}

function bytesOf({ buffer, byteOffset, byteLength }: Int32Array | Uint8Array | Uint16Array | Uint32Array) {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

// A copy begins where numbers of any width may begin.
function integersOf(run: Uint8Array): Int32Array {
  return new Int32Array(new Uint8Array(run).buffer);
}

function codesOf(run: Uint8Array, width: 1 | 2 | 4) {
  const { buffer } = new Uint8Array(run);
  return width === 1
    ? new Uint8Array(buffer)
    : width === 2
      ? new Uint16Array(buffer)
      : new Uint32Array(buffer);
}

function isUnsupplied(
  value: Exclude<Stored, undefined> | Record<string, never>,
): value is Record<string, never> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
