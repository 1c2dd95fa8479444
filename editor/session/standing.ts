import type { Session } from './session.ts';

/** How the saved cases come out beside what is expected of them. */
export type Standing =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'judged'; readonly passed: number; readonly failed: number };

export function standingOf({ judged }: Pick<Session, 'judged'>): Standing {
  if (!judged) return { kind: 'waiting' };
  let [passed, failed] = [0, 0];
  for (const { outcome } of judged.cases) {
    if (outcome === 'passed') passed += 1;
    if (outcome === 'failed' || outcome === 'errored') failed += 1;
  }
  return { kind: 'judged', passed, failed };
}
