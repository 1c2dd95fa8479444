import type { Decision, FactChange, Trial, VerdictEffect } from '#engine';

import { count } from '../../marks/words.ts';

/** What is read beside the form while something is tried. */
export interface TrialView {
  readonly decision: Decision | null;
  /** The decision where the trial started, where it was another. */
  readonly before: Decision | null;
  /** `Line 1 · Minutes: 8 minutes (was 7 minutes)`. */
  readonly facts: readonly string[];
  readonly effects: readonly EffectView[];
  readonly subjects: readonly TrialSubject[];
}

export interface EffectView {
  /** `Line 1`, `The encounter`. */
  readonly where: string;
  readonly before: Decision | null;
  readonly after: Decision | null;
  /** What else is other than before: rules by their title, units. */
  readonly notes: readonly string[];
}

export interface TrialSubject {
  readonly title: string;
  readonly decision: Decision | null;
  /** What is not met or cannot be decided. */
  readonly rules: readonly TrialRule[];
}

export interface TrialRule {
  readonly rule: string;
  readonly title: string;
  readonly decision: Decision;
  readonly message: string;
  readonly remedy: string;
}

export function trialView(trial: Trial): TrialView {
  const { verdict, before, explanations } = trial;
  const titleOf = (rule: string) => explanations.find((it) => it.rule === rule)?.title ?? rule;
  const decision = verdict?.decision ?? null;
  return {
    decision,
    before: before && before.decision !== decision ? before.decision : null,
    facts: trial.facts.map(factWords),
    effects: trial.effects.map((effect) => effectView(effect, titleOf)),
    subjects: subjectsOf(trial),
  };
}

function factWords({ line, what, before, after }: FactChange): string {
  return `${line === null ? '' : `Line ${line} · `}${what}: ${after} (was ${before})`;
}

function effectView(
  { line, before, after, raised, settled, units }: VerdictEffect,
  titleOf: (rule: string) => string,
): EffectView {
  return {
    where: line === null ? 'The encounter' : `Line ${line}`,
    before: before === after ? null : before,
    after,
    notes: [
      ...settled.map((rule) => `No longer: ${titleOf(rule)}`),
      ...raised.map((rule) => `Now: ${titleOf(rule)}`),
      ...(units === null ? [] : [`Supports ${unitWords(units.after)}, not ${unitWords(units.before)}`]),
    ],
  };
}

function unitWords(units: number | null): string {
  return units === null ? 'a number of units that is not known' : count(units, 'unit');
}

function subjectsOf({ verdict, explanations, lines }: Trial): readonly TrialSubject[] {
  if (!verdict) return [];
  const rulesOf = (line: number | null): readonly TrialRule[] =>
    explanations
      .filter((it) => it.line === line && (it.outcome === 'violated' || it.outcome === 'undetermined'))
      .map(({ rule, title, outcome, effect, message, remedy }) => ({
        rule,
        title,
        decision: outcome === 'undetermined' ? 'needs-record' : effect,
        message: outcome === 'undetermined' ? 'This depends on what was never supplied.' : message,
        remedy,
      }));
  const visit = rulesOf(null);
  return [
    ...(visit.length === 0 ? [] : [{ title: 'Visit', decision: null, rules: visit }]),
    ...verdict.lines.map(({ line, code, decision }) => {
      const units = lines[line - 1]?.units ?? null;
      return {
        title: `Line ${line} · ${code}${units === null ? '' : ` ×${units}`}`,
        decision,
        rules: rulesOf(line),
      };
    }),
  ];
}

/** A title for a case, from what was changed: `8 minutes on line 1`; empty where nothing was. */
export function suggestedTitle(facts: readonly FactChange[]): string {
  const words = facts.slice(0, 2).map(({ line, what, after }) => {
    const value = after.replaceAll(/[“”]/g, '');
    // `8 minutes` says already of what.
    const text = value.endsWith(` ${what.toLowerCase()}`) ? value : `${what.toLowerCase()} ${value}`;
    return line === null ? text : `${text} on line ${line}`;
  });
  const title = `${words.join(', ')}${facts.length > 2 ? ' and more' : ''}`;
  return title.charAt(0).toUpperCase() + title.slice(1);
}
