import { dayOf, dayWords } from '#engine';

/** `4 March 2024`, by the calendar of whoever looks. */
export function dateIn(moment: string): string {
  const at = new Date(moment);
  return dayWords(dayOf(at.getFullYear(), at.getMonth() + 1, at.getDate()));
}

/** `4 March 2024, 09:30`. */
export function momentIn(moment: string): string {
  const at = new Date(moment);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${dateIn(moment)}, ${two(at.getHours())}:${two(at.getMinutes())}`;
}
