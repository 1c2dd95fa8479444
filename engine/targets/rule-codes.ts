import { literalValue } from '../model/bind.ts';
import type { KnownValue } from '../model/condition.ts';
import { operators } from '../model/operators.ts';
import type { Rule } from '../model/policy.ts';
import { conjuncts, plainOf, testIn } from '../words/phrase.ts';

/** The codes to which a rule of claim lines limits itself by name or by a list; null where it does not. Bound to a day. */
export function codesOf({ scope, when }: Rule): readonly string[] | null {
  if (scope === 'visit' || when === null || plainOf(when).kind === 'any') return null;
  const tests = conjuncts(when).flatMap((condition) => {
    const found = testIn(condition);
    return found?.test.fact.written === 'line.code' && found.test.operand.kind === 'literal' ? [found] : [];
  });
  const named = tests.find(
    ({ test, denied }) => !denied && (test.operator === 'is' || test.operator === 'oneOf'),
  );
  if (!named) return null;
  const candidates = [literalValue(named.test.operand)].flat() as readonly KnownValue[];
  return candidates
    .filter((code) =>
      tests.every(
        ({ test, denied }) => operators[test.operator].test(code, literalValue(test.operand)) !== denied,
      ),
    )
    .map(String)
    .toSorted();
}
