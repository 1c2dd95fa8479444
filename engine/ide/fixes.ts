import { positionAt } from '../base/source.ts';
import { applyTextEdits } from '../base/text-edit.ts';
import type { DiagnosticCode } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { updateWorkspace } from '../workspace/workspace.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { anotherPath, expectPay, firstCase, lastLine } from './fixes/case.ts';
import { addCitation, addClause } from './fixes/cite.ts';
import {
  anotherCode,
  anotherDate,
  anotherNumber,
  anotherOperator,
  listOrValue,
  nearestValue,
  yesOrNo,
} from './fixes/convert.ts';
import {
  addFact,
  addPayer,
  createEncounter,
  createNamed,
  createPairs,
  createSource,
} from './fixes/create.ts';
import { locate } from './fixes/fix.ts';
import type { Fixer, QuickFix } from './fixes/fix.ts';
import { addMissingKey } from './fixes/missing-key.ts';
import { closeGap, endEarlier, endEarlierReceived, mendPeriod } from './fixes/periods.ts';
import { anotherId, removeDuplicateKey, takeOut } from './fixes/remove.ts';
import {
  addTimeRule,
  anotherOutcome,
  oneForm,
  plainWords,
  reviewInstead,
  whereItCanStand,
} from './fixes/rule.ts';
import { anotherName } from './fixes/spelling.ts';
import { mendSyntax, splitDocument, withoutAnchor } from './fixes/syntax.ts';
import { asBlock, fillBlock } from './fixes/block.ts';
import type { NameIndex } from './names.ts';

export type { QuickFix } from './fixes/fix.ts';

/** What may mend each kind of mistake. None: only a person can know. */
const fixers = {
  'yaml-syntax': [mendSyntax],
  'yaml-duplicate-key': [removeDuplicateKey],
  'yaml-anchor': [withoutAnchor],
  'yaml-several-documents': [splitDocument],
  'yaml-too-deep': [],
  'yaml-empty': [],
  'file-too-large': [],
  'file-kind': [],
  'file-unreadable': [],
  'wrong-type': [anotherName, anotherOperator, listOrValue, yesOrNo, asBlock, takeOut],
  'missing-key': [addMissingKey],
  'unknown-key': [anotherName, takeOut],
  'unknown-value': [anotherName],
  'invalid-id': [anotherName],
  'invalid-date': [anotherDate],
  'invalid-number': [anotherNumber],
  'invalid-code': [anotherName, anotherCode],
  'value-out-of-range': [nearestValue],
  'empty-block': [fillBlock, takeOut],
  'duplicate-id': [anotherId],
  'unknown-fact': [anotherName, addFact],
  'unknown-operator': [anotherName, anotherOperator],
  'operator-type': [anotherOperator],
  'operand-type': [yesOrNo, anotherOperator, listOrValue, anotherNumber],
  'fact-scope': [whereItCanStand],
  'unknown-name': [anotherName, createNamed],
  'unknown-list': [anotherName, createPairs],
  'unknown-policy': [anotherName, takeOut],
  'unknown-rule': [anotherName],
  'unknown-encounter': [anotherName, createEncounter],
  'unknown-source': [anotherName, createSource],
  'unknown-clause': [anotherName, addClause],
  'unknown-payer': [anotherName, addPayer],
  'unknown-line': [lastLine],
  'rule-form': [oneForm],
  'rule-effect': [anotherOutcome],
  'time-rule-missing': [addTimeRule],
  'computed-fact': [takeOut],
  'circular-condition': [],
  'circular-extends': [takeOut],
  'message-placeholder': [anotherName, plainWords],
  'missing-citation': [addCitation],
  'deny-on-unverified': [reviewInstead],
  'period-order': [mendPeriod],
  'period-overlap': [endEarlier, endEarlierReceived],
  'period-gap': [closeGap],
  'received-never': [takeOut],
  'overlay-received': [takeOut],
  'received-time-rule': [takeOut],
  'unused-name': [takeOut],
  'suite-empty': [firstCase],
  'expectation-empty': [expectPay],
  'given-path': [anotherPath],
} as const satisfies Record<DiagnosticCode, readonly Fixer[]>;

/**
 * The ways to mend a mistake, likeliest first.
 * Each has been tried: after it this mistake is gone, and nothing on the lines that it writes is wrong.
 * What it brings to light elsewhere, because a rule can now be read, stands against it only where another way does not.
 */
export function fixesFor(
  workspace: Workspace,
  index: NameIndex,
  diagnostic: Diagnostic,
): readonly QuickFix[] {
  const { path, from, to, yamlPath } = diagnostic.place;
  const file = index.memory.get(path)?.from;
  if (!file) return [];
  const { text } = file.source;
  const at = yamlPath === '' ? null : locate(file.root, yamlPath);
  const mistake = { workspace, index, diagnostic, file, text, at, written: text.slice(from, to) };
  const titles = new Set<string>();
  const tried = (fixers[diagnostic.code] as readonly Fixer[])
    .flatMap((fixer) => fixer(mistake))
    .flatMap((fix) => {
      const outcome = titles.has(fix.title) ? null : tryOut(workspace, diagnostic, fix);
      titles.add(fix.title);
      return outcome?.mends ? [{ fix, clean: outcome.others === 0 }] : [];
    });
  const clean = tried.filter((it) => it.clean);
  return (clean.length > 0 ? clean : tried).map(({ fix }) => fix);
}

/** The workspace with a fix in it. */
export function withFix(workspace: Workspace, { edits }: QuickFix): Workspace {
  return updateWorkspace(
    workspace,
    edits.map(({ path, edits: own }) => ({
      path,
      text: applyTextEdits(workspace.files.get(path) ?? '', own),
    })),
  );
}

/** Whether a fix takes its mistake away without a new one where it writes, and how many others come to light. */
function tryOut(
  workspace: Workspace,
  diagnostic: Diagnostic,
  fix: QuickFix,
): { mends: boolean; others: number } {
  const mended = withFix(workspace, fix);
  const before = countsOf(workspace.diagnostics);
  const after = countsOf(mended.diagnostics);
  const key = keyOf(diagnostic);
  if ((after.get(key) ?? 0) >= before.get(key)!) return { mends: false, others: 0 };
  const fresh = mended.diagnostics.filter(
    (other) => (after.get(keyOf(other)) ?? 0) > (before.get(keyOf(other)) ?? 0),
  );
  const written = writtenLines(mended, fix);
  const caused = fresh.some(
    ({ code, place }) => code.startsWith('yaml-') || written.has(`${place.path}:${place.line}`),
  );
  return { mends: !caused, others: fresh.length };
}

/** `path:line` of every line that a fix has written, as they are counted after it. */
function writtenLines({ memory }: Workspace, { edits }: QuickFix): ReadonlySet<string> {
  const lines = new Set<string>();
  for (const { path, edits: own } of edits) {
    const { source } = memory.read.get(path)!;
    let moved = 0;
    for (const { from, to, text } of own.toSorted((a, b) => a.from - b.from)) {
      const first = positionAt(source, from + moved).line;
      const last = positionAt(source, from + moved + text.length).line;
      for (let line = first; line <= last; line += 1) lines.add(`${path}:${line}`);
      moved += text.length - (to - from);
    }
  }
  return lines;
}

const keyOf = ({ code, message, place }: Diagnostic) => `${code} ${place.path} ${message}`;

function countsOf(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const diagnostic of diagnostics)
    counts.set(keyOf(diagnostic), (counts.get(keyOf(diagnostic)) ?? 0) + 1);
  return counts;
}
