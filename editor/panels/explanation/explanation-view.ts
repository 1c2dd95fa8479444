import { capital, nameWords } from '#engine';
import type {
  CitedClause,
  ClauseBasis,
  Decision,
  ExplainedCondition,
  ExplainedPart,
  Explanation,
  RuleOutcome,
  Truth,
} from '#engine';

import { count } from '../../marks/words.ts';
import type { Why } from '../../session/session.ts';
import type { CaseRow, RowVerdict } from '../../worker/protocol.ts';

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
  /** 1-based, or null for the visit. */
  readonly line: number | null;
  readonly outcome: RuleOutcome;
  readonly effect: Decision;
  readonly message: string;
  readonly remedy: string;
  readonly citations: readonly CitationView[];
  readonly place: Explanation['place'];
  readonly parts: readonly WhyNode[];
}

/** A clause that the rule cites, as one reads it. */
export interface CitationView {
  readonly source: string;
  readonly clause: string;
  /** "HNS, therapeutic activities (97530): under 8 minutes". */
  readonly words: string;
  /** What the clause says; null where no source has it. */
  readonly text: string | null;
  /** Said where nobody has read it on the page itself. */
  readonly basis: string | null;
}

/** One row of the tree: a part of the rule, or a condition with its value. */
export interface WhyNode {
  readonly id: string;
  readonly words: string;
  /** Null for a part, which only has a name. */
  readonly truth: Truth | null;
  /** What was found and what is needed: "7 minutes, needs at least 8 minutes". */
  readonly value: string | null;
  readonly place: Explanation['place'] | null;
  readonly children: readonly WhyNode[];
}

export function whyView(row: CaseRow, why: Why | null): WhyView {
  const { verdict } = row;
  const decision = verdict?.decision ?? null;
  const explanations = why?.caseKey === row.key ? why.explanations : [];
  return {
    title: row.title,
    suite: row.suite,
    decision,
    before: row.earlierDecision === decision ? null : row.earlierDecision,
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
  line: RowVerdict['lines'][number],
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
  { outcome: 'undetermined', title: 'Needs what was not supplied', open: true },
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
  const { rule, title, line, outcome, effect, message, remedy, citations, place, parts } = explanation;
  return {
    id: rule,
    title,
    line,
    outcome,
    effect,
    message,
    remedy,
    citations: citations.map(citationView),
    place,
    parts: parts.map(({ role, ifReceived, conditions }, part) => {
      const id = ifReceived === null ? role : `${part}.${role}`;
      return {
        id,
        words: ifReceived === null ? partTitles[role] : `${partTitles[role]}, if ${ifReceived}`,
        truth: null,
        value: null,
        place: null,
        children: conditions.map((condition, at) => conditionNode(condition, `${id}.${at}`)),
      };
    }),
  };
}

const partTitles = {
  when: 'Applies when',
  require: 'Must hold',
  unless: 'Unless',
} as const satisfies Record<ExplainedPart['role'], string>;

function conditionNode(condition: ExplainedCondition, id: string): WhyNode {
  const { otherLine, sentence, result, found, needs, place, children } = condition;
  return {
    id,
    words: otherLine === null ? capital(sentence) : `Line ${otherLine}: ${sentence}`,
    truth: result,
    value: found === null ? null : needs === null ? found : `${found}, needs ${needs}`,
    place,
    children: children.map((child, at) => conditionNode(child, `${id}.${at}`)),
  };
}

/** Every row that has others below it: a tree is shown whole. */
export function nodesWithChildren(nodes: readonly WhyNode[]): readonly string[] {
  return nodes.flatMap(({ id, children }) =>
    children.length === 0 ? [] : [id, ...nodesWithChildren(children)],
  );
}

/** A row for those who hear it: "does not hold: …; found 7 minutes, needs at least 8 minutes; line 16". */
export function nodeText({ words, truth, value, place }: WhyNode): string {
  const said = truth === null ? words : `${truthWords[String(truth) as keyof typeof truthWords]}: ${words}`;
  return [said, value === null ? null : `found ${value}`, place === null ? null : `line ${place.line}`]
    .filter((it) => it !== null)
    .join('; ');
}

const truthWords = { true: 'holds', false: 'does not hold', unknown: 'not known' } as const;

function citationView({ source, clause, title, text, basis }: CitedClause): CitationView {
  return {
    source,
    clause,
    words: `${title === '' ? source : title}: ${nameWords(clause)}`,
    text: text === '' ? null : text,
    basis: basis === null ? null : basisWords[basis],
  };
}

/** How far a clause may be relied on; nothing need be said of one that was read on its page. */
export const basisWords = {
  read: null,
  inferred: 'Inferred: the page does not say it in so many words.',
  unverified: 'Not verified: nobody has read it on the page itself.',
} as const satisfies Record<ClauseBasis, string | null>;

/** Up to so many rules that are not met say at once what would satisfy them; of more each says it when asked. */
const mostAtOnce = 8;

export function saysAtOnce({ subjects }: WhyView): boolean {
  const open = subjects.flatMap(({ groups }) => groups.filter((group) => group.open));
  return open.reduce((sum, { rules }) => sum + rules.length, 0) <= mostAtOnce;
}
