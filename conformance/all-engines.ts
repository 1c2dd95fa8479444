import type { ConformanceEngine } from './engine.ts';

/** Every engine on which exports are proven, in the order of the targets. */
export const allEngines: readonly ConformanceEngine[] = [];
