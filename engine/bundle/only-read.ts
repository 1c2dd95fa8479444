import { isRecord } from '../base/json.ts';
import type { FieldSection, PlainProgram } from '../intermediate/form.ts';

/**
 * An encounter document with nothing in it but what the policies read, so that no more of a saved visit leaves than its
 * proof needs. Sections stay, also empty ones: that they were supplied is itself a fact. It is answered as before.
 */
export function onlyRead<T>(document: T, { fields }: Pick<PlainProgram, 'fields'>): T {
  if (!isRecord(document)) return document;
  const section = (name: FieldSection, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((item) => section(name, item));
    if (!isRecord(value)) return value;
    const read = fields
      .filter((field) => field.section === name)
      .map(({ path }) => path.slice(path.indexOf('.') + 1));
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, own]): (readonly [string, unknown])[] => {
        if (name === 'line' && key === 'record') return [[key, section('record', own)]];
        return read.includes(key) ? [[key, own]] : [];
      }),
    );
  };
  return Object.fromEntries(
    Object.entries(document).flatMap(([key, value]): (readonly [string, unknown])[] => {
      if (key === 'encounter') return [[key, value]];
      if (key === 'lines') return [[key, section('line', value)]];
      return isSection(key) ? [[key, section(key, value)]] : [];
    }),
  ) as T;
}

const sections: Readonly<Record<Exclude<FieldSection, 'line' | 'record'>, true>> = {
  visit: true,
  note: true,
  patient: true,
  provider: true,
  plan: true,
  episode: true,
  priorVisits: true,
};

function isSection(key: string): key is keyof typeof sections {
  return Object.hasOwn(sections, key);
}
