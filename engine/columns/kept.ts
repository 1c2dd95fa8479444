const generation = 32;

/**
 * Answers by what was asked. Those for which nobody asked through at least so many programs are dropped, so that typing
 * does not gather memory, and an answer that is hidden behind another is still there when its rule is edited.
 */
export class Kept<T> {
  #asked = new Map<string, T>();
  #before = new Map<string, T>();
  #programs = 0;

  get(key: string, make: () => T): T {
    const known = this.#asked.get(key) ?? this.#before.get(key) ?? make();
    this.#asked.set(key, known);
    return known;
  }

  nextProgram(): void {
    this.#programs += 1;
    if (this.#programs % generation !== 0) return;
    this.#before = this.#asked;
    this.#asked = new Map();
  }
}
