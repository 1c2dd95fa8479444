import type { Comparison, PlainTest, Ref, Term, Terms } from '../../intermediate/form.ts';

/** Lists and pairs that tests name, so that each is written once. */
export interface Lists {
  readonly nameOf: (kind: 'list' | 'pairs', values: readonly unknown[]) => string;
  /** In the order in which they were named. */
  readonly written: () => readonly string[];
}

/** A text as a literal; nothing in it can end the literal, a comment or a script. */
export function literal(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  const inner = JSON.stringify(value)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  return `'${inner}'`;
}

export function createLists(): Lists {
  const names = new Map<string, string>();
  const written: string[] = [];
  return {
    nameOf(kind, values) {
      const items = values.map((value) =>
        Array.isArray(value)
          ? `[${value.map((one: string) => literal(one)).join(', ')}]`
          : literal(value as string | number),
      );
      const text = `[\n${wrapped(items)}\n]`;
      const known = names.get(text);
      if (known !== undefined) return known;
      const name = `${kind}${written.length + 1}`;
      names.set(text, name);
      written.push(`const ${name} = ${text};`);
      return name;
    },
    written: () => written,
  };
}

function wrapped(items: readonly string[]): string {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + item.length < 100) lines[lines.length - 1] = `${last} ${item},`;
    else lines.push(`  ${item},`);
  }
  return lines.join('\n');
}

/** What an expression reads; the names are parameters of the functions that hold it. */
export function writeRef(ref: Ref): string {
  switch (ref.kind) {
    case 'figure':
      return `figures[${literal(ref.name)}]`;
    case 'units':
      return `${ref.of}['record.supportableUnits']`;
    case 'field':
      return `${ref.of}[${literal(ref.path)}]`;
  }
}

const comparisons: Readonly<Record<Comparison, string>> = {
  equal: '===',
  notEqual: '!==',
  less: '<',
  atMost: '<=',
  atLeast: '>=',
  more: '>',
};

/** Longer than this, the parts of an expression stand on lines of their own. */
const widest = 90;

/** A test as an expression that is true or false: that a value is there is asked before it is compared. */
export function writeTest(test: PlainTest, lists: Lists, indent: string): string {
  switch (test.kind) {
    case 'always':
      return String(test.value);
    case 'all':
    case 'any':
      return joined(
        test.tests.map((one) => writeTest(one, lists, `${indent}  `)),
        test.kind === 'all' ? '&&' : '||',
        indent,
      );
    case 'someOther':
    case 'everyOther': {
      const method = test.kind === 'someOther' ? 'some' : 'every';
      return `others.${method}((other) => ${writeTest(test.test, lists, `${indent}  `)})`;
    }
    case 'known':
      return `${writeRef(test.ref)} !== undefined`;
    case 'empty':
      return `${writeRef(test.ref)} === null`;
    case 'filled':
      return has(test.ref);
    case 'compare':
      return guarded(
        [test.ref, ...inTerm(test.to)],
        `${writeRef(test.ref)} ${comparisons[test.is]} ${writeTerm(test.to)}`,
      );
    case 'oneOf':
      return guarded(
        [test.ref, ...inTerm(test.of)],
        `${not(test.holds)}${writeTerms(test.of, lists)}.includes(${writeRef(test.ref)})`,
      );
    case 'within':
      return guarded(
        [test.ref, ...inTerm(test.to)],
        `daysBetween(${writeRef(test.ref)}, ${writeTerm(test.to)}) ${test.holds ? '<=' : '>'} ${test.days}`,
      );
    case 'contains':
      return guarded(
        [test.ref, ...inTerm(test.value)],
        `${not(test.holds)}${writeRef(test.ref)}.includes(${writeTerm(test.value)})`,
      );
    case 'containsAny':
    case 'containsAll':
      return guarded(
        [test.ref, ...inTerm(test.of)],
        `${not(test.holds)}${writeTerms(test.of, lists)}.${test.kind === 'containsAny' ? 'some' : 'every'}((one) => ${writeRef(test.ref)}.includes(one))`,
      );
    case 'sizeAtLeast':
      return guarded(
        [test.ref, ...inTerm(test.size)],
        `${writeRef(test.ref)}.length ${test.holds ? '>=' : '<'} ${writeTerm(test.size)}`,
      );
    case 'sizeAtMost':
      return guarded(
        [test.ref, ...inTerm(test.size)],
        `${writeRef(test.ref)}.length ${test.holds ? '<=' : '>'} ${writeTerm(test.size)}`,
      );
    case 'startsWith':
      return guarded(
        [test.ref, ...inTerm(test.text)],
        `${not(test.holds)}${writeRef(test.ref)}.startsWith(${writeTerm(test.text)})`,
      );
    case 'paired':
      return guarded(
        [test.ref, test.with],
        `${not(test.holds)}${lists.nameOf('pairs', test.pairs)}.some(([one, two]) => one === ${writeRef(test.ref)} && two === ${writeRef(test.with)})`,
      );
  }
}

function joined(parts: readonly string[], operator: string, indent: string): string {
  const inOne = `(${parts.join(` ${operator} `)})`;
  if (inOne.length <= widest && !inOne.includes('\n')) return inOne;
  return `(\n${indent}  ${parts.join(` ${operator}\n${indent}  `)}\n${indent})`;
}

function guarded(refs: readonly Ref[], asked: string): string {
  const guards = [...new Set(refs.map(has))];
  return `(${[...guards, asked].join(' && ')})`;
}

const has = (ref: Ref) => `has(${writeRef(ref)})`;
const not = (holds: boolean) => (holds ? '' : '!');

function inTerm(term: Term | Terms): readonly Ref[] {
  return term.kind === 'ref' ? [term.ref] : [];
}

function writeTerm(term: Term): string {
  if (term.kind === 'literal') return literal(term.value);
  const value = writeRef(term.ref);
  if (term.plus === 0) return value;
  return term.ref.scalar === 'date' ? `addDays(${value}, ${term.plus})` : `add(${value}, ${term.plus})`;
}

function writeTerms(terms: Terms, lists: Lists): string {
  if (terms.kind === 'ref') return writeRef(terms.ref);
  if (terms.values.length <= 4) return `[${terms.values.map(literal).join(', ')}]`;
  return lists.nameOf('list', terms.values);
}
