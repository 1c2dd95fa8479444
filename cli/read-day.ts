import { parseDay } from '#engine';
import { InputError } from './command.ts';

/** A day that the user wrote. */
export function readDay(written: string, where: string): number {
  const day = parseDay(written);
  if (day === null)
    throw new InputError(
      `\`${where}\` cannot be \`${written}\`: write a date that exists as year-month-day, for example 2024-03-04.`,
    );
  return day;
}
