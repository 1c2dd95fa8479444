import type { Day } from '../base/calendar-date.ts';
import { formatDay } from '../base/calendar-date.ts';
import { andList } from '../base/words.ts';
import type { FactType, Section } from '../facts/vocabulary.ts';
import type { FactRef, KnownValue, Value } from '../model/condition.ts';
import { sectionNouns } from './nouns.ts';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** A day as people write it: 4 March 2024. */
export function dayWords(day: Day): string {
  const [year, month, date] = formatDay(day).split('-').map(Number) as [number, number, number];
  return `${date} ${months[month - 1]} ${year}`;
}

/** `1 minute`, `8 minutes`. */
export function amount(value: number, unit: string | null): string {
  if (unit === null) return String(value);
  return `${value} ${value === 1 ? singular(unit) : unit}`;
}

export function singular(unit: string): string {
  return unit === 'therapies' ? 'therapy' : unit.replace(/s$/, '');
}

/** One value as people read it; a number has its unit unless that goes without saying. */
export function itemWords(
  value: Exclude<KnownValue, readonly unknown[]>,
  type: FactType,
  unit: string | null = null,
): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return type.scalar === 'date' ? dayWords(value) : amount(value, unit);
  if (type.scalar === 'choice') return value === 'one-on-one' ? value : value.replaceAll('-', ' ');
  return type.scalar === 'text' ? `“${value}”` : value;
}

/** The value that was found, in words. */
export function valueWords(value: Value, fact: Pick<FactRef, 'type' | 'unit' | 'section'>): string {
  if (value === undefined) return missingWords(fact.section);
  if (value === null) return 'not documented';
  if (!Array.isArray(value)) return itemWords(value as string | number | boolean, fact.type, fact.unit);
  const items = (value as readonly (string | number)[]).map((item) => itemWords(item, fact.type));
  return items.length === 0 ? 'none' : andList(items);
}

/** A figure and a computed fact are not supplied; they are not known because something else was not. */
function missingWords(section: Section): string {
  const noun = sectionNouns[section];
  if (noun === undefined || section === 'visit' || section === 'line') return 'not known';
  const several = section === 'priorVisits' || noun.includes('data');
  return `${noun} ${several ? 'were' : 'was'} not supplied`;
}
