import { allAtOnce } from '../base/steps.ts';
import type { Step } from '../base/steps.ts';
import type { Reporter, Diagnostic } from '../diagnostics/diagnostic.ts';
import { createReporter, hasErrors } from '../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../diagnostics/sort.ts';
import { allChecks } from '../checks/all-checks.ts';
import { compilePolicy } from '../evaluate/compile.ts';
import type { Epoch, Program } from '../evaluate/compile.ts';
import type { Encounter, FactTable, Vocabulary } from '../facts/encounter.ts';
import type { ParsedFact } from '../facts/parse-vocabulary.ts';
import type { Fact } from '../facts/vocabulary.ts';
import { createVocabulary, factTable } from '../facts/fact-table.ts';
import { parseEncounter } from '../facts/read-encounter.ts';
import type { KnownPayers } from '../facts/read-encounter.ts';
import { usualSettings } from '../language/parse-settings.ts';
import type { Settings, SettingsFile } from '../language/parse-settings.ts';
import type { CodeList, PolicySource, PolicySyntax } from '../language/syntax.ts';
import { intersect } from '../model/effective.ts';
import type { Policy } from '../model/policy.ts';
import { resolvePolicy } from '../model/resolve.ts';
import { buildCases, readyCases } from '../suites/ready-cases.ts';
import type { BuiltCase, CaseGround, CasePolicies } from '../suites/ready-cases.ts';
import type { ReadyCase } from '../suites/run-suite.ts';
import type { Suite } from '../suites/suite.ts';
import { reportUnknown } from '../yaml/reader.ts';
import { readFile } from './read-file.ts';
import type { ReadFile } from './read-file.ts';

export interface WorkspaceFile {
  readonly path: string;
  readonly text: string;
}

/** One encounter file; its encounter is null where it has mistakes, because then it must not be judged. */
export interface EncounterFile {
  readonly path: string;
  readonly encounter: Encounter | null;
  readonly table: FactTable | null;
}

/** All files as one value, with everything that follows from them. A change gives a new one, which shares what stayed. */
export interface Workspace {
  readonly files: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
  readonly vocabulary: Vocabulary;
  readonly payers: KnownPayers;
  readonly policies: readonly Policy[];
  readonly program: Program;
  readonly lists: readonly CodeList[];
  readonly sources: readonly PolicySource[];
  /** What the settings file says, or what holds without one. */
  readonly settings: Settings;
  readonly suites: readonly Suite[];
  readonly encounters: readonly EncounterFile[];
  readonly cases: readonly ReadyCase[];
  readonly memory: Memory;
}

/** Results of earlier readings, by the identity of what they were made from, so that a keystroke redoes only its own. */
interface Memory {
  /** Facts that the workspace adds. */
  readonly facts: readonly Fact[];
  readonly read: ReadonlyMap<string, ReadFile>;
  readonly encounters: ReadonlyMap<
    string,
    { readonly from: ReadFile; readonly file: EncounterFile; readonly diagnostics: readonly Diagnostic[] }
  >;
  readonly policies: ReadonlyMap<string, ResolvedPolicy>;
  readonly suites: ReadonlyMap<string, ReadySuite>;
}

interface ReadySuite {
  readonly from: Suite;
  readonly built: readonly BuiltCase[];
  readonly cases: readonly ReadyCase[];
  readonly diagnostics: readonly Diagnostic[];
}

interface ResolvedPolicy {
  readonly from: PolicySyntax;
  readonly base: PolicySyntax | null;
  readonly policy: Policy | null;
  readonly epochs: readonly Epoch[];
  readonly diagnostics: readonly Diagnostic[];
}

export function createWorkspace(files: readonly WorkspaceFile[]): Workspace {
  return allAtOnce(createWorkspaceInSteps(files));
}

/** The same, with a pause after each file, for whoever has something else to do in between. */
export function createWorkspaceInSteps(files: readonly WorkspaceFile[]): Generator<Step, Workspace> {
  return build(new Map(files.map(({ path, text }) => [path, text])), null);
}

/** The workspace after some files have changed; `text: null` removes one. */
export function updateWorkspace(
  workspace: Workspace,
  changes: readonly { readonly path: string; readonly text: string | null }[],
): Workspace {
  const files = new Map(workspace.files);
  for (const { path, text } of changes) {
    if (text === null) files.delete(path);
    else files.set(path, text);
  }
  return allAtOnce(build(files, workspace));
}

function* build(files: ReadonlyMap<string, string>, before: Workspace | null): Generator<Step, Workspace> {
  const read = new Map<string, ReadFile>();
  for (const path of [...files.keys()].toSorted()) {
    yield { done: read.size, total: files.size };
    const text = files.get(path)!;
    const known = before?.memory.read.get(path);
    read.set(path, known && known.source.text === text ? known : readFile(path, text));
  }
  const all = [...read.values()];
  const reporters = new Map<string, Reporter>();
  const reporterFor = (path: string): Reporter => {
    const known = reporters.get(path);
    if (known) return known;
    const reporter = createReporter(read.get(path)!.source);
    reporters.set(path, reporter);
    return reporter;
  };

  const facts = uniqueFacts(
    all.flatMap((file) => (file.kind === 'vocabulary' ? file.value : [])),
    reporterFor,
  );
  const known = before?.memory.facts ?? [];
  const vocabulary = before && sameItems(facts, known) ? before.vocabulary : createVocabulary(facts);
  const lists = uniqueById(
    all.flatMap((file) => (file.kind === 'list' && file.value ? [file.value] : [])),
    'list',
    reporterFor,
  );
  const sources = uniqueById(
    all.flatMap((file) => (file.kind === 'source' && file.value ? [file.value] : [])),
    'source',
    reporterFor,
  );
  const suites = uniqueById(
    all.flatMap((file) => (file.kind === 'suite' && file.value ? [file.value] : [])),
    'suite',
    reporterFor,
  );
  const settings = onlySettings(
    all.flatMap((file) => (file.kind === 'settings' && file.value ? [file.value] : [])),
    reporterFor,
  );
  const payerList = lists.find(({ id }) => id === 'payers');
  const payers = payersOf(payerList, before?.payers ?? null);

  const reuse = before && before.vocabulary === vocabulary ? before : null;
  const reuseEncounters = reuse?.payers === payers ? reuse : null;
  const encounters = new Map<
    string,
    { from: ReadFile; file: EncounterFile; diagnostics: readonly Diagnostic[] }
  >();
  for (const file of all) {
    if (file.kind !== 'encounter') continue;
    const known = reuseEncounters?.memory.encounters.get(file.path);
    encounters.set(file.path, known?.from === file ? known : readEncounterFile(file, vocabulary, payers));
  }

  const sameLists = reuse !== null && sameItems(lists, reuse.lists);
  const syntaxes = all.flatMap((file) => (file.kind === 'policy' && file.value ? [file.value] : []));
  const resolved = new Map<string, ResolvedPolicy>();
  const listMap = new Map(lists.map((list) => [list.id, list]));
  for (const { key, syntax, base } of layered(syntaxes, reporterFor)) {
    const known = sameLists ? reuse.memory.policies.get(key) : undefined;
    resolved.set(
      key,
      known?.from === syntax && known.base === base ? known : resolveOne(syntax, base, vocabulary, listMap),
    );
  }
  const policies = [...resolved.values()].flatMap(({ policy }) => (policy ? [policy] : []));
  const samePolicies = reuse !== null && sameItems(policies, reuse.policies);
  const program: Program = samePolicies
    ? reuse.program
    : {
        vocabulary,
        policies: [...resolved.values()].flatMap(({ policy, epochs }) =>
          policy ? [{ policy, epochs }] : [],
        ),
        codeSlot: vocabulary.slots.get('line.code')!,
      };
  reportPayers(syntaxes, payerList, reporterFor);
  for (const check of allChecks) check({ policies, lists, sources, reporterFor });

  const encounterMap = new Map([...encounters].map(([path, { file }]) => [path, file.encounter]));
  const sameEncounters =
    reuseEncounters !== null &&
    sameItems(
      [...encounters.values()].map(({ file }) => file),
      reuseEncounters.encounters,
    );
  const ground: CaseGround = { vocabulary, payers, encounters: encounterMap };
  const around: CasePolicies = { policies, program };
  const ready = new Map<string, ReadySuite>();
  for (const suite of suites) {
    const earlier = sameEncounters ? before?.memory.suites.get(suite.id) : undefined;
    const known = earlier?.from === suite ? earlier : undefined;
    if (known && samePolicies) {
      ready.set(suite.id, known);
      continue;
    }
    yield { done: files.size, total: files.size };
    const built = known?.built ?? buildCases(suite, ground);
    ready.set(suite.id, { from: suite, built, ...readyCases(suite, built, around) });
  }

  return {
    files,
    diagnostics: sortDiagnostics([
      ...all.flatMap(({ diagnostics }) => diagnostics),
      ...[...encounters.values()].flatMap(({ diagnostics }) => diagnostics),
      ...[...resolved.values()].flatMap(({ diagnostics }) => diagnostics),
      ...[...ready.values()].flatMap(({ diagnostics }) => diagnostics),
      ...[...reporters.values()].flatMap(({ diagnostics }) => diagnostics),
    ]),
    vocabulary,
    payers,
    policies: samePolicies ? reuse.policies : policies,
    program,
    lists: sameLists ? reuse.lists : lists,
    sources,
    settings,
    suites,
    encounters: sameEncounters
      ? reuseEncounters.encounters
      : [...encounters.values()].map(({ file }) => file),
    cases: [...ready.values()].flatMap(({ cases }) => cases),
    memory: { facts, read, encounters, policies: resolved, suites: ready },
  };
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

function payersOf(list: CodeList | undefined, before: KnownPayers): KnownPayers {
  if (!list) return null;
  const payers = new Set(list.entries.map(({ value }) => value));
  const same =
    before !== null && before.size === payers.size && [...payers].every((payer) => before.has(payer));
  return same ? before : payers;
}

function readEncounterFile(
  file: Extract<ReadFile, { kind: 'encounter' }>,
  vocabulary: Vocabulary,
  payers: KnownPayers,
) {
  const reporter = createReporter(file.source);
  const encounter = file.value && parseEncounter(file.source, file.value, vocabulary, payers, reporter);
  const judgeable =
    encounter && !hasErrors(file.diagnostics) && !hasErrors(reporter.diagnostics) ? encounter : null;
  return {
    from: file,
    file: { path: file.path, encounter: judgeable, table: judgeable && factTable(judgeable, vocabulary) },
    diagnostics: reporter.diagnostics,
  };
}

function resolveOne(
  syntax: PolicySyntax,
  base: PolicySyntax | null,
  vocabulary: Vocabulary,
  lists: ReadonlyMap<string, CodeList>,
): ResolvedPolicy {
  const reporter = createReporter(syntax.source);
  const policy = resolvePolicy(syntax, base, { vocabulary, lists }, reporter);
  return {
    from: syntax,
    base,
    policy,
    epochs: policy ? compilePolicy(policy, vocabulary) : [],
    diagnostics: reporter.diagnostics,
  };
}

/** Every revision, and an overlay once for each revision of its base with which it shares days. */
function layered(
  syntaxes: readonly PolicySyntax[],
  reporterFor: (path: string) => Reporter,
): readonly { key: string; syntax: PolicySyntax; base: PolicySyntax | null }[] {
  const ids = new Set(syntaxes.map(({ id }) => id));
  return syntaxes.flatMap((syntax): { key: string; syntax: PolicySyntax; base: PolicySyntax | null }[] => {
    const own = { key: syntax.source.path, syntax, base: null };
    if (!syntax.extends) return [own];
    const { text, node } = syntax.extends;
    const reporter = reporterFor(syntax.source.path);
    if (!ids.has(text)) {
      reportUnknown('unknown-policy', node, text, ids, 'a policy', reporter);
      return [own];
    }
    const bases = syntaxes.filter(({ id }) => id === text);
    if (bases.some((base) => base.extends !== null)) {
      reporter.report(
        'circular-extends',
        node,
        `\`${text}\` itself extends another policy, and an overlay can only be laid over a plain one`,
        'extend the plain policy',
      );
      return [own];
    }
    return bases.flatMap((base) => {
      const shared = intersect(syntax, base);
      if (!shared) return [];
      return [
        {
          key: `${syntax.source.path} over ${base.source.path}`,
          syntax: shared.from === syntax.from && shared.to === syntax.to ? syntax : { ...syntax, ...shared },
          base,
        },
      ];
    });
  });
}

function reportPayers(
  syntaxes: readonly PolicySyntax[],
  list: CodeList | undefined,
  reporterFor: (path: string) => Reporter,
): void {
  if (!list) return;
  const known = list.entries.map(({ value }) => value);
  for (const { source, payers } of syntaxes) {
    for (const { text, node } of payers ?? []) {
      if (!known.includes(text))
        reportUnknown('unknown-payer', node, text, known, 'a payer', reporterFor(source.path));
    }
  }
}

/** A fact is added once; of two the first by path is used. */
function uniqueFacts(
  parsed: readonly ParsedFact[],
  reporterFor: (path: string) => Reporter,
): readonly Fact[] {
  const seen = new Map<string, ParsedFact>();
  for (const item of parsed) {
    const first = seen.get(item.fact.path);
    if (!first) {
      seen.set(item.fact.path, item);
      continue;
    }
    reporterFor(item.place.path).report(
      'duplicate-id',
      { span: item.place, yamlPath: item.place.yamlPath },
      `the fact \`${item.fact.path}\` is also in ${first.place.path}, line ${first.place.line}, which is used`,
      'remove one of the two',
    );
  }
  return [...seen.values()].map(({ fact }) => fact);
}

/** A workspace has one settings file; of two the first by path is used. */
function onlySettings(files: readonly SettingsFile[], reporterFor: (path: string) => Reporter): Settings {
  const [first, ...others] = files;
  for (const { id, place } of others) {
    reporterFor(place.path).report(
      'duplicate-id',
      { span: place, yamlPath: place.yamlPath },
      `the settings \`${id}\` are a second settings file, and ${first!.place.path} is used`,
      'put everything into one of the two, and remove the other',
    );
  }
  return first?.settings ?? usualSettings;
}

/** Ids name one thing each; of two files with the same id the first by path is used. */
function uniqueById<
  T extends {
    readonly id: string;
    readonly place: {
      readonly path: string;
      readonly from: number;
      readonly to: number;
      readonly yamlPath: string;
    };
  },
>(items: readonly T[], what: string, reporterFor: (path: string) => Reporter): readonly T[] {
  const seen = new Map<string, T>();
  for (const item of items) {
    const first = seen.get(item.id);
    if (!first) {
      seen.set(item.id, item);
      continue;
    }
    reporterFor(item.place.path).report(
      'duplicate-id',
      { span: item.place, yamlPath: item.place.yamlPath },
      `the ${what} \`${item.id}\` is also in ${first.place.path}, which is used`,
      'give one of the two another id',
    );
  }
  return [...seen.values()];
}
