import type { Truth } from '#engine';

import './marks.css';

const signs = {
  true: { sign: '✓', word: 'holds' },
  false: { sign: '✗', word: 'does not hold' },
  unknown: { sign: '?', word: 'not known' },
} as const;

/** ✓, ✗ or ? with the word for those who hear it. */
export function TruthMark({ truth }: { readonly truth: Truth }) {
  const { sign, word } = signs[String(truth) as keyof typeof signs];
  return (
    <span className={`truth truth-${String(truth)}`}>
      <span aria-hidden="true">{sign}</span>
      <span className="visually-hidden">{word}: </span>
    </span>
  );
}
