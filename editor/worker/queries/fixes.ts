import type { DiagnosticCode, DiagnosticPage, QuickFix } from '#engine';
import { diagnosticCodes, diagnosticPage, differingLines, fixesFor } from '#engine';

import type { Memory } from '../memory.ts';
import { namesOf } from '../names-of.ts';

/** What may mend one problem. */
export interface Mending {
  readonly code: DiagnosticCode;
  /** What kind of problem it is, in words. */
  readonly about: string;
  readonly fixes: readonly QuickFix[];
}

/** The problems that touch a part of a text, each with what may mend it. */
export function fixes(
  { draft }: Memory,
  { path, from, to }: { readonly path: string; readonly from: number; readonly to: number },
): readonly Mending[] {
  const index = namesOf(draft);
  return draft.diagnostics
    .filter(({ place }) => place.path === path && place.from <= to && from <= place.to)
    .map((diagnostic) => ({
      code: diagnostic.code,
      about: diagnosticCodes[diagnostic.code],
      fixes: fixesFor(draft, index, diagnostic),
    }));
}

/** What there is to say of a kind of problem, and the lines to avoid and to prefer. */
export function aboutProblem(
  _: Memory,
  { code }: { readonly code: DiagnosticCode },
): DiagnosticPage & { readonly lines: ReturnType<typeof differingLines> } {
  const page = diagnosticPage(code);
  return { ...page, lines: differingLines(page) };
}

/** Every kind of problem with its title. */
export function problemKinds(): readonly { readonly code: DiagnosticCode; readonly title: string }[] {
  return (Object.entries(diagnosticCodes) as [DiagnosticCode, string][]).map(([code, title]) => ({
    code,
    title,
  }));
}
