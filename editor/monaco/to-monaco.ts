import type { editor, IRange } from 'monaco-editor/editor';

import { conditionsIn } from '#engine';
import type { Diagnostic, Explanation, ExplainedCondition, Severity, TriedOutcome } from '#engine';

import { sentence } from '../marks/words.ts';
import type { RuleCount } from '../worker/protocol.ts';

/** Our values as Monaco wants them: plain functions, so that they are tested without a browser. */

export function toRange({ line, column, endLine, endColumn }: Diagnostic['place']): IRange {
  return { startLineNumber: line, startColumn: column, endLineNumber: endLine, endColumn };
}

/** The severities of Monaco's `MarkerSeverity`. */
const markerSeverity = { error: 8, warning: 4, info: 2 } as const satisfies Record<Severity, number>;

export function toMarker({ severity, place, message, help }: Diagnostic): editor.IMarkerData {
  return {
    ...toRange(place),
    severity: markerSeverity[severity],
    message: [message, help].filter(Boolean).map(plain).join('\n'),
  };
}

/** A sentence in a place that knows no other letters: names stand in quotes. */
function plain(text: string): string {
  return sentence(text).replaceAll(/`([^`]+)`/g, '“$1”');
}

/** The line above a rule: how many saved encounters it met, missed, could not decide, and had nothing to do with. */
export function lensWords({ met, violated, undetermined, notApplicable }: RuleCount): string {
  const words = [
    met > 0 ? `met ${met}` : null,
    violated > 0 ? `not met ${violated}` : null,
    undetermined > 0 ? `needs record ${undetermined}` : null,
    notApplicable > 0 ? `does not apply ${notApplicable}` : null,
  ].filter((it) => it !== null);
  if (met + violated + undetermined === 0 && notApplicable > 0)
    return `applies to none of ${notApplicable} saved encounters`;
  return words.length === 0 ? 'no saved encounter asks this rule' : words.join(' · ');
}

/** The offer above a rule that saved cases leave open. */
export const untriedWords = {
  violated: 'no case in which it is not met: add one',
  met: 'no case in which it is met: add one',
} as const satisfies Record<TriedOutcome, string>;

/** A rule in the margin, and the values of the chosen case painted behind the conditions. */
export interface Painted {
  readonly line: number;
  readonly margin: 'violated' | 'undetermined' | 'met' | null;
  readonly after: string | null;
  readonly result: 'true' | 'false' | 'unknown' | null;
  /** Everything that is asked on the line, with what was found, for whoever points at it. */
  readonly whole: readonly string[];
}

/** What is painted is not longer than this; the whole is a hover away. */
const longestPainted = 34;
/** Behind a line that is longer than this nothing is painted: it would stand on a line of its own. */
export const longestLine = 120;

/**
 * What the chosen case says of a file. Of several lines of a claim the gravest speaks for the rule,
 * and of several tests that stand on one line of the file the first that does not hold.
 */
export function paintedLines(explanations: readonly Explanation[], path: string): readonly Painted[] {
  const byRule = new Map<string, Explanation>();
  for (const explanation of explanations) {
    const known = byRule.get(explanation.rule);
    if (explanation.place.path !== path) continue;
    if (!known || gravity[explanation.outcome] < gravity[known.outcome])
      byRule.set(explanation.rule, explanation);
  }
  const painted: Painted[] = [];
  for (const explanation of byRule.values()) {
    const { outcome, place } = explanation;
    if (outcome === 'not-applicable') continue;
    painted.push({ line: place.line, margin: outcome, after: null, result: null, whole: [] });
    const byLine = new Map<number, ExplainedCondition>();
    const whole = new Map<number, string[]>();
    for (const condition of conditionsIn(explanation)) {
      if (condition.found === null || condition.place.path !== path) continue;
      const said = `${signs[String(condition.result) as keyof typeof signs]} ${condition.sentence}: ${condition.found}`;
      whole.set(condition.place.line, [...(whole.get(condition.place.line) ?? []), said]);
      const known = byLine.get(condition.place.line);
      if (!known || (known.result === true && condition.result !== true))
        byLine.set(condition.place.line, condition);
    }
    for (const [line, { found, result }] of byLine) {
      painted.push({
        line,
        margin: null,
        // Not broken between sign, number and unit.
        after: `${signs[String(result) as keyof typeof signs]} ${shortened(found!)}`.replaceAll(
          ' ',
          '\u00a0',
        ),
        result: String(result) as keyof typeof signs,
        whole: whole.get(line)!,
      });
    }
  }
  return painted;
}

function shortened(text: string): string {
  return text.length > longestPainted ? `${text.slice(0, longestPainted - 1).trimEnd()}…` : text;
}

const gravity = { violated: 0, undetermined: 1, met: 2, 'not-applicable': 3 } as const;
const signs = { true: '✓', false: '✗', unknown: '?' } as const;
