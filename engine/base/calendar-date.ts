/**
 * A day without a time zone, as the number of days since 1970-01-01, so that comparing and adding are arithmetic.
 * Text is ISO 8601 (`2024-03-04`) and nothing else.
 */
export type Day = number;

const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Days in a month, January being 1. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The day that a text names, or null where it is not a day that exists, written `YYYY-MM-DD`, from 1900 to 2199. */
export function parseDay(text: string): Day | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1900 || year > 2199 || month < 1 || month > 12) return null;
  if (day < 1 || day > daysInMonth(year, month)) return null;
  return dayOf(year, month, day);
}

export function dayOf(year: number, month: number, day: number): Day {
  const leapDays = (y: number) => Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  const leapThisYear = month > 2 && isLeapYear(year) ? 1 : 0;
  return (
    (year - 1970) * 365 +
    leapDays(year - 1) -
    leapDays(1969) +
    daysBefore[month - 1]! +
    leapThisYear +
    day -
    1
  );
}

/** ISO text of a day: the inverse of `parseDay`. */
export function formatDay(day: Day): string {
  let year = 1970 + Math.floor(day / 365.2425);
  while (dayOf(year + 1, 1, 1) <= day) year += 1;
  while (dayOf(year, 1, 1) > day) year -= 1;
  let rest = day - dayOf(year, 1, 1);
  let month = 1;
  while (rest >= daysInMonth(year, month)) {
    rest -= daysInMonth(year, month);
    month += 1;
  }
  const two = (n: number) => String(n).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(rest + 1)}`;
}
