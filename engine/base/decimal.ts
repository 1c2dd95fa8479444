/** Numbers of policies and encounters are decimals of so many places at most: they are whole thousandths. */
export const decimalPlaces = 3;

/** A decimal as whole thousandths, for targets that would compute with binary fractions. */
export function thousandths(value: number): number {
  return Math.round(value * 1000);
}

/**
 * The decimal that a computed number stands for: 0.1 + 0.2 is 0.30000000000000004 in binary fractions, and 0.3 is meant.
 * Everything that is added goes through it, so sums are exact, and no order of adding gives another one.
 */
export function decimal(computed: number): number {
  return Number.isInteger(computed) ? computed : thousandths(computed) / 1000;
}
