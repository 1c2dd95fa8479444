import type { Clock } from './disk-publishing.ts';

/** The clock of this machine: the day by its own calendar, the moment in UTC. */
export function systemClock(): Clock {
  const now = new Date();
  const two = (n: number) => String(n).padStart(2, '0');
  const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return { today, now: now.toISOString() };
}
