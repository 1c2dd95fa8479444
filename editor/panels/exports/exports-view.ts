import type {
  ExportProgress,
  ExportProof,
  ExportRequest,
  OfferedTarget,
  PlacedWords,
  SigningKeys,
} from '../../../publishing/exporting.ts';
import { count } from '../../marks/words.ts';
import type { ExportState } from '../../session/export-run.ts';

/** How a target stands: what is shown in its row. */
export interface TargetRow {
  readonly target: OfferedTarget;
  /** On what it will be proven, or why it is not; null where the proofs say it. */
  readonly note: string | null;
  /** One for each engine, from the moment at which the export begins. */
  readonly proofs: readonly ProofRow[];
  readonly losses: readonly PlacedWords[];
  /** Why nothing was packed, as far as it is about this target. */
  readonly refused: readonly PlacedWords[];
}

/** `to-come` waits for its turn; `asked` is through, and told as a proof at the end of the whole export. */
export type ProofState = 'to-come' | 'running' | 'asked' | 'proven' | 'falls-short';

export interface ProofRow {
  readonly state: ProofState;
  /** With its version, once it has said which. */
  readonly engine: string;
  /** How the encounters were answered; null before the first answer. */
  readonly answers: Gauge | null;
  /** How many deliberate errors were noticed; null where none was tried, or not yet. */
  readonly errors: Gauge | null;
  /** How long it took, once that is known. */
  readonly time: string | null;
}

/** So many of so many, as words and as parts of a bar from 0 to 1; what is missing to 1 is still to come. */
export interface Gauge {
  readonly words: string;
  readonly parts: readonly { readonly kind: 'done' | 'good' | 'bad' | 'none'; readonly share: number }[];
}

export const proofWords = {
  'to-come': 'Waits for',
  running: 'Runs on',
  asked: 'Was run on',
  proven: 'Proven on',
  'falls-short': 'Falls short on',
} as const satisfies Record<ProofState, string>;

/** The rows of the targets that are exported, or of all while nothing runs. */
export function targetRows(state: ExportState): readonly TargetRow[] {
  const { targets, asked, isRunning } = state;
  return (targets ?? [])
    .filter(({ id }) => !isRunning || asked!.targets.includes(id))
    .map((target) => targetRow(target, state));
}

function targetRow(target: OfferedTarget, { asked, isRunning, progress, result }: ExportState): TargetRow {
  const { id } = target;
  const packed = result?.kind === 'packed' ? result : null;
  const proofs =
    isRunning && asked !== null
      ? target.engines.map((engine) => runningRow(engine, ofTarget(id, progress), asked, progress.at(-1)))
      : ofTarget(id, result?.proofs ?? []).flatMap((proof) => (proof.proven ? [provenRow(proof)] : []));
  const notRun = ofTarget(id, result?.proofs ?? []).find((proof) => !proof.proven);
  return {
    target,
    note: proofs.length > 0 ? null : notRun === undefined ? noteOf(target) : `Not run here: ${notRun.why}`,
    proofs,
    losses: packed?.targets.find((one) => one.id === id)?.losses ?? [],
    refused: result?.kind === 'refused' ? ofTarget(id, result.reasons) : [],
  };
}

function ofTarget<One extends { readonly target: string | null }>(id: string, all: readonly One[]): One[] {
  return all.filter(({ target }) => target === id);
}

function noteOf({ decides, engines }: OfferedTarget): string {
  if (!decides) return 'To be read by people. It decides nothing, so nothing is to be proven.';
  if (engines.length === 0)
    return 'No engine of it comes with Proviso: it is written, and the bundle says that it was not run.';
  return `Will be run on ${engines.join(', ')}.`;
}

function runningRow(
  engine: string,
  progress: readonly ExportProgress[],
  { mutants }: ExportRequest,
  latest: ExportProgress | undefined,
): ProofRow {
  const own = progress.filter((one) => one.engine === engine);
  const kit = own.find(({ stage }) => stage === 'kit');
  const errors = own.find(({ stage }) => stage === 'mutants');
  const isThrough =
    kit !== undefined && (!own.includes(latest!) || isFull(errors) || (!mutants && isFull(kit)));
  return {
    state: kit === undefined ? 'to-come' : isThrough ? 'asked' : 'running',
    engine,
    answers:
      kit === undefined
        ? null
        : {
            words: isFull(kit)
              ? `${thousands(kit.identical)} identical`
              : `${thousands(kit.done)} of ${thousands(kit.total)} answers compared`,
            parts: [{ kind: 'done', share: kit.done / Math.max(1, kit.total) }],
          },
    errors:
      errors === undefined
        ? null
        : {
            words: `${thousands(errors.caught)} of ${thousands(errors.done)} deliberate errors noticed${isFull(errors) ? '' : ` so far, of ${thousands(errors.total)}`}`,
            parts: shares(errors.total, ['done', errors.caught], ['bad', errors.done - errors.caught]),
          },
    time: null,
  };
}

function isFull(progress: ExportProgress | undefined): boolean {
  return progress !== undefined && progress.done === progress.total;
}

function provenRow({
  engine,
  version,
  identical,
  total,
  runs,
  mutants,
  cannotHold,
  seconds,
}: ExportProof & { readonly proven: true }): ProofRow {
  const isWhole = identical === total && (mutants === null || mutants.caught === mutants.total);
  const [held, left] = [total, cannotHold.length];
  return {
    state: isWhole ? 'proven' : 'falls-short',
    engine: `${engine} ${version}`,
    answers: {
      words: `${thousands(identical)} of ${thousands(held)} identical${runs === 1 ? '' : `, in each of ${runs} runs`}${left === 0 ? '' : `; ${thousands(left)} it cannot hold`}`,
      parts: shares(held + left, ['good', identical], ['bad', held - identical], ['none', left]),
    },
    errors:
      mutants === null
        ? null
        : {
            words: `${thousands(mutants.caught)} of ${thousands(mutants.total)} deliberate errors noticed`,
            parts: shares(mutants.total, ['good', mutants.caught], ['bad', mutants.total - mutants.caught]),
          },
    time: timeWords(seconds),
  };
}

function shares(
  total: number,
  ...counts: readonly (readonly [Gauge['parts'][number]['kind'], number])[]
): Gauge['parts'] {
  return counts.flatMap(([kind, n]) => (n === 0 ? [] : [{ kind, share: n / Math.max(1, total) }]));
}

/** One sentence about how it stands. */
export function exportSummary(state: ExportState): string {
  const { isRunning, result, trouble } = state;
  if (isRunning) {
    const proofs = targetRows(state).flatMap((row) => row.proofs);
    const over = proofs.filter((proof) => proof.state === 'asked').length;
    const now = proofs.find((proof) => proof.state === 'running');
    return `${now === undefined ? 'Writing the exports' : `Proving on ${now.engine}`}: ${over} of ${count(proofs.length, 'proof')} done. You may go on working meanwhile.`;
  }
  if (trouble !== null) return trouble;
  if (result === null)
    return 'Choose for which systems the policies are written. Each export is run on the engine of its system before it leaves.';
  if (result.kind === 'refused') return 'Nothing was packed.';
  const exports = count(result.targets.length, 'export');
  const proven = result.proofs.filter((proof) => proof.proven);
  return proven.length === 0
    ? `Packed: ${exports}, not run on any engine.`
    : `Packed: ${exports}, ${count(proven.length, 'proof')} on real engines, all as the policies decide.`;
}

/** What a receiver might believe to be proven and is not, in plain words; nothing while there is no bundle. */
export function notProven({ targets, result }: ExportState): readonly string[] {
  if (result?.kind !== 'packed') return [];
  const proven = result.proofs.filter((proof) => proof.proven);
  const titles = (ids: readonly string[]) =>
    (targets ?? [])
      .filter(({ id }) => ids.includes(id))
      .map(({ title }) => title)
      .join(', ');
  const notRun = titles(result.proofs.flatMap((proof) => (proof.proven ? [] : [proof.target])));
  const readers = titles(
    result.targets.map(({ id }) => id).filter((id) => !targets?.some((one) => one.id === id && one.decides)),
  );
  const most = Math.max(0, ...proven.map(({ total }) => total));
  return [
    'That the policies are right. A proof says that an export decides as they do; whether they say what the payer means is for suites and for those who approve.',
    ...(proven.length === 0
      ? []
      : [
          `How encounters are decided that are not among the ${thousands(most)} of the proof. These stand at and around every limit, day and list of the rules.`,
          'Anything of engines in other versions than those named.',
        ]),
    ...(proven.some(({ mutants }) => mutants === null)
      ? ['That the proof would notice a mistake in an export: no deliberate errors were tried.']
      : []),
    ...(notRun === ''
      ? []
      : [`${notRun}: written and not run here. The receiver can run it over the encounters in the bundle.`]),
    ...(readers === '' ? [] : [`${readers}: for people to read, and decides nothing.`]),
    ...(result.signedBy === null ? ['Who made the bundle: it is not signed.'] : []),
  ];
}

/** What a bundle can be signed with, not signing first, and what is to be said beside it. */
export function signingChoices(found: SigningKeys | null): {
  readonly choices: readonly { readonly id: string; readonly title: string }[];
  readonly notes: readonly string[];
} {
  const unsigned = { id: 'none', title: 'Not signed' };
  if (found === null) return { choices: [unsigned], notes: [] };
  const { folder, keys, unusable } = found;
  return {
    choices: [
      unsigned,
      ...keys.map(({ name, keyId }) => ({ id: keyId, title: `Sign with “${name}”, ${keyId.slice(0, 12)}…` })),
    ],
    notes: [
      keys.length > 0
        ? 'The private key stays on the disk: the program on your machine signs, and this page never sees it.'
        : `Not signed: there is no key in ${folder} that can be used. \`proviso keys new --out ${folder}\` makes a pair.`,
      ...unusable.map(({ name, why }) => `The key “${name}” cannot be used: ${why}.`),
    ],
  };
}

/** What goes along with the export that runs, in a few words each. */
export function asked({ version, withoutSaved, mutants, signWith }: ExportRequest, keys: SigningKeys | null) {
  const key = keys?.keys.find(({ keyId }) => keyId === signWith);
  return [
    versionWords[version],
    withoutSaved ? 'without saved encounters' : 'with the saved encounters',
    mutants ? 'with deliberate errors' : 'without deliberate errors',
    signWith === null ? 'not signed' : `signed with “${key?.name ?? signWith.slice(0, 12)}”`,
  ];
}

export const versionWords = {
  'release:latest': 'The last release',
  draft: 'The files as saved',
} as const satisfies Record<ExportRequest['version'], string>;

export function kibibytes(base64: string): string {
  return `${thousands(Math.ceil((base64.length * 3) / 4 / 1024))} KB`;
}

/** `0.4 s`, `12 s`, `3 min 5 s`. */
function timeWords(seconds: number): string {
  if (seconds < 10) return `${seconds} s`;
  const whole = Math.round(seconds);
  const rest = whole % 60;
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min${rest === 0 ? '' : ` ${rest} s`}`;
}

function thousands(number: number): string {
  return number.toLocaleString('en-US');
}
