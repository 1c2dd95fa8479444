import { count, orList } from '../base/words.ts';
import type { ChangedEncounter } from '../compare/changed-encounters.ts';
import type { ChangedRegion, ChangedUnits, Uncovered, Where } from '../compare/compare-policies.ts';
import type { ToldRegion, WorkspaceComparison } from '../compare/compare-workspaces.ts';
import { decisionText } from '../compare/region-words.ts';
import type { TextChange } from '../compare/text-changes.ts';
import { essenceOf } from '../compare/witness.ts';
import type { ChangeWay, Settings } from '../language/parse-settings.ts';
import { changeWays } from '../language/parse-settings.ts';
import type { Policy, PolicyKind } from '../model/policy.ts';
import { canonicalJson } from '../releases/canonical-json.ts';
import type { Json } from '../releases/canonical-json.ts';
import type { Hash, PublishedGap } from '../releases/manifest.ts';
import { isOverridable } from '../releases/refusals.ts';
import type { Refusal } from '../releases/refusals.ts';
import {
  canonicalCondition,
  canonicalReading,
  canonicalRule,
  canonicalTimeRule,
} from '../regions/canonical.ts';
import type { Constraint } from '../regions/regions.ts';
import { fileKind } from '../workspace/read-file.ts';
import { methodMeanings } from '../workspace/shapes.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { ApprovalItem, Subject } from './approval-item.ts';
import { directionBetween, verdictWords } from './verdict-change.ts';

/** What is to be published, beside what was published last. */
export interface Change {
  readonly draft: Workspace;
  /** The SHA-256 that stands for all files of the draft. */
  readonly files: string;
  /** The known gaps that would be published. */
  readonly knownGaps: readonly PublishedGap[];
  /** What speaks against publishing, apart from what is not decided. */
  readonly refusals: readonly Refusal[];
  /** Null: nothing was published before. */
  readonly last: LastRelease | null;
}

export interface LastRelease {
  readonly workspace: Workspace;
  readonly knownGaps: readonly PublishedGap[];
  /** Of the release against the draft. */
  readonly comparison: WorkspaceComparison;
}

/**
 * What a policy is about, by its kind. *Payment*: how many units of a line are paid, and beside what else.
 * *Coverage*: what a service must be, and what must be documented of it.
 */
const subjectOfKind = {
  'code-definition': 'coverage',
  documentation: 'coverage',
  'time-threshold': 'payment',
  billing: 'payment',
} as const satisfies Record<PolicyKind, Subject>;

/**
 * Everything that somebody has to decide before the draft is published, in the order of `itemKinds`.
 * Each is known by the hash of what is decided: whatever else changes, what stays as it is before and after is the same item.
 */
export async function approvalItems(change: Change, hash: Hash): Promise<readonly ApprovalItem[]> {
  const { last, draft, knownGaps, refusals } = change;
  const ways = waysForTwo(last?.workspace.settings ?? draft.settings, draft.settings);
  const subjects = subjectsOf([...(last?.workspace.policies ?? []), ...draft.policies]);
  const named = (facts: readonly Facts[]) => Promise.all(facts.map((it) => withName(it, ways, hash)));

  const whole = await named(last === null ? [firstRelease(change)] : []);
  const regions = await named(last?.comparison.regions.map((it) => regionFacts(it, subjects)) ?? []);
  const others = await named([
    ...(last?.comparison.units.map((it, at) => unitsFacts(it, last.comparison.changedUnits[at]!)) ?? []),
    ...(last?.comparison.uncovered.map((it, at) =>
      uncoveredFacts(it, last.comparison.notCovered[at]!, [last.workspace, draft]),
    ) ?? []),
    ...(last?.comparison.encounters.map((it) => encounterFacts(it, regions, subjects)) ?? []),
    ...caseFacts(last?.comparison.text ?? []),
    ...(last === null ? [] : settingsFacts(last.workspace.settings, draft.settings)),
    ...knownGaps.map((gap) => gapFacts(gap, last?.knownGaps ?? [], whole)),
    // Where nothing has changed there is nothing to decide; whoever publishes all the same says why.
    ...refusals.filter(({ what }) => isOverridable(what) && what !== 'nothing-changed').map(overrideFacts),
  ]);
  return [...whole, ...regions, ...others];
}

/** An item before it has its name, with what the name is made of. */
type Facts = Pick<ApprovalItem, 'kind' | 'title' | 'before' | 'after'> &
  Partial<ApprovalItem> & { readonly content: Json };

async function withName(
  { content, ...facts }: Facts,
  ways: readonly ChangeWay[],
  hash: Hash,
): Promise<ApprovalItem> {
  const { kind, direction = null, subjects = [], secondFor } = facts;
  const sha256 = await hash(canonicalJson([kind, content]));
  return {
    partOf: [],
    details: [],
    at: null,
    override: null,
    isOld: false,
    ...facts,
    id: `${kind}-${sha256.slice(0, 12)}`,
    sha256,
    direction,
    subjects,
    secondFor: secondFor ?? ways.filter((way) => goesThatWay(way, direction, subjects)),
  };
}

/** What two versions of the settings name between them: a draft cannot spare itself the second approver. */
function waysForTwo(before: Settings, after: Settings): readonly ChangeWay[] {
  return changeWays.filter(
    (way) => before.secondApprover.includes(way) || after.secondApprover.includes(way),
  );
}

function goesThatWay(
  way: ChangeWay,
  direction: ApprovalItem['direction'],
  subjects: readonly Subject[],
): boolean {
  const [wanted, subject] = way.split('-on-') as ['looser' | 'stricter', Subject];
  const goes = direction === wanted || direction === 'both' || direction === 'unknown';
  return goes && subjects.includes(subject);
}

type SubjectsOf = (policy: string) => readonly Subject[];

/** By the id of a policy, of whatever revision. */
function subjectsOf(policies: readonly Policy[]): SubjectsOf {
  const found = new Map<string, Set<Subject>>();
  for (const { id, kind } of policies)
    found.set(id, (found.get(id) ?? new Set<Subject>()).add(subjectOfKind[kind]));
  return (policy) => [...(found.get(policy) ?? [])].toSorted();
}

// ------------------------------------------------------------------------------------- one of each kind

function firstRelease({ draft, files }: Change): Facts {
  const { policies, cases } = draft;
  return {
    kind: 'first-release',
    title: 'Everything is new: nothing was published before',
    before: null,
    after: `${count(new Set(policies.map(({ id }) => id)).size, 'policy', 'policies')}, ${count(cases.length, 'case')}`,
    content: files,
  };
}

function regionFacts(told: ToldRegion, subjectsOfPolicy: SubjectsOf): Facts {
  const { when, before, after, direction, policy, rules, titles, region } = told;
  const { scope, where, constraints, rules: shown } = region;
  return {
    kind: 'region',
    title: when,
    before: orList(before.toReversed().map(decisionText)),
    after: decisionText(after) + (direction === 'neutral' ? ', for another reason' : ''),
    direction,
    subjects: subjectsOfPolicy(policy),
    details: rules.map((rule, at) => `${rule}: ${titles[at] ?? ''}`),
    content: {
      policy,
      scope,
      where: whereContent(where),
      constraints: constraints.map((it) => constraintContent(it, region)),
      rules: shown.map((rule) => [rule.id, rule.before, rule.after]),
      before,
      after,
    },
  };
}

function whereContent(where: readonly Where[]): Json {
  return where.map(({ payer, days }) => [payer, days.map(({ from, to }) => [from, to])]);
}

/** Which cases it names. What their names alone do not say is added: how a figure is counted, what tells lists apart. */
function constraintContent({ variable, classes }: Constraint, { epochs }: ChangedRegion): Json {
  const side = 'side' in variable ? variable.side : null;
  const values = classes.map((at): Json => {
    if (!('classes' in variable)) return at;
    const found = variable.classes[at]!;
    if (found === null) return null;
    return Object.values('shape' in found ? found.shape : found) as Json;
  });
  const policies = [epochs.before, epochs.after].map((epoch) => epoch?.policy ?? null);
  const counted =
    variable.kind === 'figure'
      ? policies.map((policy) => policy && canonicalReading(variable.fact, policy))
      : [];
  const isOfLists = 'classes' in variable && variable.kind !== 'minutes' && variable.fact.type.list;
  const tests = isOfLists ? variable.tests.map(canonicalCondition).toSorted() : [];
  return [variable.key, side, values, counted, tests];
}

function unitsFacts(sentence: string, { policy, where, before, after }: ChangedUnits): Facts {
  return {
    kind: 'units',
    title: sentence.replace(/\.$/, ''),
    before: timeRuleWords(before),
    after: timeRuleWords(after),
    direction: 'both',
    subjects: ['payment'],
    content: [policy, whereContent(where), canonicalTimeRule(before), canonicalTimeRule(after)],
  };
}

/** "each code by its own minutes, 15 minutes a unit, none below 8 minutes" */
function timeRuleWords(rule: Policy['timeRule']): string {
  if (rule === null) return 'no time rule';
  const { method, minutesPerUnit, minimumMinutes, codes } = rule;
  const counted = methodMeanings[method].replace(/\.$/, '');
  const floor =
    minimumMinutes?.kind === 'literal' ? [`none below ${String(minimumMinutes.value)} minutes`] : [];
  const timed =
    codes.kind === 'literal' && Array.isArray(codes.value) ? [count(codes.value.length, 'timed code')] : [];
  const words = [counted, `${minutesPerUnit} minutes a unit`, ...floor, ...timed].join(', ');
  return words.charAt(0).toLowerCase() + words.slice(1);
}

function uncoveredFacts(
  sentence: string,
  { policy, rules, where }: Uncovered,
  sides: readonly Workspace[],
): Facts {
  // Nothing is known of what they do, so all that they say is decided.
  const said = sides.map(({ program }) =>
    program.policies
      .filter((it) => it.policy.id === policy)
      .flatMap(({ epochs }) => epochs)
      .map(({ from, to, policy: bound }) => [
        from,
        to,
        bound.rules.filter(({ id }) => rules.includes(id)).map((rule) => canonicalRule(rule, bound)),
      ]),
  );
  return {
    kind: 'not-covered',
    title: sentence.replace(/\.$/, ''),
    before: 'as in the last release',
    after: 'not known: it was not gone through',
    direction: 'unknown',
    subjects: ['coverage', 'payment'],
    content: [policy, [...rules], whereContent(where), said],
  };
}

function encounterFacts(
  { path, suiteCase, title, before, after, causes, regions }: ChangedEncounter,
  regionItems: readonly ApprovalItem[],
  subjectsOfPolicy: SubjectsOf,
): Facts {
  const own = causes.flatMap(({ rule }) => subjectsOfPolicy(rule.slice(0, rule.indexOf('/'))));
  const units = after.lines.some((line, at) => line.supportableUnits !== before.lines[at]?.supportableUnits);
  const [was, is] = verdictWords(before, after);
  return {
    kind: 'encounter',
    title,
    before: was,
    after: is,
    direction: directionBetween(before, after),
    subjects: [...new Set<Subject>([...own, ...(units ? ['payment' as const] : [])])].toSorted(),
    partOf: regions.map((at) => regionItems[at]!.id),
    details: causes.map(
      (it) =>
        `${it.line === null ? 'the visit' : `line ${it.line}`}, ${it.rule}: ${it.before ?? 'not in force'} → ${it.after ?? 'not in force'}`,
    ),
    at: { path, suiteCase: suiteCase?.id ?? null },
    content: [path, suiteCase?.id ?? null, essenceOf(before), essenceOf(after)],
  };
}

/** What only people read makes no other case, and a known gap is an item of its own. */
const notOfTheCase = ['title', 'remark', 'knownGap'];

/** What the last release vouched for and this one does not in the same way; what is added takes nothing away. */
function caseFacts(text: readonly TextChange[]): readonly Facts[] {
  const groups = new Map<string, TextChange[]>();
  for (const change of text) {
    const kind = fileKind(change.path);
    if (kind !== 'suite' && kind !== 'encounter') continue;
    if (notOfTheCase.includes(change.at.split(',')[0]!)) continue;
    const isWhole = change.at === '';
    if (isWhole && change.before === null) continue;
    const key = JSON.stringify([change.path, change.of]);
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()].map((changes): Facts => {
    const [{ path, of }] = changes as [TextChange];
    const name = of === 'file' ? path : `${path}, ${of}`;
    const isGone = changes.some(({ at, after }) => at === '' && after === null);
    const told = (side: 'before' | 'after') =>
      changes.map((it) => `${it.at === '' ? '' : `${it.at}: `}${it[side] ?? 'nothing'}`).join('; ');
    return {
      kind: 'case',
      title: `${name} ${isGone ? 'is gone' : 'says something else'}`,
      before: told('before'),
      after: isGone ? null : told('after'),
      at: { path, suiteCase: of.startsWith('case ') ? of.slice('case '.length) : null },
      content: changes.map(({ at, before, after }) => [path, of, at, before, after]),
    };
  });
}

function settingsFacts(before: Settings, after: Settings): readonly Facts[] {
  const [was, is] = [before, after].map(({ secondApprover }) => secondApprover.join(', ') || 'nothing');
  if (was === is) return [];
  return [
    {
      kind: 'settings',
      title: 'For which changes a second approver is needed',
      before: was!,
      after: is!,
      secondFor: before.secondApprover.filter((way) => !after.secondApprover.includes(way)),
      content: [was!, is!],
    },
  ];
}

function gapFacts(gap: PublishedGap, old: readonly PublishedGap[], whole: readonly ApprovalItem[]): Facts {
  const { suite, id, title, owner, until, reason } = gap;
  const content = [suite, id, owner, until, reason];
  return {
    kind: 'known-gap',
    title: `${suite}/${id}: ${title}`,
    before: null,
    after: `known gap of ${owner} until ${until}: ${reason}`,
    partOf: whole.map((it) => it.id),
    isOld: old.some(
      (it) => canonicalJson([it.suite, it.id, it.owner, it.until, it.reason]) === canonicalJson(content),
    ),
    content,
  };
}

function overrideFacts({ what, found, details, next }: Refusal): Facts {
  return {
    kind: 'override',
    title: `${what}: ${found}`,
    before: null,
    after: 'published all the same',
    details: [...details, `otherwise: ${next}`],
    override: isOverridable(what) ? what : null,
    // What the clock says is another moment each time.
    content: what === 'clock-went-back' ? what : [what, found, details],
  };
}
