import { never } from '../base/never.ts';
import { thousandths } from '../base/decimal.ts';
import type { PlainField, PlainPeriod, Ref, Term, Terms } from '../intermediate/form.ts';

/** How a number stands in languages that would compute with binary fractions: 3 in whole thousandths, 0 as it is. */
export type Scale = 0 | 3;

/** What numbers are read from. */
export interface Scales {
  readonly fields: ReadonlyMap<string, PlainField>;
  readonly period: Pick<PlainPeriod, 'figures'>;
}

/** The scale of a value: of a figure that of its items, of what is added or listed the one that holds every part. */
export function scaleOf(of: Ref | Term | Terms, scales: Scales): Scale {
  switch (of.kind) {
    case 'literal':
      return isWhole(of.value) ? 0 : 3;
    case 'literals':
      return of.values.every(isWhole) ? 0 : 3;
    case 'ref':
      return 'plus' in of && !isWhole(of.plus) ? 3 : scaleOf(of.ref, scales);
    case 'field':
      return of.scalar === 'number' ? scales.fields.get(of.path)!.places : 0;
    case 'figure': {
      const figure = scales.period.figures.find(({ name }) => name === of.name);
      const isCounted = figure?.calculation === 'count' || figure?.calculation === 'countDistinct';
      return figure?.ref && !isCounted ? scaleOf(figure.ref, scales) : 0;
    }
    case 'units':
      return 0;
    default:
      return never(of);
  }
}

const isWhole = (value: string | number | boolean) => typeof value !== 'number' || Number.isInteger(value);

/** The scale that holds both. */
export const commonScale = (one: Scale, two: Scale): Scale => (one === 3 ? one : two);

/** A number in the scale. */
export const inScale = (value: number, scale: Scale): number => (scale === 3 ? thousandths(value) : value);
