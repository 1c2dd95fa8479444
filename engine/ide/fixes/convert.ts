import { dayOf, daysInMonth, formatDay, parseDay } from '../../base/calendar-date.ts';
import type { Fact } from '../../facts/vocabulary.ts';
import { operatorNames, operatorOf } from '../../model/operators.ts';
import type { OperatorName } from '../../model/operators.ts';
import { renameYamlKey, setYaml } from '../../yaml/edit-yaml.ts';
import { flowText, scalarText } from '../../yaml/write-yaml.ts';
import type { YamlValue } from '../../yaml/write-yaml.ts';
import { scalarsOf } from '../tree.ts';
import { inFile, write } from './fix.ts';
import type { Fixer, Located } from './fix.ts';

/** A date that is written another way, in every reading that it can have. */
export const anotherDate: Fixer = (mistake) =>
  datesIn(unquoted(mistake.written)).flatMap(({ date, words }) =>
    write(mistake, date, `Change to ${date}${words}`),
  );

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

interface Reading {
  readonly date: string;
  /** How the text was read, where it can be read in several ways. */
  readonly words: string;
}

export function datesIn(text: string): readonly Reading[] {
  const numbers = text.match(/\d+/g)?.map(Number) ?? [];
  const named =
    months.findIndex((month) =>
      text
        .toLowerCase()
        .match(/[a-z]{3,}/)?.[0]
        .startsWith(month),
    ) + 1;
  if (named > 0 && numbers.length === 2) {
    const [day, year] = numbers[0]! > 31 ? [numbers[1]!, numbers[0]!] : [numbers[0]!, numbers[1]!];
    return dates([[year, named, day, '']]);
  }
  if (/^\d{8}$/.test(text)) {
    const [year, rest] = [Number(text.slice(0, 4)), Number(text.slice(4))];
    return dates([[year, Math.floor(rest / 100), rest % 100, '']]);
  }
  if (numbers.length !== 3 || /[a-z]/i.test(text)) return [];
  const [a, b, c] = numbers as [number, number, number];
  if (a > 999) {
    // A day that the month does not have was probably meant as its last.
    const last = b >= 1 && b <= 12 ? daysInMonth(a, b) : 0;
    return c > last
      ? dates([[a, b, last, ', the last day of the month']])
      : dates([
          [a, b, c, ''],
          [a, c, b, ', day before month'],
        ]);
  }
  const year = c < 100 ? 2000 + c : c;
  if (a === b) return dates([[year, a, b, '']]);
  const both = dates([
    [year, a, b, ', month before day'],
    [year, b, a, ', day before month'],
  ]);
  return both.length === 1 ? [{ ...both[0]!, words: '' }] : both;
}

function dates(readings: readonly (readonly [number, number, number, string])[]): readonly Reading[] {
  return readings.flatMap(([year, month, day, words]) => {
    if (month < 1 || month > 12 || day < 1) return [];
    const date = formatDay(dayOf(year, month, 1)).slice(0, 8) + String(day).padStart(2, '0');
    return parseDay(date) === null ? [] : [{ date, words }];
  });
}

const numberWords =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );

/** `eight`, `8 minutes`, `1,5`, `1/2`: the number in digits; where only whole numbers count, both neighbours. */
export const anotherNumber: Fixer = (mistake) => {
  const text = unquoted(mistake.written).trim().toLowerCase();
  const word = numberWords.indexOf(text.split(' ')[0]!);
  const half = /^(?:1\/2|½|half)/.test(text) ? 0.5 : null;
  const digits = /-?\d+(?:[.,]\d+)?/.exec(text.replaceAll(/(\d),(?=\d{3}\b)/g, '$1'))?.[0].replace(',', '.');
  const number = word !== -1 ? word : (half ?? (digits === undefined ? null : Number(digits)));
  if (number === null) return [];
  const near = Number.isInteger(number) ? [number] : [number, Math.floor(number), Math.ceil(number)];
  return near.flatMap((value) => write(mistake, String(value)));
};

/** The nearest value that is in the range. */
export const nearestValue: Fixer = (mistake) => {
  const range =
    /outside (\S+) to (\S+)$/.exec(mistake.diagnostic.message) ??
    /from (\d+) to (\d+)$/.exec(mistake.diagnostic.help);
  const number = Number(unquoted(mistake.written));
  if (!range || !Number.isFinite(number)) return [];
  const [low, high] = [Number(range[1]), Number(range[2])];
  return write(mistake, String(Number.isFinite(low) && number < low ? low : high));
};

/** `yes` → `true`. */
export const yesOrNo: Fixer = (mistake) => {
  const meant = {
    yes: 'true',
    y: 'true',
    on: 'true',
    ja: 'true',
    true: 'true',
    no: 'false',
    n: 'false',
    off: 'false',
    false: 'false',
  }[unquoted(mistake.written).toLowerCase()];
  if (!/\btrue\b/.test(mistake.diagnostic.message + mistake.diagnostic.help)) return [];
  return (meant ? [meant] : ['true', 'false']).flatMap((word) => write(mistake, word));
};

/** A code in its own shape: capitals, nothing around it. */
export const anotherCode: Fixer = (mistake) => {
  const text = unquoted(mistake.written).trim().toUpperCase();
  const bare = text.replaceAll(/[^A-Z0-9.]/g, '');
  const five = /[A-Z0-9]{5}/.exec(bare)?.[0];
  const diagnosis = /^[A-Z]\d[A-Z0-9]{2,5}$/.test(bare) ? `${bare.slice(0, 3)}.${bare.slice(3)}` : null;
  const id = text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const names = /lower-case/.test(mistake.diagnostic.help) ? [id] : [text, bare, five, diagnosis];
  return names.flatMap((name) => (name ? write(mistake, scalarText(name, true)) : []));
};

/** One value where a list must stand, and the other way round. */
export const listOrValue: Fixer = (mistake) => {
  const { at, diagnostic, written } = mistake;
  if (!at) return [];
  if (
    /must be a list|is a list|a list is needed|list of values/.test(diagnostic.message) &&
    at.node.kind === 'scalar'
  ) {
    const value = written.includes(',') ? unquoted(written).split(/\s*,\s*/) : [unquoted(written)];
    return written === '' || at.node.isNull
      ? []
      : write(mistake, flowText(value), `Make it a list: ${flowText(value)}`);
  }
  if (/must be one value/.test(diagnostic.message) && at.node.kind === 'list') {
    return at.node.items.flatMap((item) =>
      item.kind === 'scalar' && !item.isNull
        ? inFile(mistake, `Keep ${item.text} alone`, setYaml(mistake.text, at.path, item.text))
        : [],
    );
  }
  return [];
};

/** An operator that fits the fact and what stands behind it; where nothing does, with a value that fits too. */
export const anotherOperator: Fixer = (mistake) => {
  const { at, text, workspace } = mistake;
  const operator = at?.path.at(-1);
  if (!at || typeof operator !== 'string') return [];
  const path = at.path.findLast((part): part is string => typeof part === 'string' && part.includes('.'));
  const fact = workspace.vocabulary.byPath.get(path?.replace(/^other\./, '') ?? '');
  if (!fact) return [];
  const { code, message } = mistake.diagnostic;
  // Of one value for several, and several for one; what else is wrong with a value no operator mends.
  if (code === 'operand-type' && !/needed here|holds/.test(message)) return [];
  if (code === 'wrong-type' && !message.startsWith('what to compare with must')) return [];
  const written = textsOf(at.node);
  const wanted = alike[operator] ?? [];
  const fitting = operatorNames.filter((name) => operatorOf(name).fits(fact.type));
  const likely = wanted.filter((name) => fitting.some((it) => it === name));
  // A slip of the pen has its own fix, and a word of another language means one operator.
  const known = operatorNames.some((name) => name === operator) || operator === path;
  const slip = !known && (likely.length > 0 || mistake.diagnostic.fix !== undefined);
  const names = slip || code === 'wrong-type' ? likely : [...new Set([...likely, ...fitting])];
  return names.flatMap((name) => {
    if (name === operator) return [];
    const value = valueFor(name as OperatorName, fact, written);
    if (value === null) return [];
    const kept = flowText(value) === flowText(at.node.kind === 'list' ? written : (written[0] ?? ''));
    if (operator === path)
      return inFile(mistake, `Write ${name}: ${flowText(value)}`, setYaml(text, at.path, { [name]: value }));
    const key = renameYamlKey(text, at.path, name);
    return kept
      ? inFile(mistake, `Write ${name} in place of ${operator}`, key)
      : inFile(mistake, `Write ${name}: ${flowText(value)}`, [...key, ...setYaml(text, at.path, value)]);
  });
};

function textsOf(node: Located['node']): readonly string[] {
  return scalarsOf(node).map(({ text }) => text);
}

/** What can stand behind an operator: what stands there now, as far as it fits; null where nothing comes to mind. */
function valueFor(name: OperatorName, fact: Fact, written: readonly string[]): YamlValue | null {
  const { scalar } = fact.type;
  const named = written.length === 1 && written[0]!.startsWith('$');
  const fits = (text: string): boolean => {
    if (scalar === 'number') return /^-?\d+(?:\.\d+)?$/.test(text);
    if (scalar === 'date') return parseDay(text) !== null;
    if (scalar === 'boolean') return text === 'true' || text === 'false';
    return fact.values ? fact.values.includes(text) : true;
  };
  const good = named ? written : written.filter(fits);
  const another = fact.values?.[0] ?? (scalar === 'boolean' ? 'true' : null);
  switch (operatorOf(name).operand) {
    case 'boolean':
      return 'true';
    case 'size':
      return /^\d+$/.test(written[0] ?? '') ? written[0]! : '1';
    case 'scalar':
      return good.length === 1 ? good[0]! : good.length > 1 ? null : another;
    case 'list':
      if (named) return written[0]!;
      return good.length > 0 ? good : another === null ? null : [another];
    case 'within':
    case 'pairs':
      return null;
  }
}

/** The operator that says the same of facts of another type, or with another kind of value behind it. */
const alike: Readonly<Record<string, readonly string[]>> = {
  is: ['oneOf', 'includes'],
  isNot: ['noneOf', 'excludes'],
  oneOf: ['is', 'includesAny'],
  noneOf: ['isNot', 'includesNone'],
  includes: ['is', 'includesAny'],
  excludes: ['isNot', 'includesNone'],
  includesAny: ['oneOf', 'includes'],
  includesNone: ['noneOf', 'excludes'],
  includesAll: ['includes'],
  atLeast: ['onOrAfter', 'sizeAtLeast'],
  atMost: ['onOrBefore', 'sizeAtMost'],
  moreThan: ['after', 'sizeAtLeast'],
  lessThan: ['before', 'sizeAtMost'],
  onOrAfter: ['atLeast'],
  onOrBefore: ['atMost'],
  after: ['moreThan'],
  before: ['lessThan'],
  sizeAtLeast: ['atLeast'],
  sizeAtMost: ['atMost'],
  // As other languages say it.
  equals: ['is'],
  eq: ['is'],
  in: ['oneOf'],
  notIn: ['noneOf'],
  min: ['atLeast', 'onOrAfter'],
  max: ['atMost', 'onOrBefore'],
  greaterThan: ['moreThan', 'after'],
  gt: ['moreThan', 'after'],
  gte: ['atLeast', 'onOrAfter'],
  lt: ['lessThan', 'before'],
  lte: ['atMost', 'onOrBefore'],
  contains: ['includes'],
  has: ['includes'],
  exists: ['documented'],
  present: ['documented'],
};

function unquoted(text: string): string {
  return /^(["']).*\1$/s.test(text) ? text.slice(1, -1) : text;
}
