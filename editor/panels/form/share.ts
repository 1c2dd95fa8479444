import type { FileForm, Spot } from '#engine';

type Span = NonNullable<Spot['at']>;

/**
 * A new description with the parts of the one before wherever these say the same, so that only what has changed is
 * drawn again. Where a thing stands is left out of the comparison, since all that follows a change moves with it:
 * INVARIANT: of `at` only whether it is null may be read from the result; places are asked of `placesIn` by key.
 */
export function shared<T>(before: unknown, after: T): T {
  return isSame(before, after) ? (before as T) : withParts(before, after);
}

function withParts<T>(before: unknown, after: T): T {
  if (Array.isArray(after)) {
    const old: readonly unknown[] = Array.isArray(before) ? before : [];
    return after.map((item, index) => shared(old[index], item)) as T;
  }
  if (!isRecord(after)) return after;
  const old = isRecord(before) ? before : {};
  return Object.fromEntries(Object.entries(after).map(([key, value]) => [key, shared(old[key], value)])) as T;
}

function isSame(a: unknown, b: unknown, key = ''): boolean {
  if (a === b) return true;
  if (key === 'at' || key === 'place') return (a === null) === (b === null);
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(b);
  return (
    keys.length === Object.keys(a).length && keys.every((each) => each in a && isSame(a[each], b[each], each))
  );
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where everything of a form stands, by its key. */
export function placesIn(form: FileForm): ReadonlyMap<string, Span> {
  const places = new Map<string, Span>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (isRecord(value)) {
      if (isSpot(value) && value.at && !places.has(value.key)) places.set(value.key, value.at);
      for (const [key, inner] of Object.entries(value)) if (key !== 'problems') visit(inner);
    }
  };
  visit(form);
  return places;
}

function isSpot(value: object): value is Spot {
  return 'key' in value && 'at' in value;
}
