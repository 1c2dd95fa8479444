/** Plain data, as JSON can hold it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * The one text for a value: keys in the order of their code units, two spaces, LF, a line break at the end.
 * Equal values have equal texts, so a hash of the text is a hash of the value.
 */
export function canonicalJson(value: Json): string {
  return `${JSON.stringify(sorted(value), null, 2)}\n`;
}

function sorted(value: Json): Json {
  if (isList(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((key) => [key, sorted(value[key]!)]),
  );
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
