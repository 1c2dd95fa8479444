/**
 * What is written into a YAML text: a scalar by the text that it means, lists, and maps in the order of their keys.
 * `null` is a key with nothing in it, written `null`; the text “null” is quoted.
 */
export type YamlValue = string | null | readonly YamlValue[] | { readonly [key: string]: YamlValue };

/** A line of a file is not longer than this where it can be helped. */
export const widest = 110;

/** A scalar, quoted only where YAML would otherwise read something else; `kept` are the quotes it had so far. */
export function scalarText(text: string | null, inFlow: boolean, kept?: string): string {
  if (text === null) return 'null';
  if (kept === undefined && isPlain(text, inFlow)) return text;
  // Line breaks and what cannot be seen are written out.
  // oxlint-disable-next-line no-control-regex
  const needsEscapes = /[\u0000-\u001F\u007F-\u00A0\u2028\u2029\uD800-\uDFFF\uFEFF\uFFFE\uFFFF]/.test(text);
  const single = kept === "'" || (kept === undefined && /["\\]/.test(text));
  if (single && !needsEscapes) return `'${text.replaceAll("'", "''")}'`;
  return JSON.stringify(text);
}

function isPlain(text: string, inFlow: boolean): boolean {
  if (text === '' || /^(?:~|null|Null|NULL)$/.test(text)) return false;
  // oxlint-disable-next-line no-control-regex
  if (/^\s|\s$|[\u0000-\u001F\u007F-\u00A0\u2028\u2029\uD800-\uDFFF\uFEFF\uFFFE\uFFFF]/.test(text))
    return false;
  if (/^[-?:](?:\s|$)|^[,[\]{}#&*!|>'"%@`]|^(?:---|\.\.\.)/.test(text)) return false;
  if (/:(?:\s|$)|\s#/.test(text)) return false;
  return !inFlow || !(/[,[\]{}]/.test(text) || /^[-?:]/.test(text));
}

export function keyText(key: string, inFlow: boolean): string {
  return scalarText(key, inFlow);
}

/** On one line, in braces and brackets. */
export function flowText(value: YamlValue): string {
  if (isScalar(value)) return scalarText(value, true);
  if (isList(value)) return `[${value.map(flowText).join(', ')}]`;
  const entries = Object.entries(value).map(([key, inner]) => `${keyText(key, true)}: ${flowText(inner)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** The one line for a value that reads well on one line: scalars, a few of them, or one thing inside another. */
export function writtenFlow(value: YamlValue, column: number): string | null {
  const written = isScalar(value) ? scalarText(value, false) : flowText(value);
  return readsOnOneLine(value) && column + written.length <= widest ? written : null;
}

function readsOnOneLine(value: YamlValue): boolean {
  if (isScalar(value)) return true;
  const inner = isList(value) ? value : Object.values(value);
  if (inner.every(isScalar)) return true;
  return !isList(value) && inner.length === 1 && readsOnOneLine(inner[0]!);
}

/** The lines of a block, from its own column on; `column` says where that is, so that lines are not too long. */
export function blockLines(value: YamlValue, column: number, step: number): readonly string[] {
  if (isScalar(value)) return [scalarText(value, false)];
  const empty = flowText(value).length === 2;
  if (empty) return [flowText(value)];
  if (isList(value)) {
    return value.flatMap((item) => {
      const flow = writtenFlow(item, column + 2);
      if (isScalar(item) || flow !== null) return [`- ${flow ?? scalarText(item as string | null, false)}`];
      const [first, ...rest] = blockLines(item, column + 2, step);
      return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
    });
  }
  return Object.entries(value).flatMap(([key, inner]) => {
    const name = keyText(key, false);
    if (isScalar(inner)) return [`${name}: ${scalarText(inner, false)}`];
    const flow = writtenFlow(inner, column + name.length + 2);
    if (flow !== null) return [`${name}: ${flow}`];
    const pad = ' '.repeat(step);
    return [`${name}:`, ...blockLines(inner, column + step, step).map((line) => pad + line)];
  });
}

export function isScalar(value: YamlValue): value is string | null {
  return value === null || typeof value === 'string';
}

/** `Array.isArray` does not know readonly lists. */
function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}
