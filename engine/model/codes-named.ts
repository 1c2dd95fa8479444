import { literalValue } from './bind.ts';
import type { Condition } from './condition.ts';

/** The codes without which a bound condition is certainly false, or null where it may hold for any code. */
export function codesNamed(condition: Condition): ReadonlySet<string> | null {
  switch (condition.kind) {
    case 'test': {
      if (condition.fact.written !== 'line.code' || condition.operand.kind !== 'literal') return null;
      if (condition.operator === 'is') return new Set([literalValue(condition.operand) as string]);
      if (condition.operator === 'oneOf')
        return new Set(literalValue(condition.operand) as readonly string[]);
      return null;
    }
    case 'named':
      return codesNamed(condition.condition);
    case 'all': {
      const named = condition.conditions.map(codesNamed).filter((codes) => codes !== null);
      const [first, ...rest] = named;
      return first ? new Set([...first].filter((code) => rest.every((codes) => codes.has(code)))) : null;
    }
    case 'any': {
      const named = condition.conditions.map(codesNamed);
      return named.includes(null) ? null : new Set(named.flatMap((codes) => [...codes!]));
    }
    case 'not':
    case 'anyOtherLine':
    case 'everyOtherLine':
    case 'noOtherLine':
      return null;
  }
}
