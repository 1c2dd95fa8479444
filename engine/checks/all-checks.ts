import type { Check } from './check.ts';
import { citations } from './citations.ts';
import { periods } from './periods.ts';

/** Every check, in the order in which it runs. */
export const allChecks: readonly Check[] = [citations, periods];
