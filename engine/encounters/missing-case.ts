import { judge, traceOf } from '../evaluate/compile.ts';
import type { Program } from '../evaluate/compile.ts';
import type { RuleTrace } from '../evaluate/outcome.ts';
import type { Encounter } from '../facts/encounter.ts';
import { factTable } from '../facts/fact-table.ts';
import { candidatesFor } from '../satisfy/candidates.ts';
import { changeEncounter } from '../satisfy/change.ts';
import type { FactChange } from '../satisfy/change.ts';
import { search } from '../satisfy/search.ts';
import { outcomesIn } from '../suites/run-suite.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { TriedOutcome } from './untried-rules.ts';
import { encounterText } from './what-if.ts';
import type { Subject } from './what-if.ts';
import { writeCase } from './write-case.ts';
import type { WrittenCase } from './write-case.ts';

/** Saved encounters beyond these are not tried: one of the first comes closest, or none does. */
const mostStarts = 40;

/**
 * A case in which a rule comes out as no saved case has it yet: a saved encounter with the smallest change of its record
 * that does it. Null where no such change of what is recorded brings it about.
 */
export function missingCase(workspace: Workspace, rule: string, wanted: TriedOutcome): WrittenCase | null {
  const policy = workspace.policies.find(({ rules }) => rules.some(({ id }) => id === rule));
  const title = policy?.rules.find(({ id }) => id === rule)?.title;
  if (!policy || title === undefined) return null;
  const judges = ({ policies }: Workspace['suites'][number]) =>
    policies?.some(({ text }) => text === policy.id) ?? false;
  const suites = workspace.suites.filter(judges).toSorted((a, b) => a.policies!.length - b.policies!.length);
  const suite = suites[0];
  const folder = suite ? suite.source.path.split('/').slice(0, -1).join('/') : 'testcases';
  for (const start of startsOf(workspace, suite?.id ?? null).slice(0, mostStarts)) {
    const encounter = changed(workspace, start, rule, wanted);
    if (!encounter) continue;
    const { written } = writeCase(workspace, {
      text: encounterText(encounter, workspace.vocabulary),
      from: start.subject,
      suite: suite?.id ?? { title: policy.title, folder },
      title: `${title}: ${wanted === 'met' ? 'as it should be' : 'not met'}`,
      detail: { units: false, messages: false },
    });
    if (written && (wanted === 'met' || violates(written, rule))) return written;
  }
  return null;
}

interface Start {
  readonly subject: Subject;
  readonly encounter: Encounter;
  readonly program: Program;
}

/** The cases of the suite first, then all other encounters. */
function startsOf(workspace: Workspace, suite: string | null): readonly Start[] {
  const cases = workspace.cases.flatMap(({ suite: of, id, ready }): Start[] =>
    ready && of === suite
      ? [{ subject: { kind: 'case', suite: of, id }, encounter: ready.encounter, program: ready.program }]
      : [],
  );
  const files = workspace.encounters.flatMap(({ path, encounter }): Start[] =>
    encounter ? [{ subject: { kind: 'encounter', path }, encounter, program: workspace.program }] : [],
  );
  return [...cases, ...files];
}

/** The encounter with the smallest change after which the rule comes out as wanted, for any of its lines. */
function changed(workspace: Workspace, start: Start, rule: string, wanted: TriedOutcome): Encounter | null {
  const { vocabulary } = workspace;
  const { encounter, program } = start;
  const table = factTable(encounter, vocabulary);
  const after = (changes: readonly FactChange[]) =>
    factTable(changeEncounter(encounter, changes), vocabulary);
  for (const { epoch } of judge(program, table).policies) {
    if (!epoch.policy.rules.some(({ id }) => id === rule)) continue;
    const traces = traceOf(program, table).filter((trace) => trace.rule.id === rule);
    for (const trace of traces) {
      const outcome = (changes: readonly FactChange[]) =>
        outcomesIn(judge(program, after(changes)))(rule, trace.line);
      if (outcome([]) === wanted) return encounter;
      // Asked of a rule that is undecided, every part of it may be changed, also whether it applies at all.
      const open: RuleTrace = { ...trace, outcome: 'undetermined' };
      const { solutions } = search(candidatesFor(open, epoch, table), {
        meets: (changes) => outcome(changes) === wanted,
        trace: (changes) =>
          traceOf(program, after(changes)).find((one) => one.rule.id === rule && one.line === trace.line) ??
          trace,
      });
      const best = solutions[0];
      if (!best) continue;
      return changeEncounter(
        encounter,
        best.parts.map(({ candidate, to }) => ({ ...candidate.key, to })),
      );
    }
  }
  return null;
}

function violates({ verdict }: WrittenCase, rule: string): boolean {
  return [verdict.visit, ...verdict.lines].some(({ violated }) =>
    violated.some((finding) => finding.rule === rule),
  );
}
