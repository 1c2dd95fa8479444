import type { ReactNode } from 'react';

import type { Decision } from '#engine';

import { decisionWords } from './words.ts';
import './marks.css';

/** A decision as colour, shape and word. */
export function DecisionMark({ decision }: { readonly decision: Decision }) {
  return (
    <span className={`decision decision-${decision}`}>
      <DecisionShape decision={decision} />
      {decisionWords[decision]}
    </span>
  );
}

/** The shape alone, where the word stands beside it. No two decisions share one, so colour is never needed. */
export function DecisionShape({ decision }: { readonly decision: Decision }) {
  return (
    <svg className={`shape shape-${decision}`} width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      {shapes[decision]}
    </svg>
  );
}

const cut = { stroke: 'var(--shape-cut)', strokeWidth: 1.4, strokeLinecap: 'round', fill: 'none' } as const;
const edge = { stroke: 'currentColor', strokeWidth: 1.4, fill: 'none' } as const;

const shapes = {
  deny: (
    <>
      <path d="M3.7.5h4.6l3.2 3.2v4.6l-3.2 3.2H3.7L.5 8.3V3.7Z" fill="currentColor" />
      <path d="m4.2 4.2 3.6 3.6m0-3.6L4.2 7.8" {...cut} />
    </>
  ),
  review: (
    <>
      <path d="M6 .6 11.6 11H.4Z" fill="currentColor" strokeLinejoin="round" />
      <path d="M6 4.4v3M6 9.2v.1" {...cut} />
    </>
  ),
  reduce: (
    <>
      <rect x=".5" y=".5" width="11" height="11" rx="2" fill="currentColor" />
      <path d="M6 3v5.4M3.8 6.4 6 8.7l2.2-2.3" {...cut} />
    </>
  ),
  'needs-record': (
    <>
      <circle cx="6" cy="6" r="5.1" {...edge} strokeDasharray="2.2 1.8" />
      <circle cx="6" cy="6" r="1.3" fill="currentColor" />
    </>
  ),
  advise: (
    <>
      <path d="M6 .9 11.1 6 6 11.1.9 6Z" {...edge} />
      <path d="M6 4v2.2M6 8v.1" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" />
    </>
  ),
  pay: (
    <>
      <circle cx="6" cy="6" r="5.5" fill="currentColor" />
      <path d="m3.6 6.2 1.7 1.7 3.2-3.6" {...cut} />
    </>
  ),
} as const satisfies Record<Decision, ReactNode>;
