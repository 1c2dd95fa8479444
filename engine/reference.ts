/** The second door: the evaluator of reference. Apart from `index.ts`, so that json-rules-engine stays out of the browser's bundle. */
export { createReference, judgeWithReference } from './json-rules-engine/judge-with-reference.ts';
export type { Reference, ReferenceJudgement } from './json-rules-engine/judge-with-reference.ts';
