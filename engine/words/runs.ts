/**
 * Words with what they stand for, so that one sentence serves the screen, the printer and a manual:
 * a reader of plain text takes the text, a page may open the list or go to the clause.
 */
export type Run =
  | { readonly kind: 'text'; readonly text: string }
  /** A fact by what people call it. */
  | { readonly kind: 'fact'; readonly text: string; readonly path: string }
  /** A value as it stands in the policy or was found. */
  | { readonly kind: 'value'; readonly text: string }
  /** A parameter: its value where it has one, else its name. */
  | { readonly kind: 'parameter'; readonly text: string; readonly name: string }
  /** A list of the workspace, by its title. */
  | { readonly kind: 'list'; readonly text: string; readonly list: string }
  /** A named condition or a figure, explained elsewhere in the policy. */
  | { readonly kind: 'term'; readonly text: string; readonly name: string }
  /** A clause of a source. */
  | { readonly kind: 'citation'; readonly text: string; readonly source: string; readonly clause: string };

export type Runs = readonly Run[];

/** One sentence from pieces: plain text, runs, and runs of runs; neighbouring text is joined. */
export function words(...pieces: readonly (string | Run | Runs)[]): Runs {
  const runs: Run[] = [];
  const add = (run: Run): void => {
    const last = runs.at(-1);
    if (run.kind === 'text' && run.text === '') return;
    if (run.kind === 'text' && last?.kind === 'text')
      runs[runs.length - 1] = { kind: 'text', text: last.text + run.text };
    else runs.push(run);
  };
  for (const piece of pieces) {
    if (typeof piece === 'string') add({ kind: 'text', text: piece });
    else if ('kind' in piece) add(piece);
    else piece.forEach(add);
  }
  return runs;
}

export function textOf(runs: Runs): string {
  return runs.map(({ text }) => text).join('');
}

/** `a, b and c`, each with its runs. */
export function joined(items: readonly Runs[], last: 'and' | 'or'): Runs {
  return items.flatMap((item, index) => {
    if (index === 0) return item;
    return words(index === items.length - 1 ? ` ${last} ` : ', ', item);
  });
}

/** The same sentence with a capital at its beginning. */
export function capitalised(runs: Runs): Runs {
  const [first, ...rest] = runs;
  return first ? [{ ...first, text: capital(first.text) }, ...rest] : runs;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A name or id as words: `afterInitialPhase` is "after initial phase", and one-on-one stays one word. */
export function nameWords(name: string): string {
  return name
    .replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/one-on-one|\bre-(?=[a-z])|[-_]/g, (found) => (found.length > 1 ? found : ' '));
}
