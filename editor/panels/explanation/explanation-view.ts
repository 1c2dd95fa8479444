import type { Decision, Explanation, ExplainedCondition, ExplainedPart, RuleOutcome, Verdict } from '#engine';

import { count } from '../../marks/words.ts';
import type { Why } from '../../session/session.ts';
import type { CaseRow } from '../../worker/protocol.ts';

/** Why one case is judged as it is: its lines in their order, then the visit. */
export interface WhyView {
  readonly title: string;
  readonly suite: string;
  readonly decision: Decision | null;
  readonly before: Decision | null;
  /** What the suite expected and did not find; empty where all is as expected. */
  readonly differences: readonly string[];
  readonly subjects: readonly Subject[];
}

export interface Subject {
  readonly id: string;
  readonly title: string;
  readonly detail: string | null;
  readonly decision: Decision | null;
  readonly groups: readonly RuleGroup[];
}

export interface RuleGroup {
  readonly outcome: RuleOutcome;
  readonly title: string;
  /** Violated and undetermined rules are the answer to "why"; the others wait behind a line. */
  readonly open: boolean;
  readonly rules: readonly RuleView[];
}

export interface RuleView {
  readonly id: string;
  readonly title: string;
  readonly outcome: RuleOutcome;
  readonly effect: Decision;
  readonly message: string;
  readonly remedy: string;
  readonly cites: readonly string[];
  readonly place: Explanation['place'];
  readonly parts: readonly ConditionPart[];
}

export interface ConditionPart {
  readonly title: string;
  readonly conditions: readonly ExplainedCondition[];
}

export function whyView(row: CaseRow, why: Why | null): WhyView {
  const { verdict } = row;
  const decision = verdict?.decision ?? null;
  const explanations = why?.caseKey === row.key ? why.explanations : [];
  return {
    title: row.title,
    suite: row.suite,
    decision,
    before: row.savedDecision === decision ? null : row.savedDecision,
    differences: [
      ...(row.reason === null ? [] : [row.reason]),
      ...row.differences.map((it) => `${it.at}: expected ${it.expected}, found ${it.actual}`),
    ],
    subjects: [
      ...(verdict?.lines ?? []).map((line) => lineSubject(line, explanations, why)),
      ...visitSubject(explanations),
    ],
  };
}

function lineSubject(
  line: Verdict['lines'][number],
  explanations: readonly Explanation[],
  why: Why | null,
): Subject {
  const units = why?.lines.find((it) => it.line === line.line)?.units ?? null;
  const words = [
    units === null ? null : `${count(units, 'unit')} billed`,
    line.supportableUnits === null ? null : `${line.supportableUnits} supported by the record`,
  ].filter((it) => it !== null);
  return {
    id: `line-${line.line}`,
    title: `Line ${line.line} · ${line.code}`,
    detail: words.length > 0 ? words.join(', ') : null,
    decision: line.decision,
    groups: groupsOf(explanations.filter((it) => it.line === line.line)),
  };
}

function visitSubject(explanations: readonly Explanation[]): readonly Subject[] {
  const groups = groupsOf(explanations.filter((it) => it.line === null));
  return groups.length === 0
    ? []
    : [{ id: 'visit', title: 'The visit as a whole', detail: null, decision: null, groups }];
}

const groupOrder = [
  { outcome: 'violated', title: 'Not met', open: true },
  { outcome: 'undetermined', title: 'Needs the health record', open: true },
  { outcome: 'met', title: 'Met', open: false },
  { outcome: 'not-applicable', title: 'Does not apply', open: false },
] as const satisfies readonly Omit<RuleGroup, 'rules'>[];

function groupsOf(explanations: readonly Explanation[]): readonly RuleGroup[] {
  return groupOrder
    .map((group) => ({
      ...group,
      rules: explanations.filter((it) => it.outcome === group.outcome).map(ruleView),
    }))
    .filter((group) => group.rules.length > 0);
}

function ruleView(explanation: Explanation): RuleView {
  const { rule, title, outcome, effect, message, remedy, citations, place } = explanation;
  const cites = citations.map(({ source, clause }) => `${source}#${clause}`);
  return { id: rule, title, outcome, effect, message, remedy, cites, place, parts: partsOf(explanation) };
}

const partTitles = {
  when: 'Applies when',
  require: 'Must hold',
  unless: 'Unless',
} as const satisfies Record<ExplainedPart['role'], string>;

function partsOf({ parts }: Explanation): readonly ConditionPart[] {
  return parts.map(({ role, conditions }) => ({ title: partTitles[role], conditions }));
}

/** `hns-97530#under-8-minutes` as a person would say it. */
export function citeWords(cite: string): string {
  const [source = '', clause = ''] = cite.split('#');
  return `${source}, ${clause.replaceAll('-', ' ')}`;
}
