import { javascript } from './javascript/target.ts';
import { jsonRulesEngine } from './json-rules-engine/target.ts';
import { cql } from './cql/target.ts';
import { dmn } from './dmn/target.ts';
import { opa } from './opa/target.ts';
import { gorules } from './gorules/target.ts';
import { sql } from './sql/target.ts';
import { decisionTable } from './decision-table/target.ts';
import { manual } from './manual/target.ts';
import type { Target } from './target.ts';

/** Every target, in the order in which they are offered. */
export const allTargets: readonly Target[] = [
  javascript,
  jsonRulesEngine,
  sql,
  cql,
  gorules,
  dmn,
  opa,
  decisionTable,
  manual,
];
