import { placeOf } from '../base/source.ts';
import type { Source } from '../base/source.ts';
import type { Reporter } from '../diagnostics/diagnostic.ts';
import { decisions, ruleOutcomes } from '../evaluate/outcome.ts';
import type { YamlMap, YamlNode } from '../yaml/parse-yaml.ts';
import {
  describe,
  requireKey,
  takeHead,
  takeDay,
  takeId,
  takeKeys,
  takeList,
  takeMap,
  takeNumber,
  takeOneOf,
  takeScalar,
  takeText,
} from '../yaml/reader.ts';
import type { Expectation, KnownGap, SubjectExpectation, Suite, SuiteCase, TextNode } from './suite.ts';

export const suiteKeys = ['suite', 'title', 'remark', 'policies', 'base', 'now', 'cases'] as const;
export const caseKeys = [
  'id',
  'title',
  'remark',
  'base',
  'given',
  'without',
  'with',
  'expect',
  'skip',
  'knownGap',
] as const;
export const subjectKeys = [
  'decision',
  'violates',
  'undetermined',
  'supportableUnits',
  'messages',
  'outcomes',
] as const;

export const expectationKeys = ['visit', 'lines'] as const;
export const gapKeys = ['owner', 'reason', 'until'] as const;

/** Reads a suite. A case that was written wrongly stays, without its expectation, so that it is counted as errored. */
export function parseSuite(source: Source, root: YamlNode, reporter: Reporter): Suite | null {
  const map = takeMap(root, 'a suite file', reporter);
  if (!map) return null;
  const keys = takeKeys(map, suiteKeys, 'a suite', reporter);
  const { id, idNode, title } = takeHead('suite', keys, map, reporter);
  const now = keys.now ? takeDay(keys.now, '`now`', reporter) : null;
  const casesNode = requireKey(keys.cases, 'cases', map, 'the suite', reporter);
  const list = casesNode && takeList(casesNode, '`cases`', reporter);
  if (list?.items.length === 0)
    reporter.report('suite-empty', list, 'the suite runs nothing', 'write the first case: `- id: its-name`');
  const cases: SuiteCase[] = [];
  for (const item of list?.items ?? []) {
    const parsed = parseCase(source, item, reporter);
    if (!parsed) continue;
    if (cases.some((other) => other.id === parsed.id)) {
      reporter.report(
        'duplicate-id',
        item,
        `the case \`${parsed.id}\` stands twice`,
        'give one of the two another id',
      );
      continue;
    }
    cases.push(parsed);
  }
  if (!id) return null;
  return {
    id,
    title,
    source,
    policies: keys.policies ? texts(keys.policies, '`policies`', reporter) : null,
    base: textNode(keys.base, '`base`', reporter),
    now,
    cases,
    place: placeOf(source, idNode.span, 'suite'),
  };
}

function parseCase(source: Source, node: YamlNode, reporter: Reporter): SuiteCase | null {
  const map = takeMap(node, 'a case', reporter);
  if (!map) return null;
  const keys = takeKeys(map, caseKeys, 'a case', reporter);
  const idNode = requireKey(keys.id, 'id', map, 'the case', reporter);
  const id = idNode && takeId(idNode, 'the case id', reporter);
  if (!id) return null;
  const title = keys.title ? takeText(keys.title, 'the title', reporter) : null;
  if (keys.remark) takeText(keys.remark, 'a remark', reporter);
  const given = keys.given && takeMap(keys.given, '`given`', reporter);
  const withMap = keys.with && takeMap(keys.with, '`with`', reporter);
  const expectNode = requireKey(
    keys.expect,
    'expect',
    map,
    'the case',
    reporter,
    'say what must be decided: `expect: pay`, or lines with their decisions',
  );
  return {
    id,
    title: title ?? id,
    base: textNode(keys.base, '`base`', reporter),
    given:
      given?.entries.map(({ key, value, keySpan }) => ({
        path: key,
        value,
        at: { ...value, span: keySpan },
      })) ?? [],
    without: keys.without ? texts(keys.without, '`without`', reporter) : [],
    with: withMap?.entries.map(({ key, value }) => ({ name: key, value })) ?? [],
    expect: expectNode && parseExpectation(expectNode, reporter),
    skip: keys.skip ? takeText(keys.skip, 'the reason', reporter) : null,
    knownGap: keys.knownGap ? parseGap(keys.knownGap, reporter) : null,
    place: placeOf(source, idNode.span, map.yamlPath),
    node: map,
  };
}

function parseGap(node: YamlNode, reporter: Reporter): KnownGap | null {
  const map = takeMap(node, '`knownGap`', reporter);
  if (!map) return null;
  const keys = takeKeys(map, gapKeys, '`knownGap`', reporter);
  const owner = requireKey(keys.owner, 'owner', map, 'the known gap', reporter);
  const reason = requireKey(keys.reason, 'reason', map, 'the known gap', reporter);
  const until = requireKey(
    keys.until,
    'until',
    map,
    'the known gap',
    reporter,
    'say when it expires: `until: 2027-01-01`',
  );
  const day = until && takeDay(until, '`until`', reporter);
  const ownerText = owner && takeText(owner, 'the owner', reporter);
  const reasonText = reason && takeText(reason, 'the reason', reporter);
  return day !== null && ownerText && reasonText
    ? { owner: ownerText, reason: reasonText, until: day }
    : null;
}

const nothing: SubjectExpectation = {
  decision: null,
  violates: [],
  undetermined: [],
  supportableUnits: null,
  messages: null,
  outcomes: [],
  node: null,
};

/** `pay` for everything, or a block of the visit and the lines. */
function parseExpectation(node: YamlNode, reporter: Reporter): Expectation | null {
  if (node.kind === 'scalar') {
    if (node.text === 'pay') return { lines: new Map(), visit: { ...nothing, decision: 'pay', node } };
    reporter.report(
      'unknown-value',
      node,
      `an expectation cannot be ${describe(node)}`,
      'write `expect: pay` where everything is paid, otherwise name the lines',
    );
    return null;
  }
  const map = takeMap(node, 'an expectation', reporter);
  if (!map) return null;
  if (map.entries.length === 0) {
    reporter.report(
      'expectation-empty',
      node,
      'the expectation says nothing',
      'write `expect: pay` where everything is paid',
    );
    return null;
  }
  const keys = takeKeys(map, expectationKeys, 'an expectation', reporter);
  const visit = keys.visit ? parseSubject(keys.visit, 'the visit', reporter) : nothing;
  const linesMap = keys.lines ? takeMap(keys.lines, '`lines`', reporter) : undefined;
  const lines = new Map<number, SubjectExpectation>();
  let wrong =
    visit === null || linesMap === null || map.entries.some(({ key }) => key !== 'visit' && key !== 'lines');
  for (const entry of linesMap?.entries ?? []) {
    const at = { span: entry.keySpan, yamlPath: entry.value.yamlPath };
    if (!/^[1-9]\d?$/.test(entry.key)) {
      reporter.report(
        'unknown-line',
        at,
        `\`${entry.key}\` is not the number of a line`,
        'count the lines from 1',
      );
      wrong = true;
      continue;
    }
    const subject = parseSubject(entry.value, `line ${entry.key}`, reporter);
    if (subject && subject.decision === null) {
      requireKey(
        undefined,
        'decision',
        entry.value as YamlMap,
        `line ${entry.key}`,
        reporter,
        'add `decision: deny`, or what is expected',
      );
      wrong = true;
    }
    if (subject) lines.set(Number(entry.key), subject);
    else wrong = true;
  }
  return wrong ? null : { lines, visit: visit! };
}

function parseSubject(node: YamlNode, what: string, reporter: Reporter): SubjectExpectation | null {
  const map = takeMap(node, what, reporter);
  if (!map) return null;
  const before = reporter.diagnostics.length;
  const keys = takeKeys(map, subjectKeys, `the expectation of ${what}`, reporter);
  const outcomes = keys.outcomes ? takeMap(keys.outcomes, '`outcomes`', reporter) : null;
  const subject: SubjectExpectation = {
    decision: keys.decision ? takeOneOf(keys.decision, decisions, 'a decision', reporter) : null,
    violates: keys.violates ? texts(keys.violates, '`violates`', reporter) : [],
    undetermined: keys.undetermined ? texts(keys.undetermined, '`undetermined`', reporter) : [],
    supportableUnits: keys.supportableUnits
      ? takeNumber(keys.supportableUnits, '`supportableUnits`', reporter)
      : null,
    messages: keys.messages ? texts(keys.messages, '`messages`', reporter).map(({ text }) => text) : null,
    outcomes:
      outcomes?.entries.flatMap((entry) => {
        const outcome = takeOneOf(entry.value, ruleOutcomes, 'an outcome of a rule', reporter);
        return outcome ? [{ rule: entry.key, at: { ...entry.value, span: entry.keySpan }, outcome }] : [];
      }) ?? [],
    node,
  };
  return reporter.diagnostics.slice(before).some(({ severity }) => severity === 'error') ? null : subject;
}

function texts(node: YamlNode, what: string, reporter: Reporter): readonly TextNode[] {
  const list = takeList(node, what, reporter);
  return list?.items.flatMap((item) => textNode(item, `an entry of ${what}`, reporter) ?? []) ?? [];
}

function textNode(node: YamlNode | undefined, what: string, reporter: Reporter): TextNode | null {
  const scalar = node && takeScalar(node, what, reporter);
  return scalar ? { text: scalar.text, node: scalar } : null;
}
