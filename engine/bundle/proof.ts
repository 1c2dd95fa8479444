/**
 * What is proven of the export to one target, on one engine.
 * “Identical” is the whole answer: every decision, every violated and undecided rule, and the supportable units.
 */
export type Proof =
  | {
      readonly proven: true;
      readonly target: string;
      /** The engine that ran it, as its makers write its name, and as it states its version. */
      readonly engine: string;
      readonly version: string;
      /** How often the whole kit was run, and whether every run gave the same answers. */
      readonly runs: number;
      readonly steady: boolean;
      readonly identical: number;
      /** Encounters of the kit that the target can hold. */
      readonly total: number;
      /** Those that its input cannot hold, by id. */
      readonly cannotHold: readonly string[];
      /** Deliberate errors in the export, and how many of them the kit caught; null where that was not tried. */
      readonly mutants: { readonly caught: number; readonly total: number } | null;
    }
  | {
      readonly proven: false;
      readonly target: string;
      /** Why it was not run, in one sentence. */
      readonly why: string;
    };
