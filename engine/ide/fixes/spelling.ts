import { write } from './fix.ts';
import type { Fixer } from './fix.ts';

/** Did you mean: the known names, likeliest first. */
export const anotherName: Fixer = (mistake) => {
  const { fix, choices = [] } = mistake.diagnostic;
  const names = [...new Set([...(fix ? [fix.text] : []), ...choices])];
  return names.flatMap((name) => write(mistake, name));
};
