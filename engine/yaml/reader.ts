import { parseDay } from '../base/calendar-date.ts';
import { decimal, decimalPlaces } from '../base/decimal.ts';
import { suggest, suggestions } from '../base/suggest.ts';
import { orList } from '../base/words.ts';
import type { Reporter } from '../diagnostics/diagnostic.ts';
import type { YamlEntry, YamlList, YamlMap, YamlNode, YamlScalar } from './parse-yaml.ts';

/**
 * Take a string, list, date or block here, or say precisely what was there instead.
 * Each function reports and gives null (or what it understood); none throws.
 */

/** What a node is, in the author's words. */
export function describe(node: YamlNode): string {
  if (node.kind === 'map') return 'a block';
  if (node.kind === 'list') return 'a list';
  if (node.isNull) return 'nothing';
  return `\`${node.text.length > 40 ? `${node.text.slice(0, 40)}…` : node.text}\``;
}

export function takeMap(node: YamlNode, what: string, reporter: Reporter): YamlMap | null {
  if (node.kind === 'map') return node;
  reporter.report(
    'wrong-type',
    node,
    `${what} must be a block of keys, and ${describe(node)} stands here`,
    'write `key: value` lines below it',
  );
  return null;
}

export function takeList(node: YamlNode, what: string, reporter: Reporter): YamlList | null {
  if (node.kind === 'list') return node;
  reporter.report(
    'wrong-type',
    node,
    `${what} must be a list, and ${describe(node)} stands here`,
    'write `[a, b]`, or one `- item` a line',
  );
  return null;
}

export function takeScalar(node: YamlNode, what: string, reporter: Reporter): YamlScalar | null {
  if (node.kind === 'scalar' && !node.isNull) return node;
  reporter.report(
    'wrong-type',
    node,
    `${what} must be one value, and ${describe(node)} stands here`,
    'write one value behind the colon',
  );
  return null;
}

export function takeText(node: YamlNode, what: string, reporter: Reporter): string | null {
  const scalar = takeScalar(node, what, reporter);
  if (!scalar) return null;
  if (scalar.text.trim() === '') {
    reporter.report('wrong-type', node, `${what} is empty`, 'write it, or remove the key');
    return null;
  }
  return scalar.text;
}

/** How names are written. */
export const idPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Lower-case words and digits joined by dashes. */
export function takeId(node: YamlNode, what: string, reporter: Reporter): string | null {
  const text = takeText(node, what, reporter);
  if (text === null || idPattern.test(text)) return text;
  const mended = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  reporter.report(
    'invalid-id',
    node,
    `${what} \`${text}\` is not written as names are: lower-case words and digits with dashes between`,
    mended ? `write \`${mended}\`` : 'write a name such as `minimum-time`',
    mended ? { fix: { title: `Change to ${mended}`, text: mended } } : {},
  );
  return null;
}

const namePattern = /^[a-z][A-Za-z0-9]*$/;

/** A name of a parameter, condition or figure: one word, `minimumMinutes`. */
export function checkName(entry: YamlEntry, what: string, reporter: Reporter): boolean {
  if (namePattern.test(entry.key)) return true;
  reporter.report(
    'invalid-id',
    { span: entry.keySpan, yamlPath: entry.value.yamlPath },
    `${what} \`${entry.key}\` is not written as such names are: one word beginning with a small letter`,
    'write a name such as `minimumMinutes`',
  );
  return false;
}

export function takeDay(node: YamlNode, what: string, reporter: Reporter): number | null {
  const scalar = takeScalar(node, what, reporter);
  if (!scalar) return null;
  const day = parseDay(scalar.text);
  if (day === null) {
    reporter.report(
      'invalid-date',
      node,
      `${what} \`${scalar.text}\` is not a date that exists`,
      'write it as year-month-day, for example 2024-03-04',
    );
  }
  return day;
}

export function takeBoolean(node: YamlNode, what: string, reporter: Reporter): boolean | null {
  const scalar = takeScalar(node, what, reporter);
  if (!scalar) return null;
  const text = scalar.text.toLowerCase();
  if (text === 'true' || text === 'false') return text === 'true';
  const meant = { yes: 'true', y: 'true', on: 'true', no: 'false', n: 'false', off: 'false' }[text];
  reporter.report(
    'wrong-type',
    node,
    `${what} must be true or false, and ${describe(node)} stands here`,
    meant ? `write \`${meant}\`` : 'write `true` or `false`',
    meant ? { fix: { title: `Change to ${meant}`, text: meant } } : {},
  );
  return null;
}

/** A plain decimal number of at most three places; no exponents, hexadecimals or infinities, which nobody writes on a claim. */
export function takeNumber(node: YamlNode, what: string, reporter: Reporter): number | null {
  const scalar = takeScalar(node, what, reporter);
  if (!scalar) return null;
  if (!/^-?\d+(?:\.\d+)?$/.test(scalar.text) || scalar.text.length > 15) {
    reporter.report(
      'invalid-number',
      node,
      `${what} must be a number, and ${describe(node)} stands here`,
      'write it in digits, for example 8',
    );
    return null;
  }
  const number = Number(scalar.text);
  if (decimal(number) !== number) {
    reporter.report(
      'invalid-number',
      node,
      `${what} has at most ${decimalPlaces} decimal places, and ${describe(node)} stands here`,
      `leave at most ${decimalPlaces} digits behind the point`,
    );
    return null;
  }
  return number;
}

export function takeOneOf<T extends string>(
  node: YamlNode,
  allowed: readonly T[],
  what: string,
  reporter: Reporter,
): T | null {
  const scalar = takeScalar(node, what, reporter);
  if (!scalar) return null;
  const found = allowed.find((value) => value === scalar.text);
  if (found !== undefined) return found;
  reportUnknown('unknown-value', node, scalar.text, allowed, what, reporter);
  return null;
}

/** "`minuts` is not … ; did you mean `minutes`?", with the replacement as a fix. */
export function reportUnknown(
  code: Parameters<Reporter['report']>[0],
  at: { span: { from: number; to: number }; yamlPath: string },
  written: string,
  known: Iterable<string>,
  what: string,
  reporter: Reporter,
): void {
  const names = [...known];
  const meant = suggest(written, names);
  const choices =
    names.length <= 12
      ? `it can be ${orList(names.map((name) => `\`${name}\``))}`
      : 'see the language reference for the names there are';
  reporter.report(
    code,
    at,
    `\`${written}\` is not known as ${what}`,
    meant ? `did you mean \`${meant}\`?` : names.length === 0 ? 'none is defined yet' : choices,
    {
      ...(meant ? { fix: { title: `Change to ${meant}`, text: meant } } : {}),
      choices: suggestions(written, names),
    },
  );
}

/** The values of the keys a block may have; keys it may not have are reported. */
export function takeKeys<K extends string>(
  map: YamlMap,
  known: readonly K[],
  what: string,
  reporter: Reporter,
): { readonly [key in K]?: YamlNode } {
  const taken = Object.create(null) as { [key in K]?: YamlNode };
  for (const entry of map.entries) {
    const key = known.find((name) => name === entry.key);
    if (key === undefined) {
      reportUnknown(
        'unknown-key',
        { span: entry.keySpan, yamlPath: entry.value.yamlPath },
        entry.key,
        known,
        `a key of ${what}`,
        reporter,
      );
    } else {
      taken[key] = entry.value;
    }
  }
  return taken;
}

/** The node behind a key that must be there. */
export function requireKey(
  node: YamlNode | undefined,
  key: string,
  of: YamlMap,
  what: string,
  reporter: Reporter,
  help = `add \`${key}:\``,
): YamlNode | null {
  if (node) return node;
  const first = of.entries[0];
  const span = first ? first.keySpan : of.span;
  reporter.report('missing-key', { span, yamlPath: of.yamlPath }, `${what} has no \`${key}\``, help);
  return null;
}

/** The beginning of every file: `policy: its-id`, a title, perhaps a remark. */
export interface FileHead {
  /** Null where it is missing or not a name. */
  readonly id: string | null;
  readonly idNode: YamlNode;
  /** The id where no title is given. */
  readonly title: string;
}

export function takeHead<K extends string>(
  kind: K,
  keys: { readonly [key in K | 'title' | 'remark']?: YamlNode },
  map: YamlMap,
  reporter: Reporter,
): FileHead {
  const idNode = requireKey(
    keys[kind],
    kind,
    map,
    `the ${kind}`,
    reporter,
    `begin the file with \`${kind}: its-name\``,
  );
  const id = idNode && takeId(idNode, `the ${kind} id`, reporter);
  const title = keys.title ? takeText(keys.title, 'the title', reporter) : null;
  if (keys.remark) takeText(keys.remark, 'a remark', reporter);
  return { id, idNode: idNode ?? map, title: title ?? id ?? '' };
}
