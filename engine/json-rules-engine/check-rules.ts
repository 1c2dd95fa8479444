import { knownOperators, listOperators } from './operators.ts';
import { nameInPath } from './path-resolver.ts';

/**
 * Refuses rules that the engine would misread, before it sees them: see `traps.md`.
 *
 * It takes anything, since rules may come from a file; what it lets through is of the shape that `to-rules.ts` writes.
 * Throws with the name of the rule, because a rule of ours that is refused is a mistake of ours.
 */
export function checkRules(rules: readonly unknown[]): void {
  const names = new Set<string>();
  for (const rule of rules) {
    const { name, conditions, event } = takeObject(rule, 'a rule', ['name', 'conditions', 'event']);
    if (typeof name !== 'string' || name === '') throw new Error('a rule has no name');
    if (names.has(name)) throw new Error(`two rules are named ${JSON.stringify(name)}`);
    names.add(name);
    const where = `the rule ${JSON.stringify(name)}`;
    takeObject(event, `the event of ${where}`, ['type']);
    const root = takeObject(conditions, `the conditions of ${where}`, ['all', 'any']);
    if (!('all' in root || 'any' in root))
      throw new Error(`${where} begins with neither \`all\` nor \`any\``);
    checkCondition(root, where);
  }
}

function checkCondition(condition: unknown, where: string): void {
  const node = takeObject(condition, `a condition of ${where}`, [
    'all',
    'any',
    'fact',
    'path',
    'operator',
    'value',
  ]);
  const kinds = ['all', 'any', 'fact'].filter((key) => key in node);
  if (kinds.length !== 1)
    throw new Error(
      `a condition of ${where} must be one of \`all\`, \`any\` and \`fact\`, and is ${kinds.join(' and ') || 'none'}`,
    );
  if (kinds[0] === 'fact') return checkTest(node, where);
  if (Object.keys(node).length !== 1)
    throw new Error(`beside \`${kinds[0]}\` stands something else in ${where}`);
  const children = node[kinds[0]!];
  if (!Array.isArray(children) || children.length === 0)
    throw new Error(`\`${kinds[0]}\` is empty in ${where}`);
  for (const child of children) checkCondition(child, where);
}

function checkTest(test: Record<string, unknown>, where: string): void {
  checkReference(test, where);
  const { operator, value } = test;
  if (typeof operator !== 'string' || !knownOperators.has(operator))
    throw new Error(`${where} names an unknown operator: ${JSON.stringify(operator)}`);
  const isReference = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isReference) {
    checkReference(takeObject(value, `a value in ${where}`, ['fact', 'path']), where);
    const isList = (value as { fact: string }).fact === 'operands';
    if (listOperators.has(operator) && !isList)
      throw new Error(`${where} gives \`${operator}\` a fact that may be no list`);
    return;
  }
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (listOperators.has(operator) && !Array.isArray(value))
    throw new Error(`${where} gives \`${operator}\` something that is no list`);
  const plain = items.every(
    (item) => item === null || ['string', 'boolean'].includes(typeof item) || Number.isFinite(item),
  );
  if (!plain)
    throw new Error(`${where} compares with something that is neither text, number, yes or no, nor empty`);
}

function checkReference({ fact, path }: Record<string, unknown>, where: string): void {
  if (typeof fact !== 'string' || fact === '') throw new Error(`a test of ${where} names no fact`);
  if (typeof path !== 'string' || nameInPath(path) === null)
    throw new Error(`${where} has a path that is not of the form $.name: ${JSON.stringify(path)}`);
}

/** A plain object with no other keys than these. */
function takeObject(value: unknown, what: string, keys: readonly string[]): Record<string, unknown> {
  const isPlain =
    typeof value === 'object' &&
    value !== null &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
  if (!isPlain) throw new Error(`${what} is not a plain object`);
  const unknown = Reflect.ownKeys(value).find((key) => typeof key !== 'string' || !keys.includes(key));
  if (unknown !== undefined) throw new Error(`${what} has an unknown key: ${String(unknown)}`);
  return value as Record<string, unknown>;
}
