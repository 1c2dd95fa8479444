import { cqlReference } from './engines/cql-reference.ts';
import { node } from './engines/node.ts';
import { quickjs } from './engines/quickjs.ts';
import { cqlExecution } from './engines/cql-execution.ts';
import { duckdb } from './engines/duckdb.ts';
import { opa } from './engines/opa.ts';
import { pglite } from './engines/pglite.ts';
import { postgres } from './engines/postgres.ts';
import { spark } from './engines/spark.ts';
import { sqlite } from './engines/sqlite.ts';
import { feelin } from './engines/feelin.ts';
import { jsonRulesEngine } from './engines/json-rules-engine.ts';
import { kie } from './engines/kie.ts';
import { zen } from './engines/zen.ts';
import type { ConformanceEngine } from './engine.ts';

/** Every engine on which exports are proven, in the order of the targets. */
export const allEngines: readonly ConformanceEngine[] = [
  node,
  quickjs,
  jsonRulesEngine,
  sqlite,
  duckdb,
  pglite,
  postgres,
  spark,
  cqlExecution,
  cqlReference,
  opa,
  zen,
  feelin,
  kie,
];
