import { parseDay } from '../../base/calendar-date.ts';
import { never } from '../../base/never.ts';
import type { Comparison, PlainTest, Ref, Scalar, Term, Terms } from '../../intermediate/form.ts';
import { commonScale, inScale, scaleOf } from '../scale.ts';
import type { Scale, Scales } from '../scale.ts';

/** Where helper functions go, and what names are taken. */
export interface RegoWriting extends Scales {
  readonly functions: string[];
  readonly prefix: string;
  readonly count: { names: number; variables: number };
}

/**
 * A test as the statements of a body, which holds where every one does. What is not known is undefined in Rego, and a
 * statement with it in it fails; so a test is false where it must be. `not` stands only before what is defined.
 */
export function statements(test: PlainTest, writing: RegoWriting): readonly string[] {
  switch (test.kind) {
    case 'always':
      return [test.value ? 'true' : 'false'];
    case 'all':
      return test.tests.flatMap((one) => statements(one, writing));
    case 'any':
      return [`${functionOf(test.tests, writing)}(s)`];
    case 'known':
      return [`_ = ${place(test.ref)}`];
    case 'empty':
      return [`${place(test.ref)} == null`];
    case 'filled':
      return filled(test.ref, writing).lines;
    case 'someOther': {
      const other = variable(writing);
      return [
        `some ${other} in s.others`,
        `${functionOf([test.test], writing)}(object.union(s, {"other": ${other}}))`,
      ];
    }
    case 'everyOther': {
      const other = variable(writing);
      const holds = `${functionOf([test.test], writing)}(object.union(s, {"other": ${other}}))`;
      return [`every ${other} in s.others {\n\t\t${holds}\n\t}`];
    }
    case 'compare': {
      const scale = commonScale(scaleOf(test.ref, writing), scaleOf(test.to, writing));
      return withTerm(
        test.ref,
        test.to,
        writing,
        scale,
        (left, right) => `${left} ${comparisons[test.is]} ${right}`,
      );
    }
    case 'oneOf':
      return withTerms(test.ref, test.of, writing, (left, right) =>
        signed(`${left} in ${right}`, test.holds),
      );
    case 'within':
      return withTerm(
        test.ref,
        test.to,
        writing,
        0,
        (left, right) => `abs(${left} - ${right}) ${test.holds ? '<=' : '>'} ${test.days}`,
      );
    case 'contains': {
      const scale = commonScale(scaleOf(test.ref, writing), scaleOf(test.value, writing));
      return withTerm(test.ref, test.value, writing, scale, (left, right) =>
        signed(`${right} in ${left}`, test.holds),
      );
    }
    case 'containsAny':
      return withTerms(test.ref, test.of, writing, (left, right) =>
        signed(`shares(${left}, ${right})`, test.holds),
      );
    case 'containsAll':
      return withTerms(test.ref, test.of, writing, (left, right) =>
        signed(`covers(${left}, ${right})`, test.holds),
      );
    case 'sizeAtLeast':
    case 'sizeAtMost': {
      const sign = test.kind === 'sizeAtLeast' ? (test.holds ? '>=' : '<') : test.holds ? '<=' : '>';
      const left = filled(test.ref, writing);
      const right = termOf(test.size, 'number', writing, scaleOf(test.size, writing));
      const size = scaled(`count(${left.name})`, 0, scaleOf(test.size, writing));
      return [...left.lines, ...right.lines, `${size} ${sign} ${right.name}`];
    }
    case 'startsWith':
      return withTerm(test.ref, test.text, writing, 0, (left, right) =>
        signed(`startswith(${left}, ${right})`, test.holds),
      );
    case 'paired': {
      const [one, two] = [filled(test.ref, writing), filled(test.with, writing)];
      const pairs = test.pairs.map(([first, second]) => `[${text(first)}, ${text(second)}]`);
      const found = `[${one.name}, ${two.name}] in ${setOf(pairs)}`;
      return [...one.lines, ...two.lines, signed(found, test.holds)];
    }
    default:
      return never(test);
  }
}

/** A function that holds where one of the tests does, and is undefined elsewhere. */
export function functionOf(tests: readonly PlainTest[], writing: RegoWriting): string {
  writing.count.names += 1;
  const name = `${writing.prefix}_${writing.count.names}`;
  // Inner functions are written first, so that one reads from the small to the large.
  const bodies = tests.map((test) => {
    const lines = statements(test, writing);
    // A parameter that is not used must be nameless to the strict compiler.
    const parameter = lines.some((line) => /\bs\b/.test(line)) ? 's' : '_';
    return `${name}(${parameter}) if {\n${lines.map((line) => `\t${line}`).join('\n')}\n}`;
  });
  writing.functions.push(bodies.join('\n\n'));
  return name;
}

const comparisons: Readonly<Record<Comparison, string>> = {
  equal: '==',
  notEqual: '!=',
  less: '<',
  atMost: '<=',
  atLeast: '>=',
  more: '>',
};

function signed(statement: string, holds: boolean): string {
  return holds ? statement : `not ${statement}`;
}

interface Bound {
  readonly lines: readonly string[];
  readonly name: string;
}

function variable({ count }: RegoWriting): string {
  count.variables += 1;
  return `v${count.variables}`;
}

/** The value in a variable, which is known and not empty. */
function filled(ref: Ref, writing: RegoWriting): Bound {
  const name = variable(writing);
  return { name, lines: [`${name} := ${place(ref)}`, `${name} != null`] };
}

function withTerm(
  ref: Ref,
  to: Term,
  writing: RegoWriting,
  scale: Scale,
  ask: (left: string, right: string) => string,
): readonly string[] {
  const left = filled(ref, writing);
  const right = termOf(to, ref.scalar, writing, scale);
  const list = ref.list && scaleOf(ref, writing) !== scale ? `thousandfold(${left.name})` : null;
  const own = list ?? (ref.list ? left.name : scaled(left.name, scaleOf(ref, writing), scale));
  return [...left.lines, ...right.lines, ask(own, right.name)];
}

function termOf(term: Term, scalar: Scalar, writing: RegoWriting, scale: Scale): Bound {
  if (term.kind === 'literal') return { lines: [], name: literal(term.value, scalar, scale) };
  const { lines, name } = filled(term.ref, writing);
  const own = scaled(name, scaleOf(term.ref, writing), scale);
  if (term.plus === 0) return { lines, name: own };
  const added = term.ref.scalar === 'date' ? term.plus : inScale(term.plus, scale);
  return { lines, name: `(${own} + ${added})` };
}

function withTerms(
  ref: Ref,
  of: Terms,
  writing: RegoWriting,
  ask: (left: string, right: string) => string,
): readonly string[] {
  const left = filled(ref, writing);
  const own = scaleOf(ref, writing);
  const scale = commonScale(own, scaleOf(of, writing));
  const asList = (name: string, from: Scale) => (from === scale ? name : `thousandfold(${name})`);
  const leftSide = ref.list ? asList(left.name, own) : scaled(left.name, own, scale);
  if (of.kind === 'literals')
    return [...left.lines, ask(leftSide, setOf(of.values.map((it) => literal(it, ref.scalar, scale))))];
  const right = filled(of.ref, writing);
  return [...left.lines, ...right.lines, ask(leftSide, asList(right.name, scaleOf(of.ref, writing)))];
}

function setOf(items: readonly string[]): string {
  return items.length === 0 ? 'set()' : `{${[...new Set(items)].join(', ')}}`;
}

/** Where a value stands in a subject. */
export function place(ref: Ref, subject = 's'): string {
  switch (ref.kind) {
    case 'figure':
      return `${subject}.figures[${text(ref.name)}]`;
    case 'units':
      return ref.of === 'other'
        ? `${subject}.units[${subject}.other.index]`
        : `${subject}.units[${subject}.index]`;
    case 'field': {
      const owner = ref.of === 'other' ? `${subject}.other.line` : `${subject}.${ref.of}`;
      return `${owner}[${text(ref.path)}]`;
    }
  }
}

function scaled(name: string, from: Scale, to: Scale): string {
  return from === to ? name : `(${name} * 1000)`;
}

function literal(value: string | number | boolean, scalar: Scalar, scale: Scale): string {
  if (typeof value === 'number') return String(inScale(value, scale));
  if (typeof value === 'boolean') return String(value);
  return scalar === 'date' ? String(parseDay(value)!) : text(value);
}

/** Text as JSON writes it is text in Rego. */
export function text(value: string): string {
  return JSON.stringify(value);
}
