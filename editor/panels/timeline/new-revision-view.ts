import type { NewRevision } from '#engine';
import { formatDay } from '#engine';

import { sentence } from '../../marks/words.ts';
import type { PolicyRow } from '../../worker/protocol.ts';

export interface PolicyChoice {
  readonly id: string;
  readonly title: string;
}

const order = new Intl.Collator('en', { numeric: true });

/** Each policy once, by the title of its last revision. */
export function policyChoices(policies: readonly PolicyRow[]): readonly PolicyChoice[] {
  const last = new Map<string, PolicyRow>();
  for (const policy of policies) {
    const known = last.get(policy.id);
    if (!known || known.from <= policy.from) last.set(policy.id, policy);
  }
  return [...last.values()]
    .map(({ id, title }) => ({ id, title }))
    .toSorted((a, b) => order.compare(a.title, b.title));
}

/** The policy to begin with: that of the open file, else the first. */
export function firstChoice(policies: readonly PolicyRow[], openFile: string | null): string | null {
  return (policies.find(({ path }) => path === openFile) ?? policies[0])?.id ?? null;
}

/** What would be done, or why it cannot be, in sentences. */
export function revisionWords(made: NewRevision | null): readonly string[] {
  if (made === null) return [];
  if (made.kind === 'refused') return [sentence(made.message), sentence(made.help)];
  const { path, copied, to } = made;
  return [
    `${path} begins as a copy of ${copied.path}${to === null ? '' : `, and ends on ${formatDay(to)}`}.`,
    copied.closed === null
      ? 'No revision is in force on that day now, so nothing ends.'
      : `${copied.path} ends on ${formatDay(copied.closed)}.`,
    'No claim is decided otherwise until you change the copy.',
  ];
}
