import { createSource } from '../base/source.ts';
import { applyTextEdits } from '../base/text-edit.ts';
import { createReporter, hasErrors } from '../diagnostics/diagnostic.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { judge, traceOf } from '../evaluate/compile.ts';
import type { Program } from '../evaluate/compile.ts';
import type { Decision, Verdict } from '../evaluate/outcome.ts';
import { verdictOf } from '../evaluate/verdict.ts';
import { explainTraces } from '../explain/explain.ts';
import type { Explanation } from '../explain/explain.ts';
import type { Encounter, Vocabulary } from '../facts/encounter.ts';
import { factTable } from '../facts/fact-table.ts';
import { parseEncounter } from '../facts/read-encounter.ts';
import { encounterYaml } from '../suites/encounter-difference.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { setYaml } from '../yaml/edit-yaml.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { factChanges } from './fact-changes.ts';
import type { FactChange } from './fact-changes.ts';

/** Where a trial starts: a case of a suite, or an encounter file. */
export type Subject =
  | { readonly kind: 'case'; readonly suite: string; readonly id: string }
  | { readonly kind: 'encounter'; readonly path: string };

/** A changed encounter, judged without being saved. */
export interface Trial {
  /** Mistakes of the text; with an error among them nothing is judged. */
  readonly diagnostics: readonly Diagnostic[];
  readonly verdict: Verdict | null;
  readonly explanations: readonly Explanation[];
  readonly lines: readonly BilledLine[];
  /** What is recorded otherwise than where the trial started. */
  readonly facts: readonly FactChange[];
  /** What comes out otherwise. */
  readonly effects: readonly Effect[];
  readonly before: Verdict | null;
}

export interface BilledLine {
  readonly line: number;
  readonly code: string;
  readonly units: number | null;
}

/** In what the verdict of a line, or of the visit (null), differs from the one before. */
export interface Effect {
  readonly line: number | null;
  readonly before: Decision | null;
  readonly after: Decision | null;
  /** Rules that are newly violated or undetermined, and those that no longer are. */
  readonly raised: readonly string[];
  readonly settled: readonly string[];
  readonly units: { readonly before: number | null; readonly after: number | null } | null;
}

interface Start {
  readonly encounter: Encounter;
  readonly program: Program;
}

/** The encounter where a trial starts, and the policies that judge it; null where there is none that could be judged. */
export function startOf(workspace: Workspace, subject: Subject): Start | null {
  if (subject.kind === 'case') {
    const { suite, id } = subject;
    return workspace.cases.find((it) => it.suite === suite && it.id === id)?.ready ?? null;
  }
  const file = workspace.encounters.find(({ path }) => path === subject.path);
  return file?.encounter ? { encounter: file.encounter, program: workspace.program } : null;
}

/** The text in which one changes things: the file itself, or the case written out as an encounter of its own. */
export function trialText(workspace: Workspace, subject: Subject): string | null {
  if (subject.kind === 'encounter') return workspace.files.get(subject.path) ?? null;
  const start = startOf(workspace, subject);
  return start && encounterText(start.encounter, workspace.vocabulary);
}

export function encounterText(encounter: Encounter, vocabulary: Vocabulary): string {
  return applyTextEdits('', setYaml('', [], encounterYaml(encounter, vocabulary)));
}

/** Judges a text in place of the encounter where the trial started, by the same policies. */
export function tryText(workspace: Workspace, subject: Subject, text: string): Trial {
  const start = startOf(workspace, subject);
  const { encounter, diagnostics } = readEncounterText('trial.encounter.yaml', text, workspace);
  const before = start && verdictOf(judge(start.program, factTable(start.encounter, workspace.vocabulary)));
  if (!encounter) {
    return { diagnostics, verdict: null, explanations: [], lines: [], facts: [], effects: [], before };
  }
  const program = start?.program ?? workspace.program;
  const table = factTable(encounter, workspace.vocabulary);
  const verdict = verdictOf(judge(program, table));
  return {
    diagnostics,
    verdict,
    explanations: explainTraces(traceOf(program, table), verdict, workspace),
    lines: billedLines(encounter),
    facts: start ? factChanges(start.encounter, encounter, workspace.vocabulary) : [],
    effects: before ? effectsOf(before, verdict) : [],
    before,
  };
}

/** An encounter from a text that is no file of the workspace yet; null where it must not be judged. */
export function readEncounterText(
  path: string,
  text: string,
  { vocabulary, payers }: Pick<Workspace, 'vocabulary' | 'payers'>,
): { readonly encounter: Encounter | null; readonly diagnostics: readonly Diagnostic[] } {
  const source = createSource(path, text);
  const reporter = createReporter(source);
  const root = parseYaml(source, reporter);
  const encounter = root && parseEncounter(source, root, vocabulary, payers, reporter);
  const { diagnostics } = reporter;
  return { encounter: hasErrors(diagnostics) ? null : encounter, diagnostics };
}

export function billedLines({ lines }: Encounter): readonly BilledLine[] {
  return lines.map(({ claim }, index) => {
    const units = claim.get('line.units');
    return {
      line: index + 1,
      code: String(claim.get('line.code') ?? ''),
      units: typeof units === 'number' ? units : null,
    };
  });
}

/** Lines are compared by their position; a line that is new or gone has no decision on one side. */
export function effectsOf(before: Verdict, after: Verdict): readonly Effect[] {
  const most = Math.max(before.lines.length, after.lines.length);
  const rows = Array.from({ length: most }, (_, index): Effect => {
    const [was, is] = [before.lines[index], after.lines[index]];
    const [unitsBefore, unitsAfter] = [was?.supportableUnits ?? null, is?.supportableUnits ?? null];
    return {
      line: index + 1,
      before: was?.decision ?? null,
      after: is?.decision ?? null,
      ...rulesBetween(was, is),
      units: unitsBefore === unitsAfter ? null : { before: unitsBefore, after: unitsAfter },
    };
  });
  const visit: Effect = {
    line: null,
    before: before.decision,
    after: after.decision,
    ...rulesBetween(before.visit, after.visit),
    units: null,
  };
  return [visit, ...rows].filter(
    ({ before: was, after: is, raised, settled, units }) =>
      was !== is || raised.length > 0 || settled.length > 0 || units !== null,
  );
}

function rulesBetween(
  before: Verdict['visit'] | undefined,
  after: Verdict['visit'] | undefined,
): Pick<Effect, 'raised' | 'settled'> {
  const rules = (it: Verdict['visit'] | undefined) => [
    ...(it?.violated ?? []).map(({ rule }) => rule),
    ...(it?.undetermined ?? []).map(({ rule }) => rule),
  ];
  const [was, is] = [rules(before), rules(after)];
  return {
    raised: is.filter((rule) => !was.includes(rule)),
    settled: was.filter((rule) => !is.includes(rule)),
  };
}
