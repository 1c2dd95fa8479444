/** Sixteen at a time: enough to keep the disk busy, few enough never to run out of open files. */
const batchSize = 16;

/** The action's answers, in the order of the items. */
export async function inBatches<T, U>(
  items: readonly T[],
  action: (item: T) => Promise<U>,
): Promise<readonly U[]> {
  const answers: U[] = [];
  for (let from = 0; from < items.length; from += batchSize) {
    answers.push(...(await Promise.all(items.slice(from, from + batchSize).map(action))));
  }
  return answers;
}
