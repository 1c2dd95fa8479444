import { allAtOnce } from '../base/steps.ts';
import type { Step } from '../base/steps.ts';
import { andList, count, orList } from '../base/words.ts';
import { commonGround } from '../compare/compare-workspaces.ts';
import type { Ground } from '../compare/compare-workspaces.ts';
import { comparePoliciesInSteps } from '../compare/compare-policies.ts';
import type { ChangedRegion, Where } from '../compare/compare-policies.ts';
import { payerName, regionCodes, regionConditions, stretchWords } from '../compare/region-words.ts';
import type { Epoch } from '../evaluate/compile.ts';
import { inForce } from '../model/effective.ts';
import type { Citation } from '../model/policy.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { nameWords } from '../words/runs.ts';
import { examplesOf } from './examples.ts';
import type { Example } from './examples.ts';
import { decisionsTogether, futureWords, pastWords } from './decisions.ts';
import { oldFigures } from './old-figures.ts';
import type { OldFigure } from './old-figures.ts';
import { briefChanges, ruleChanges } from './wording.ts';
import type { WordingChange } from './wording.ts';

/** What providers are told of a change before it goes live. Plain data: the same for Markdown and for paper. */
export interface Notice {
  readonly title: string;
  readonly payers: readonly string[];
  /** The same by id. */
  readonly payerIds: readonly string[];
  /** "for dates of service from 1 May 2019", each once. */
  readonly effective: readonly string[];
  readonly sections: readonly NoticeSection[];
  readonly citations: readonly NoticeCitation[];
  /** Who the sources say publishes the policies; empty: they name nobody, and a line is left blank. */
  readonly contacts: readonly string[];
  /** Where minutes support other units, though no decision depends on it. */
  readonly units: readonly string[];
  /** Clauses that are cited and say the number from before: for whoever writes the notice, and no part of it. */
  readonly oldFigures: readonly OldFigure[];
  /** What must be settled by a person before the notice goes out, since nothing could be proven of it. */
  readonly unsettled: readonly string[];
}

/** One policy, for some payers, on some days. */
export interface NoticeSection {
  readonly policy: string;
  readonly payers: readonly string[];
  readonly effective: string;
  readonly kind: 'changed' | 'new' | 'withdrawn';
  /** Numbers and lists that change, in one sentence each. */
  readonly brief: readonly string[];
  /** What is asked, before and after. */
  readonly wording: readonly WordingChange[];
  /** Which claims are decided otherwise, and how. */
  readonly effects: readonly string[];
  /** The codes that the effects speak of as a group, with what each stands for. */
  readonly groups: readonly CodeGroup[];
  readonly examples: readonly Example[];
  /** Rules of the policy that decide as before, by their titles. */
  readonly unchanged: readonly string[];
}

export interface CodeGroup {
  /** "A" */
  readonly name: string;
  readonly codes: readonly { readonly code: string; readonly short: string }[];
}

export interface NoticeCitation {
  /** The source. */
  readonly title: string;
  /** The clause by its name, in words. */
  readonly clause: string;
  readonly publisher: string;
  readonly text: string;
  /** Whether the clause was read, inferred, or is known by hearsay only. */
  readonly basis: string;
  /** An address of the web, or empty. */
  readonly address: string;
  /** ISO date of the reading, or empty. */
  readonly read: string;
}

/** The notice of what changes between two versions; null where nothing does. `payer`: only what concerns this one, by id. */
export function noticeOf(before: Workspace, after: Workspace, payer: string | null = null): Notice | null {
  return allAtOnce(noticeInSteps(before, after, payer));
}

/** The same, with pauses, for whoever has something else to do in between. */
export function* noticeInSteps(
  before: Workspace,
  after: Workspace,
  payer: string | null = null,
): Generator<Step, Notice | null> {
  const ground = commonGround(before, after);
  const found = yield* comparePoliciesInSteps(ground.before, ground.after, ground);
  const regions = found.regions.flatMap((one) => forPayer(one, payer));
  const uncovered = found.uncovered.flatMap((one) => forPayer(one, payer));
  const spoken = new Set(regions.map(({ policy }) => policy));
  const units = found.units
    .flatMap((one) => forPayer(one, payer))
    .filter(({ policy }) => !spoken.has(policy));
  if (regions.length + units.length + uncovered.length === 0) return null;
  const sections: NoticeSection[] = [];
  const groups = new Map<string, ChangedRegion[]>();
  for (const one of regions) {
    const key = JSON.stringify([one.policy, kindOf(one), one.where]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  for (const group of groups.values()) {
    yield { done: sections.length, total: groups.size };
    sections.push(sectionOf(group, regions, [before, after], ground));
  }
  const citations = citationsOf(regions, before, after);
  const concerned = [...regions, ...units, ...uncovered];
  const payerIds = [...new Set(concerned.flatMap(({ where }) => where.map((it) => it.payer)))];
  return {
    title: titleOf([...new Set(concerned.map(({ policy }) => policyTitle(policy, after, before)))]),
    payers: payerIds.map((id) => payerName(id, after.lists)),
    payerIds,
    effective: [...new Set(concerned.map(({ where }) => effectiveWords(where)))],
    sections,
    citations,
    contacts: [
      ...new Set(citations.filter(({ basis }) => basis === '').flatMap(({ publisher }) => publisher || [])),
    ],
    units: units.map(
      ({ policy }) =>
        `${policyTitle(policy, after, before)}: the minutes of a timed code support other units than before, though no decision depends on it.`,
    ),
    oldFigures: oldFigures(regions, after.sources),
    unsettled: uncovered.map(
      ({ policy, rules }) =>
        `${policyTitle(policy, after, before)}: ${count(rules.length, 'requirement')} could not be gone through whole, and what changes there is not said here.`,
    ),
  };
}

function titleOf(policies: readonly string[]): string {
  return policies.length === 1 ? `Change of policy: ${policies[0]}` : 'Changes of policies';
}

function policyTitle(id: string, ...versions: readonly Workspace[]): string {
  return versions.flatMap(({ policies }) => policies).find((policy) => policy.id === id)?.title ?? id;
}

function forPayer<T extends { readonly where: readonly Where[] }>(
  one: T,
  payer: string | null,
): readonly T[] {
  if (payer === null) return [one];
  const where = one.where.filter((it) => it.payer === payer);
  return where.length === 0 ? [] : [{ ...one, where }];
}

function kindOf({ epochs }: ChangedRegion): NoticeSection['kind'] {
  if (epochs.before === null) return 'new';
  return epochs.after === null ? 'withdrawn' : 'changed';
}

function sectionOf(
  regions: readonly ChangedRegion[],
  all: readonly ChangedRegion[],
  versions: readonly [before: Workspace, after: Workspace],
  ground: Ground,
): NoticeSection {
  const [, after] = versions;
  const [first] = regions as readonly [ChangedRegion, ...ChangedRegion[]];
  const { policy } = (first.epochs.after ?? first.epochs.before)!;
  const changed = rulesOf(all.filter((region) => region.policy === first.policy));
  const groups = groupsOf(regions);
  return {
    policy: policy.title,
    payers: first.where.map(({ payer }) => payerName(payer, after.lists)),
    effective: effectiveWords(first.where),
    kind: kindOf(first),
    brief: briefChanges(first.epochs, after),
    wording: ruleChanges(first.epochs, [...rulesOf(regions)], versions),
    effects: [...new Set(regions.map((region) => effectOf(region, groups, after)))],
    groups: groups.map((codes, at) => ({
      name: nameOfGroup(at),
      codes: codes.map((code) => named(code, after)),
    })),
    examples: examplesOf(regions, ground, policy.title),
    unchanged: policy.rules.filter(({ id }) => !changed.has(id)).map(({ title }) => title),
  };
}

function rulesOf(regions: readonly ChangedRegion[]): ReadonlySet<string> {
  return new Set(regions.flatMap(({ rules }) => rules.map(({ id }) => id)));
}

function effectiveWords(where: readonly Where[]): string {
  return `for dates of service ${[...new Set(where.map(({ days }) => andList(days.map(stretchWords))))].join('; ')}`;
}

/** How many codes are named in a sentence; more stand below it, with what they mean. */
const mostCodes = 6;

/** The sets of codes that are too many for a sentence, each once. */
function groupsOf(regions: readonly ChangedRegion[]): readonly (readonly string[])[] {
  const sets = regions.map((region) => regionCodes(region).codes.toSorted());
  return [
    ...new Map(
      sets.filter((codes) => codes.length > mostCodes).map((codes) => [codes.join(), codes]),
    ).values(),
  ];
}

const nameOfGroup = (at: number): string => (at < 26 ? String.fromCodePoint(65 + at) : String(at + 1));

function named(code: string, { lists }: Workspace): CodeGroup['codes'][number] {
  const entries = lists.flatMap((list) => (list.of === 'code' ? list.entries : []));
  return { code, short: entries.find(({ value, short }) => value === code && short !== '')?.short ?? '' };
}

/** "Claim lines with a code of group A where …: will be denied. Until now: paid." */
function effectOf(
  region: ChangedRegion,
  groups: readonly (readonly string[])[],
  workspace: Workspace,
): string {
  const conditions = regionConditions(region, workspace);
  const subject = region.scope === 'line' ? `Claim lines${codesText(region, groups)}` : 'Visits';
  const where = conditions.length === 0 ? '' : ` where ${conditions.join(', and ')}`;
  if (region.direction === 'neutral')
    return `${subject}${where}: ${futureWords[region.after]} as before, for another reason.`;
  return `${subject}${where}: ${futureWords[region.after]}. Until now: ${decisionsTogether(region.before, pastWords)}.`;
}

function codesText(region: ChangedRegion, groups: readonly (readonly string[])[]): string {
  const { codes, but } = regionCodes(region);
  if (codes.length === 0) return '';
  const at = groups.findIndex((group) => group.join() === codes.toSorted().join());
  if (at !== -1)
    return but ? ` with no code of group ${nameOfGroup(at)}` : ` with a code of group ${nameOfGroup(at)}`;
  return but ? ` with another code than ${andList(codes)}` : ` with ${orList(codes)}`;
}

// ------------------------------------------------------------------------------------- where it is written

const basisWords = {
  read: '',
  inferred: 'as we understand the source',
  unverified: 'known from others, the source itself was not read',
} as const;

function citationsOf(
  regions: readonly ChangedRegion[],
  before: Workspace,
  after: Workspace,
): readonly NoticeCitation[] {
  const cites = new Map<string, NoticeCitation>();
  for (const region of regions) {
    const epoch = region.epochs.after ?? region.epochs.before!;
    const ids = new Set(region.rules.map(({ id }) => id));
    const own = [
      ...epoch.policy.rules.filter(({ id }) => ids.has(id)).flatMap((rule) => rule.cites),
      ...(epoch === region.epochs.before ? [] : citesOfParameters(epoch, region.epochs.before)),
    ];
    const sources = region.epochs.after === null ? before.sources : after.sources;
    for (const cite of own) {
      const key = `${cite.source}#${cite.clause}`;
      if (!cites.has(key)) cites.set(key, citationOf(cite, sources));
    }
  }
  return [...cites.values()];
}

/** The clauses behind the numbers that are others than before. */
function citesOfParameters({ policy, from }: Epoch, before: Epoch | null): readonly Citation[] {
  return policy.parameters.flatMap((parameter) => {
    const now = inForce(parameter.values, from)?.value;
    const same = before?.policy.parameters.find(({ name }) => name === parameter.name);
    const was = before && same && inForce(same.values, before.from)?.value;
    return now === undefined || was?.items.join() === now.items.join() ? [] : now.cites;
  });
}

function citationOf({ source, clause }: Citation, sources: Workspace['sources']): NoticeCitation {
  const from = sources.find(({ id }) => id === source);
  const found = from?.clauses.find(({ id }) => id === clause);
  return {
    title: from?.title ?? source,
    clause: nameWords(clause),
    publisher: from?.publisher ?? '',
    text: found?.text ?? '',
    basis: found ? basisWords[found.basis] : '',
    // Anything else than a page of the web is not made a link.
    address: /^https?:\/\/\S+$/.test(from?.address ?? '') ? from!.address : '',
    read: from?.read ?? '',
  };
}
