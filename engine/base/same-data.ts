/**
 * Whether two pieces of plain data are equal. A key that is left out is not looked at, on no level.
 * What is neither a list nor a plain record, such as a map, equals itself alone.
 */
export function sameData(a: unknown, b: unknown, leftOut: string | null = null): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => sameData(item, b[index], leftOut))
    );
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const [one, other] = [a as Readonly<Record<string, unknown>>, b as Readonly<Record<string, unknown>>];
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => key === leftOut || (key in other && sameData(one[key], other[key], leftOut)))
  );
}

function isRecord(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
