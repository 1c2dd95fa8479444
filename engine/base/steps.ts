/** A part of the work is done: how many parts so far, and how many there are. */
export interface Step {
  readonly done: number;
  readonly total: number;
}

/** All steps at once, for whoever has nothing else to do in between. */
export function allAtOnce<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
