import { Engine } from 'json-rules-engine';
import type { RuleProperties, RuleResult } from 'json-rules-engine';
import { checkRules } from './check-rules.ts';
import { ownOperators } from './operators.ts';
import { resolvePath } from './path-resolver.ts';
import type { EngineRule, EngineValue } from './to-rules.ts';

/** The facts of one run: every one an object of plain values, all of them always there. */
export type EngineFacts = Readonly<Record<string, Readonly<Record<string, EngineValue>>>>;

/** What came of every rule, by name. */
export type EngineResults = ReadonlyMap<string, RuleResult>;

export type Runner = (facts: EngineFacts) => Promise<EngineResults>;

/**
 * A real Engine, and the only way to it.
 *
 * Two runs of one Engine that overlap lose rules without a word, since the state of a run belongs to the Engine.
 * So a run waits until the one before it has ended, however many are asked for at once.
 */
export function createRunner(rules: readonly EngineRule[]): Runner {
  checkRules(rules);
  const engine = new Engine([], { pathResolver: resolvePath });
  for (const operator of ownOperators()) engine.addOperator(operator);
  // The engine changes what it is given, so it is given a copy.
  for (const rule of rules) engine.addRule(JSON.parse(JSON.stringify(rule)) as RuleProperties);
  let last: Promise<unknown> = Promise.resolve();
  return (facts) => {
    const run = last.then(
      () => runOnce(engine, rules, facts),
      () => runOnce(engine, rules, facts),
    );
    last = run;
    return run;
  };
}

async function runOnce(
  engine: Engine,
  rules: readonly EngineRule[],
  facts: EngineFacts,
): Promise<EngineResults> {
  const { results, failureResults } = await engine.run(facts);
  const byName = new Map([...results, ...failureResults].map((result) => [result.name, result]));
  if (byName.size !== rules.length)
    throw new Error(`the engine answered for ${byName.size} of ${rules.length} rules`);
  return byName;
}
