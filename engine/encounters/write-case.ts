import type { FileEdits } from '../base/text-edit.ts';
import { applyTextEdits } from '../base/text-edit.ts';
import { joinPath, relativePath } from '../base/paths.ts';
import { createSource } from '../base/source.ts';
import { createReporter } from '../diagnostics/diagnostic.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { judge } from '../evaluate/compile.ts';
import type { Verdict } from '../evaluate/outcome.ts';
import { verdictOf } from '../evaluate/verdict.ts';
import type { Encounter, FactTable } from '../facts/encounter.ts';
import { factTable } from '../facts/fact-table.ts';
import { encounterDifference } from '../suites/encounter-difference.ts';
import type { EncounterDifference } from '../suites/encounter-difference.ts';
import { expectationOf } from '../suites/expectation-of.ts';
import type { ExpectationDetail } from '../suites/expectation-of.ts';
import { buildCases, readyCases } from '../suites/ready-cases.ts';
import { compareVerdict } from '../suites/compare-verdict.ts';
import { parseSuite } from '../suites/parse-suite.ts';
import { outcomesIn } from '../suites/run-suite.ts';
import type { ReadyCase } from '../suites/run-suite.ts';
import type { Suite, SuiteCase } from '../suites/suite.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { insertYaml, setYaml } from '../yaml/edit-yaml.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import type { YamlNode } from '../yaml/parse-yaml.ts';
import type { YamlValue } from '../yaml/write-yaml.ts';
import { idFrom, uniqueId } from './names.ts';
import { encounterIds, freePath } from './new-encounter.ts';
import { encounterText, readEncounterText } from './what-if.ts';
import type { Subject } from './what-if.ts';

/** An encounter that is to become a case, with the verdict it has now as what must come out. */
export interface CaseRequest {
  /** The encounter, as the text of an encounter file. */
  readonly text: string;
  /** Where it was made from: its base and its parameters are taken over where they fit. */
  readonly from: Subject | null;
  /** The suite by its id, or one that is to be written. */
  readonly suite: string | NewSuite;
  readonly title: string;
  readonly detail: ExpectationDetail;
}

export interface NewSuite {
  readonly title: string;
  /** The folder in which its file is to stand: `testcases/hns`. */
  readonly folder: string;
}

export interface WrittenCase {
  readonly edits: readonly FileEdits[];
  readonly suite: string;
  readonly id: string;
  readonly title: string;
  /** The encounter it starts from, and whether that is a new file. */
  readonly base: string;
  readonly newBase: boolean;
  /** What it states beyond its base. */
  readonly difference: EncounterDifference;
  readonly verdict: Verdict;
  /** The case as it will stand in the suite. */
  readonly text: string;
}

/**
 * Writes a case whose expectation is the verdict of today.
 * It is written, read again and run before it is given back.
 * INVARIANT: the workspace with these edits has one case more, which passes, and no new mistake.
 */
export function writeCase(
  workspace: Workspace,
  request: CaseRequest,
): { readonly written: WrittenCase | null; readonly diagnostics: readonly Diagnostic[] } {
  const { encounter, diagnostics } = readEncounterText('trial.encounter.yaml', request.text, workspace);
  if (!encounter) return { written: null, diagnostics };
  const target = targetOf(workspace, request);
  const id = uniqueId(idFrom(request.title) || 'case', new Set(target.cases.map((it) => it.id)));
  const title = uniqueTitle(request.title.trim() || id, new Set(target.cases.map((it) => it.title)));
  const origin = originOf(workspace, request);
  const base = chooseBase(workspace, target, encounter, origin);
  const newFiles =
    base.text === null ? [] : [{ path: base.path, edits: [{ from: 0, to: 0, text: base.text }] }];

  const block = (expect: YamlValue): { readonly [key: string]: YamlValue } => ({
    id,
    ...(title === id ? {} : { title }),
    ...(base.path === target.base ? {} : { base: relativePath(target.path, base.path) }),
    ...(base.difference.given.length === 0
      ? {}
      : { given: Object.fromEntries(base.difference.given.map(({ path, value }) => [path, value])) }),
    ...(base.difference.without.length === 0 ? {} : { without: base.difference.without }),
    ...(origin?.withParameters && origin.suite === target.id ? { with: origin.withParameters } : {}),
    expect,
  });
  // Which policies judge is for the suite to say, so it is written once to be judged, and once with what came out.
  const alone: Target = { ...target, text: textOfSuite(target), isNew: true, cases: [] };
  const draft = readBack(workspace, alone, caseEdits(alone, block('pay')), base, id);
  const verdict = verdictOf(judge(draft.program, draft.table));
  const value = block(expectationOf(verdict, request.detail));
  const edits = caseEdits(target, value);
  mustPass(readBack(workspace, target, edits, base, id), id);
  return {
    written: {
      edits: [...newFiles, { path: target.path, edits }],
      suite: target.id,
      id,
      title,
      base: base.path,
      newBase: base.text !== null,
      difference: base.difference,
      verdict,
      text: applyTextEdits('', setYaml('', [], [value])),
    },
    diagnostics,
  };
}

/** The file in which the case is to stand. */
interface Target {
  readonly id: string;
  readonly path: string;
  readonly text: string;
  readonly isNew: boolean;
  readonly cases: readonly { readonly id: string; readonly title: string }[];
  readonly policies: readonly string[] | null;
  /** The path of the encounter from which its cases start. */
  readonly base: string | null;
  readonly bases: ReadonlySet<string>;
}

function targetOf(workspace: Workspace, { suite: wanted }: CaseRequest): Target {
  if (typeof wanted !== 'string') {
    const id = uniqueId(idFrom(wanted.title) || 'suite', new Set(workspace.suites.map((suite) => suite.id)));
    const path = `${wanted.folder}/${id}.suite.yaml`;
    if (workspace.files.has(path)) throw new Error(`${path} is there already`);
    const plain = { id, path, isNew: true, cases: [], policies: null, base: null, bases: new Set<string>() };
    const text = applyTextEdits('', setYaml('', [], { suite: id, title: wanted.title, cases: [] }));
    return { ...plain, text };
  }
  const suite = workspace.suites.find(({ id }) => id === wanted);
  if (!suite) throw new Error(`there is no suite ${wanted}`);
  const { path } = suite.source;
  return {
    id: suite.id,
    path,
    text: suite.source.text,
    isNew: false,
    cases: suite.cases,
    policies: suite.policies && suite.policies.map(({ text }) => text),
    base: suite.base && joinPath(path, suite.base.text),
    bases: new Set(suite.cases.map((suiteCase) => basePath(suite, suiteCase)).filter((it) => it !== null)),
  };
}

/** The suite without its cases: what it judges by, and where its cases start. */
function textOfSuite({ id, path, policies, base }: Target): string {
  const value = {
    suite: id,
    ...(policies ? { policies } : {}),
    ...(base === null ? {} : { base: relativePath(path, base) }),
    cases: [],
  };
  return applyTextEdits('', setYaml('', [], value));
}

function basePath(suite: Suite, suiteCase: SuiteCase): string | null {
  const base = suiteCase.base ?? suite.base;
  return base && joinPath(suite.source.path, base.text);
}

/** Where the encounter was made from: the file it starts from, and the parameters that its case sets. */
function originOf(
  { suites }: Workspace,
  { from }: CaseRequest,
): {
  readonly base: string | null;
  readonly suite: string | null;
  readonly withParameters: YamlValue | null;
} | null {
  if (!from) return null;
  if (from.kind === 'encounter') return { base: from.path, suite: null, withParameters: null };
  const suite = suites.find(({ id }) => id === from.suite);
  const suiteCase = suite?.cases.find(({ id }) => id === from.id);
  if (!suite || !suiteCase) return null;
  const parameters = suiteCase.with.map(({ name, value }): [string, YamlValue] => [name, valueOf(value)]);
  return {
    base: basePath(suite, suiteCase),
    suite: suite.id,
    withParameters: parameters.length === 0 ? null : Object.fromEntries(parameters),
  };
}

function valueOf(node: YamlNode): YamlValue {
  if (node.kind === 'scalar') return node.text;
  if (node.kind === 'list') return node.items.map(valueOf);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, valueOf(value)]));
}

/**
 * Beyond this many stated facts a case no longer says what is special about it, and gets an encounter of its own.
 * An encounter that was made by changing another stays with it in any case.
 */
const mostStated = 12;

interface Base {
  readonly path: string;
  /** The text of a new file, or null where the file is there. */
  readonly text: string | null;
  readonly difference: EncounterDifference;
}

/**
 * The encounter from which the case differs least. The suite's own base is preferred, then those that its other cases
 * and the origin start from; a stranger serves only where it is the very same encounter.
 */
function chooseBase(
  workspace: Workspace,
  target: Target,
  wanted: Encounter,
  origin: { readonly base: string | null } | null,
): Base {
  const sameAs = JSON.stringify(tableOf(wanted, workspace));
  const candidates = workspace.encounters.flatMap(({ path, encounter, table }) => {
    if (!encounter) return [];
    const own = path === target.base;
    const origins = path === origin?.base;
    if (!own && !origins && !target.bases.has(path)) {
      return JSON.stringify({ ...table, id: '' }) === sameAs
        ? [{ path, difference: { given: [], without: [], size: 0 }, rank: 2 }]
        : [];
    }
    const difference = encounterDifference(encounter, wanted, workspace.vocabulary);
    if (difference.size > mostStated && !origins) return [];
    return [{ path, difference, rank: difference.size + (own ? 0 : origins ? 1 : 2) }];
  });
  const [best] = candidates.toSorted((a, b) => a.rank - b.rank || (a.path < b.path ? -1 : 1));
  if (best) return { path: best.path, text: null, difference: best.difference };
  const id = uniqueId(idFrom(wanted.title) || wanted.id, encounterIds(workspace));
  const folder = `${target.path.slice(0, target.path.lastIndexOf('/'))}/encounters`;
  return {
    path: freePath(workspace, folder, id),
    text: encounterText({ ...wanted, id }, workspace.vocabulary),
    difference: { given: [], without: [], size: 0 },
  };
}

function tableOf(encounter: Encounter, { vocabulary }: Workspace): FactTable {
  return factTable({ ...encounter, id: '' }, vocabulary);
}

/** Behind the cases that are there; a new suite is written whole. */
function caseEdits({ text, cases, isNew }: Target, value: YamlValue): FileEdits['edits'] {
  const edits = insertYaml(text, ['cases'], cases.length, value);
  return isNew ? [{ from: 0, to: 0, text: applyTextEdits(text, edits) }] : edits;
}

function mustPass({ program, table, expect }: NonNullable<ReadyCase['ready']>, id: string): void {
  const judgement = judge(program, table);
  const differences = compareVerdict(expect, verdictOf(judgement), outcomesIn(judgement));
  if (differences.length > 0) throw new Error(`the case ${id} does not pass: ${JSON.stringify(differences)}`);
}

/** The case as it is read once it is written; a mistake here is one of ours. */
function readBack(
  workspace: Workspace,
  target: Target,
  edits: FileEdits['edits'],
  base: Base,
  id: string,
): NonNullable<ReadyCase['ready']> {
  const before = target.isNew ? '' : target.text;
  const source = createSource(target.path, applyTextEdits(before, edits));
  const reporter = createReporter(source);
  const root = parseYaml(source, reporter);
  const suite = root && parseSuite(source, root, reporter);
  const written = suite?.cases.filter((it) => it.id === id) ?? [];
  const encounters = new Map(workspace.encounters.map(({ path, encounter }) => [path, encounter]));
  if (base.text !== null)
    encounters.set(base.path, readEncounterText(base.path, base.text, workspace).encounter);
  const { policies, program, vocabulary, payers } = workspace;
  const alone = suite && { ...suite, cases: written };
  const built = alone && buildCases(alone, { vocabulary, payers, encounters });
  const found = built && readyCases(alone, built, { policies, program }).cases[0];
  if (!found?.ready)
    throw new Error(`the case ${id} of ${target.id} cannot be run: ${found?.error ?? 'not found'}`);
  return found.ready;
}

function uniqueTitle(title: string, taken: ReadonlySet<string>): string {
  if (!taken.has(title)) return title;
  for (let number = 2; ; number += 1) if (!taken.has(`${title} (${number})`)) return `${title} (${number})`;
}
