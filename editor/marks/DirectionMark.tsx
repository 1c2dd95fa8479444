import type { ReactNode } from 'react';

import type { Direction } from './words.ts';
import { directionWords } from './words.ts';
import './marks.css';

/** Which way a change goes, as colour, shape and word. */
export function DirectionMark({ direction }: { readonly direction: Direction }) {
  return (
    <span className={`direction direction-${direction}`}>
      <DirectionShape direction={direction} />
      {directionWords[direction]}
    </span>
  );
}

/** The shape alone, where the word stands beside it. */
export function DirectionShape({ direction }: { readonly direction: Direction }) {
  return (
    <svg
      className={`direction-shape direction-shape-${direction}`}
      width="12"
      height="12"
      viewBox="0 0 12 12"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {shapes[direction]}
    </svg>
  );
}

const shapes = {
  stricter: <path d="M1.5 1.2h9M6 11V4.2M3 7l3-3 3 3" />,
  looser: <path d="M1.5 10.8h9M6 1v6.8M3 5l3 3 3-3" />,
  both: <path d="M3.4 11V1.4M1.2 3.6l2.2-2.4 2.2 2.4M8.6 1v9.6M6.4 8.4l2.2 2.4 2.2-2.4" />,
  neutral: <path d="M1.5 4.2h9M1.5 7.8h9" />,
} as const satisfies Record<Direction, ReactNode>;
