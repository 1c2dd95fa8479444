import type { LineVerdict, Verdict } from '../evaluate/outcome.ts';
import { eachRuleOnce } from '../evaluate/verdict.ts';
import type { YamlValue } from '../yaml/write-yaml.ts';

/** What of a verdict an expectation states beyond decisions and rules, which it always states. */
export interface ExpectationDetail {
  /** The supportable units of every line that has some. */
  readonly units: boolean;
  /** The messages of the rules that are violated, word for word. */
  readonly messages: boolean;
}

/** A verdict as the expectation of a case; `pay` alone where there is nothing else to say. */
export function expectationOf(verdict: Verdict, detail: ExpectationDetail): YamlValue {
  const lines = verdict.lines.flatMap((line): [string, YamlValue][] => {
    const units: { readonly [key: string]: YamlValue } =
      detail.units && line.supportableUnits !== null
        ? { supportableUnits: String(line.supportableUnits) }
        : {};
    const found = findings(line, detail);
    // What is not listed is paid, with nothing violated or undetermined.
    if (line.decision === 'pay' && Object.keys({ ...found, ...units }).length === 0) return [];
    return [[String(line.line), { decision: line.decision, ...found, ...units }]];
  });
  const visit = findings(verdict.visit, detail);
  const own: { readonly [key: string]: YamlValue } =
    Object.keys(visit).length === 0 ? {} : { visit: { decision: verdict.decision, ...visit } };
  if (lines.length === 0 && Object.keys(own).length === 0) return 'pay';
  return lines.length === 0 ? own : { ...own, lines: Object.fromEntries(lines) };
}

function findings(
  { violated, undetermined }: Pick<LineVerdict, 'violated' | 'undetermined'>,
  { messages }: ExpectationDetail,
): { readonly [key: string]: YamlValue } {
  return {
    ...(violated.length === 0 ? {} : { violates: violated.map(({ rule }) => rule) }),
    ...(undetermined.length === 0
      ? {}
      : { undetermined: eachRuleOnce(undetermined).map(({ rule }) => rule) }),
    ...(messages && violated.length > 0 ? { messages: violated.map(({ message }) => message) } : {}),
  };
}
