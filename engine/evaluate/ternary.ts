import type { Truth } from './outcome.ts';

/** Three-valued truth as a small number, so that closures stay fast. */
export type Ternary = 0 | 1 | 2;
export const no = 0;
export const yes = 1;
export const unknown = 2;

export function truthOf(value: Ternary): Truth {
  return value === unknown ? 'unknown' : value === yes;
}

export function negate(value: Ternary): Ternary {
  return value === unknown ? unknown : value === yes ? no : yes;
}
