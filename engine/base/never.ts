/** For the branch that cannot be reached: the compiler checks that, and the data is in the message if it lies. */
export function never(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
