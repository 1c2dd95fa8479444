import { formatDay } from '../base/calendar-date.ts';
import type { FactType } from '../facts/vocabulary.ts';
import type { Value } from '../model/condition.ts';
import type { MessagePart } from '../model/policy.ts';
import { compileFact } from './compile-condition.ts';
import type { Context, Layout } from './compile-condition.ts';

/** A rule's message with the values of the judged subject in it. */
export function compileMessage(parts: readonly MessagePart[], layout: Layout): (context: Context) => string {
  const pieces = parts.map((part): ((context: Context) => string) => {
    if (part.kind === 'text') return () => part.text;
    if (part.kind === 'operand') {
      const text = part.operand.kind === 'literal' ? String(part.operand.value) : part.name;
      return () => text;
    }
    const get = compileFact(part.fact, layout);
    return (context) => showValue(get(context), part.fact.type);
  });
  return (context) => pieces.map((piece) => piece(context)).join('');
}

/** A value as people read it; dates in ISO form, what is missing in words. */
export function showValue(value: Value, type: FactType): string {
  if (value === undefined) return 'unknown';
  if (value === null) return 'not documented';
  if (Array.isArray(value))
    return value.length === 0
      ? 'none'
      : value.map((item) => showItem(item as string | number, type)).join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return showItem(value as string | number, type);
}

function showItem(item: string | number, type: FactType): string {
  return type.scalar === 'date' && typeof item === 'number' ? formatDay(item) : String(item);
}
