import { joinPath } from '../base/paths.ts';
import { createReporter } from '../diagnostics/diagnostic.ts';
import type { Diagnostic, Reporter } from '../diagnostics/diagnostic.ts';
import { compilePolicy } from '../evaluate/compile.ts';
import type { Program } from '../evaluate/compile.ts';
import type { Encounter, FactTable, Vocabulary } from '../facts/encounter.ts';
import { factTable } from '../facts/fact-table.ts';
import type { KnownPayers } from '../facts/read-encounter.ts';
import { withParameters } from '../model/bind.ts';
import type { Condition, KnownValue, Operand } from '../model/condition.ts';
import { walk } from '../model/condition.ts';
import type { Policy } from '../model/policy.ts';
import { reportUnknown } from '../yaml/reader.ts';
import { buildEncounter, overrideValue } from './build-case.ts';
import type { Expectation, Suite, SuiteCase, TextNode } from './suite.ts';
import type { ReadyCase } from './run-suite.ts';

/** What the encounters of cases are built from; every encounter file by its path (null = it has errors). */
export interface CaseGround {
  readonly vocabulary: Vocabulary;
  readonly payers: KnownPayers;
  readonly encounters: ReadonlyMap<string, Encounter | null>;
}

/** The policies that judge, and the same ones made executable, in the same order. */
export interface CasePolicies {
  readonly policies: readonly Policy[];
  readonly program: Program;
}

/** The encounter of one case. It does not depend on any policy, so it outlives every change of one. */
export interface BuiltCase {
  readonly encounter: Encounter | null;
  readonly table: FactTable | null;
  /** Why there is none, where the mistake stands in another file. */
  readonly why: string | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** The encounters of a suite, one for each case in its order. */
export function buildCases(suite: Suite, ground: CaseGround): readonly BuiltCase[] {
  return suite.cases.map((suiteCase) => {
    const reporter = createReporter(suite.source);
    const { encounter: base, why } = baseOf(suite, suiteCase, ground, reporter);
    const { vocabulary, payers } = ground;
    const reading = { source: suite.source, vocabulary, payers, reporter };
    const encounter = base && buildEncounter(base, suiteCase, reading);
    const { diagnostics } = reporter;
    return { encounter, table: encounter && factTable(encounter, vocabulary), why, diagnostics };
  });
}

/** Every case of a suite, ready to run, with whatever dangles reported: a reference to nothing is never a pass. */
export function readyCases(
  suite: Suite,
  built: readonly BuiltCase[],
  around: CasePolicies,
): { cases: readonly ReadyCase[]; diagnostics: readonly Diagnostic[] } {
  const reporter = createReporter(suite.source);
  const policyIds = new Set(around.policies.map(({ id }) => id));
  for (const { text, node } of suite.policies ?? []) {
    if (!policyIds.has(text)) reportUnknown('unknown-policy', node, text, policyIds, 'a policy', reporter);
  }
  const { policies, program } = chosenBy(suite, around);
  const ruleIds = new Set(policies.flatMap(({ rules }) => rules.map(({ id }) => id)));
  const suiteIsWrong = reporter.diagnostics.length > 0;
  const cases = suite.cases.map((suiteCase, index): ReadyCase => {
    const { encounter, table, why, diagnostics } = built[index]!;
    const before = reporter.diagnostics.length;
    const overridden = overridePolicies(suiteCase, policies, reporter);
    if (suiteCase.expect) checkExpectation(suiteCase.expect, encounter, ruleIds, reporter);
    const error =
      why ??
      diagnostics[0]?.message ??
      reporter.diagnostics[before]?.message ??
      (suiteCase.expect ? null : 'its expectation is not written as expectations are') ??
      (suiteIsWrong ? 'its suite names a policy that does not exist' : null);
    const { expect } = suiteCase;
    return {
      suite: suite.id,
      suiteTitle: suite.title,
      id: suiteCase.id,
      title: suiteCase.title,
      path: suite.source.path,
      place: suiteCase.place,
      skip: suiteCase.skip,
      knownGap: suiteCase.knownGap,
      error,
      ready:
        error === null && encounter && table && expect
          ? { encounter, table, program: programOf(overridden, policies, program), expect }
          : null,
    };
  });
  return {
    cases,
    diagnostics: [...built.flatMap(({ diagnostics }) => diagnostics), ...reporter.diagnostics],
  };
}

/** By what a case would be judged under other policies, such as an earlier version's: what they do not have is left out. */
export function programUnder(suite: Suite, suiteCase: SuiteCase, around: CasePolicies): Program {
  const { policies, program } = chosenBy(suite, around);
  return programOf(overridePolicies(suiteCase, policies, createReporter(suite.source)), policies, program);
}

/** The policies that a suite names; all, where it names none. */
function chosenBy(suite: Suite, around: CasePolicies): CasePolicies {
  if (!suite.policies) return around;
  const chosen = new Set(suite.policies.map(({ text }) => text));
  const { program } = around;
  return {
    policies: around.policies.filter(({ id }) => chosen.has(id)),
    program: { ...program, policies: program.policies.filter(({ policy }) => chosen.has(policy.id)) },
  };
}

/** The program of a case: what its parameters do not touch is not compiled again. */
function programOf(overridden: readonly Policy[], policies: readonly Policy[], program: Program): Program {
  if (overridden === policies) return program;
  return {
    ...program,
    policies: overridden.map((policy, index) =>
      policy === policies[index]
        ? program.policies[index]!
        : { policy, epochs: compilePolicy(policy, program.vocabulary) },
    ),
  };
}

function baseOf(
  suite: Suite,
  suiteCase: SuiteCase,
  around: CaseGround,
  reporter: Reporter,
): { encounter: Encounter | null; why: string | null } {
  const base = suiteCase.base ?? suite.base;
  if (!base) {
    reporter.report(
      'missing-key',
      { span: suiteCase.place, yamlPath: suiteCase.place.yamlPath },
      'the case has no encounter to start from',
      'add `base: encounters/name.encounter.yaml` to the suite or the case',
    );
    return { encounter: null, why: null };
  }
  const path = joinPath(suite.source.path, base.text);
  const encounter = around.encounters.get(path);
  if (encounter === undefined) {
    reportMissingBase(base, path, around, reporter);
    return { encounter: null, why: null };
  }
  return { encounter, why: encounter === null ? `its encounter ${path} has mistakes` : null };
}

function reportMissingBase(base: TextNode, path: string, around: CaseGround, reporter: Reporter): void {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const near = [...around.encounters.keys()]
    .filter((other) => other.startsWith(folder))
    .map((other) => base.text.slice(0, base.text.lastIndexOf('/') + 1) + other.slice(folder.length));
  reportUnknown('unknown-encounter', base.node, base.text, near, 'an encounter file', reporter);
}

/** The policies with the case's parameters; the very same array where it sets none. */
function overridePolicies(
  suiteCase: SuiteCase,
  policies: readonly Policy[],
  reporter: Reporter,
): readonly Policy[] {
  if (suiteCase.with.length === 0) return policies;
  const overrides = new Map<string, KnownValue>();
  for (const { name, value } of suiteCase.with) {
    const dot = name.indexOf('.');
    const parameterName = dot === -1 ? name : name.slice(dot + 1);
    const holders = policies.filter(
      ({ id, parameters }) =>
        (dot === -1 || id === name.slice(0, dot)) &&
        parameters.some((parameter) => parameter.name === parameterName),
    );
    const ids = new Set(holders.map(({ id }) => id));
    if (ids.size !== 1) {
      const known = policies.flatMap(({ id, parameters }) =>
        parameters.map((parameter) =>
          ids.size === 0 && dot === -1 ? parameter.name : `${id}.${parameter.name}`,
        ),
      );
      if (ids.size === 0) reportUnknown('unknown-name', value, name, known, 'a parameter', reporter);
      else
        reporter.report(
          'unknown-name',
          value,
          `\`${name}\` is a parameter of several policies`,
          `write ${[...ids].map((id) => `\`${id}.${name}\``).join(' or ')}`,
        );
      continue;
    }
    const like = valueLike(holders[0]!, parameterName);
    const typed = like === null ? null : overrideValue(value, like, reporter);
    if (typed !== null) overrides.set(name, typed);
  }
  return withParameters(policies, overrides);
}

/** A value the parameter has where it is used, which shows its type. */
function valueLike(policy: Policy, name: string): KnownValue | null {
  const operands = function* (operand: Operand): Generator<Operand> {
    yield operand;
    if (operand.kind === 'fact' && operand.plus) yield* operands(operand.plus);
    if (operand.kind === 'within') {
      yield* operands(operand.of);
      yield* operands(operand.days);
    }
  };
  const conditions = policy.rules
    .flatMap(({ when, require, unless }) => [when, require, unless])
    .concat(policy.derived.map(({ where }) => where));
  const tests = conditions.flatMap((condition: Condition | null) => (condition ? [...walk(condition)] : []));
  const all = tests.flatMap((condition) =>
    condition.kind === 'test' ? [...operands(condition.operand)] : [],
  );
  if (policy.timeRule) all.push(policy.timeRule.codes);
  if (policy.timeRule?.minimumMinutes) all.push(policy.timeRule.minimumMinutes);
  for (const { message } of policy.rules)
    all.push(...message.flatMap((part) => (part.kind === 'operand' ? [part.operand] : [])));
  const found = all.find((operand) => operand.kind === 'dated' && operand.name === name);
  return found?.kind === 'dated' ? (found.values[0]?.value ?? null) : null;
}

function checkExpectation(
  expect: Expectation,
  encounter: Encounter | null,
  ruleIds: ReadonlySet<string>,
  reporter: Reporter,
): void {
  const rule = (text: string, node: TextNode['node']) => {
    if (!ruleIds.has(text)) reportUnknown('unknown-rule', node, text, ruleIds, 'a rule', reporter);
  };
  for (const [number, subject] of expect.lines) {
    if (encounter && number > encounter.lines.length) {
      reporter.report(
        'unknown-line',
        subject.node!,
        `there is no line ${number} in this encounter, which has ${encounter.lines.length}`,
        'mend the number of the line',
      );
    }
  }
  for (const subject of [expect.visit, ...expect.lines.values()]) {
    for (const { text, node } of [...subject.violates, ...subject.undetermined]) rule(text, node);
    for (const { rule: id, at } of subject.outcomes) rule(id, at);
  }
}
