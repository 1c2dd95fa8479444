import type { ComponentType } from 'react';
import { lazy, Suspense } from 'react';

import type { PanelProps } from './panel.ts';

/** A part that is loaded when it is first shown, so that the first paint need not wait for what few will open. */
export function later(load: () => Promise<ComponentType<PanelProps>>): ComponentType<PanelProps> {
  const Part = lazy(async () => ({ default: await load() }));
  return function Later(props: PanelProps) {
    return (
      <Suspense fallback={null}>
        <Part {...props} />
      </Suspense>
    );
  };
}
