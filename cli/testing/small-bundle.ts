import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { makeBundle } from '#engine';
import type { Bundle, BundleContent } from '#engine';
import { sha256Bytes } from '../bundles.ts';
import { appFolder } from './run-cli.ts';

/** A policy by which less than 8 minutes are denied, as a module like those that exports write. */
export const smallModule = `
export function judge({ lines }) {
  if (!Array.isArray(lines)) return { refused: [{ at: 'lines', problem: 'must be a list' }] };
  const answers = lines.map(({ minutes }, index) => ({
    line: index + 1,
    decision: minutes < 8 ? 'deny' : 'pay',
    supportableUnits: minutes < 8 ? 0 : 1,
    violated: minutes < 8 ? ['time/minutes', 'time/units'] : [],
    undetermined: [],
  }));
  const decision = answers.some((line) => line.decision === 'deny') ? 'deny' : 'pay';
  return { decision, lines: answers, visit: { violated: [], undetermined: [] } };
}
`;

const line = (position: number, minutes: number) =>
  minutes < 8
    ? {
        line: position,
        decision: 'deny',
        supportableUnits: 0,
        violated: ['time/minutes', 'time/units'],
        undetermined: [],
      }
    : { line: position, decision: 'pay', supportableUnits: 1, violated: [], undetermined: [] };

/** An encounter with a line for each number of minutes, and what must be answered. */
function kitLine(id: string, ...minutes: readonly number[]) {
  return {
    id,
    tag: 'boundary',
    encounter: { encounter: id, lines: minutes.map((one) => ({ minutes: one })) },
    expected: {
      answer: {
        decision: minutes.some((one) => one < 8) ? 'deny' : 'pay',
        lines: minutes.map((one, index) => line(index + 1, one)),
        visit: { violated: [], undetermined: [] },
      },
      refused: null,
    },
  };
}

export const smallKit = [
  kitLine('below', 7),
  kitLine('at', 8),
  kitLine('both', 7, 8),
  {
    id: 'no-lines',
    tag: 'wrong-type',
    encounter: { encounter: 'no-lines' },
    expected: { answer: null, refused: [{ at: 'lines', problem: 'must be a list' }] },
  },
];

const policyPath = 'rules/acme/time/2020-01-01.policy.yaml';

export async function smallBundle(module = smallModule, more: Partial<BundleContent> = {}): Promise<Bundle> {
  const { bundle } = await makeBundle(
    {
      semantics: 1,
      release: null,
      workspace: [{ path: policyPath, text: 'policy: time\n' }],
      policies: [
        {
          id: 'time',
          title: 'Time',
          payers: ['acme'],
          effective: { from: '2020-01-01', to: null },
          received: null,
          path: policyPath,
        },
      ],
      sources: [],
      targets: [
        {
          id: 'javascript',
          title: 'JavaScript',
          losses: [],
          files: [{ path: 'policy.mjs', text: module }],
        },
      ],
      kit: smallKit,
      proofs: [],
      verifier: await readFile(path.join(appFolder, 'conformance/verify.mjs'), 'utf8'),
      ...more,
    },
    sha256Bytes,
  );
  return bundle!;
}

/** The files of a bundle as `folderWith` takes them. */
export function asFolder(bundle: Bundle): Readonly<Record<string, Uint8Array>> {
  return Object.fromEntries(bundle.files.map((file) => [file.path, file.bytes]));
}
