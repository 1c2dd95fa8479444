import { describe, expect, test } from 'vitest';
import { checkRules } from './check-rules.ts';

const isEight = { fact: 'record', path: '$.minutes', operator: 'equal', value: 8 };
const rule = (conditions: unknown, more: object = {}) => ({
  name: 'r',
  conditions,
  event: { type: 'r' },
  ...more,
});
const all = (...conditions: unknown[]) => rule({ all: conditions });

describe('what passes', () => {
  test.each([
    ['a test', all(isEight)],
    ['a test against another fact', all({ ...isEight, value: { fact: 'plan', path: '$.visits' } })],
    ['emptiness', all({ ...isEight, operator: 'notEqual', value: null })],
    ['a list', all({ ...isEight, operator: 'in', value: [8, 9] })],
    ['a list of nothing', all({ ...isEight, operator: 'in', value: [] })],
    ['a computed list', all({ ...isEight, operator: 'in', value: { fact: 'operands', path: '$.operand0' } })],
    ['nesting', rule({ any: [{ all: [isEight, { any: [isEight] }] }] })],
  ])('%s', (_, given) => {
    expect(() => checkRules([given])).not.toThrow();
  });
});

/** Each of these the engine would take without a word, and judge otherwise than it reads; see traps.md. */
describe('what is refused', () => {
  test.each([
    ['an empty `any`, which would hold', rule({ any: [] }), '`any` is empty'],
    ['an empty `all`', all({ all: [] }), '`all` is empty'],
    [
      'two words in one condition, of which one would be dropped',
      rule({ all: [isEight], any: [isEight] }),
      'is all and any',
    ],
    ['a test beside a word', all({ ...isEight, all: [isEight] }), 'is all and fact'],
    ['`not`, which would negate the guards too', rule({ not: isEight }), 'unknown key: not'],
    [
      'a reference to a named condition, which may lead in a circle',
      all({ condition: 'shared' }),
      'unknown key: condition',
    ],
    ['a root that is a single test', rule(isEight), 'unknown key: fact'],
    ['a root that says nothing', rule({}), 'begins with neither'],
    [
      'an operator that would be missed only when reached',
      all({ ...isEight, operator: 'between' }),
      'unknown operator',
    ],
    [
      'a decorator on an operator that is not ours',
      all({ ...isEight, operator: 'not:equal' }),
      'unknown operator',
    ],
    [
      'an operator that objects have of themselves',
      all({ ...isEight, operator: 'constructor' }),
      'unknown operator',
    ],
    [
      'text where a list is searched',
      all({ ...isEight, operator: 'in', value: '97530,97110' }),
      'something that is no list',
    ],
    [
      'a list that may be empty of a value',
      all({ ...isEight, operator: 'in', value: { fact: 'record', path: '$.regions' } }),
      'may be no list',
    ],
    ['a literal object', all({ ...isEight, value: { fact: 'record' } }), 'not of the form $.name'],
    [
      'a literal object with parameters',
      all({ ...isEight, value: { fact: 'record', path: '$.minutes', params: {} } }),
      'unknown key: params',
    ],
    [
      'an object within a list',
      all({ ...isEight, operator: 'in', value: [{ fact: 'record' }] }),
      'compares with something',
    ],
    ['a number that is none', all({ ...isEight, value: NaN }), 'compares with something'],
    ['a function', all({ ...isEight, value: () => 8 }), 'compares with something'],
    ['a date object', all({ ...isEight, value: Object.create({ getTime: () => 0 }) }), 'not a plain object'],
    ['priorities of conditions', all({ ...isEight, priority: 2 }), 'unknown key: priority'],
    ['priorities of rules', { ...all(isEight), priority: 2 }, 'unknown key: priority'],
    ['handlers', { ...all(isEight), onSuccess: () => {} }, 'unknown key: onSuccess'],
    [
      'event parameters',
      rule({ all: [isEight] }, { event: { type: 'r', params: {} } }),
      'unknown key: params',
    ],
    [
      'a test without a path, which would compare the whole fact',
      all({ fact: 'record', operator: 'equal', value: 8 }),
      'not of the form $.name',
    ],
    ['a rule without a name', { ...all(isEight), name: undefined }, 'has no name'],
    ['a rule in a class of its own', Object.assign(Object.create({}), all(isEight)), 'not a plain object'],
  ])('%s', (_, given, message) => {
    expect(() => checkRules([given])).toThrow(message);
  });

  test('two rules of one name, since an engine finds rules by name', () => {
    expect(() => checkRules([all(isEight), all(isEight)])).toThrow('two rules are named "r"');
  });
});
