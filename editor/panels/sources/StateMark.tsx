import type { ReactNode } from 'react';

import type { ClauseState } from '#engine';

import { stateWords } from './sources-view.ts';

/** How a clause stands, as shape, colour and word. */
export function StateMark({ state }: { readonly state: ClauseState }) {
  return (
    <span className={`state state-${state}`}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        {shapes[state]}
      </svg>
      {stateWords[state]}
    </span>
  );
}

const edge = { stroke: 'currentColor', strokeWidth: 1.4, fill: 'none', strokeLinecap: 'round' } as const;

const shapes = {
  implemented: (
    <>
      <rect x=".5" y=".5" width="11" height="11" rx="2" fill="currentColor" />
      <path
        d="m3.4 6.2 1.8 1.8 3.4-3.8"
        stroke="var(--shape-cut)"
        strokeWidth="1.4"
        fill="none"
        strokeLinecap="round"
      />
    </>
  ),
  'set-aside': (
    <>
      <rect x="1.2" y="1.2" width="9.6" height="9.6" rx="2" {...edge} />
      <path d="M3.6 6h4.8" {...edge} />
    </>
  ),
  open: <rect x="1.2" y="1.2" width="9.6" height="9.6" rx="2" {...edge} strokeDasharray="2.2 2" />,
} as const satisfies Record<ClauseState, ReactNode>;
