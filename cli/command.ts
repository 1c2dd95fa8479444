/**
 * What a command is: a value in `all-commands.ts`, run by `proviso.ts`.
 * A command says what it has to say through its context, and its answer is an exit code. It never prints or exits itself.
 */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What follows `proviso ` on the command line. */
  readonly usage: string;
  readonly options: Readonly<Record<string, Option>>;
  /** What is good to know, one sentence a line. */
  readonly notes: readonly string[];
  readonly examples: readonly string[];
  run(args: Arguments, context: Context): Promise<number>;
}

export interface Option {
  /** What the value is, for the help (`date`, `id`); a switch without a value has none. */
  readonly value?: string;
  /** The only values there are. */
  readonly choices?: readonly string[];
  readonly summary: string;
}

/** The arguments of a command, already checked against its options. */
export interface Arguments {
  readonly positionals: readonly string[];
  /** Whether a switch was given. `--no-browser` is the switch `no-browser`. */
  has(name: string): boolean;
  /** The value of an option, or null where it was not given. */
  value(name: string): string | null;
}

/** Everything of the outside world that a command may touch. */
export interface Context {
  /** The folder that paths are relative to; absolute. */
  readonly cwd: string;
  /** The folder in which Proviso itself is installed; absolute. */
  readonly appFolder: string;
  readonly stdin: () => Promise<Uint8Array>;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly isTerminal: boolean;
  /** Somebody looks on at what goes to `stderr`. */
  readonly isWatched: boolean;
  /** A browser that we open comes up before the user's eyes. */
  readonly hasDesktop: boolean;
  /** Where we may keep what is neither a setting nor a document; absolute. It need not exist yet. */
  readonly stateFolder: string;
  readonly color: boolean;
  /** ISO date. Together with `now` and `elapsed`, the only clock there is. */
  readonly today: string;
  /** The moment in UTC: `2024-03-04T09:30:00.000Z`. */
  readonly now: string;
  /** Milliseconds that only ever grow, to say how long something takes. */
  readonly elapsed: () => number;
  /** Resolves when the user asks to stop (Ctrl+C). */
  readonly untilStopped: () => Promise<void>;
  readonly openBrowser: (address: string) => void;
}

export interface Output {
  write(text: string): void;
}

/** The exit codes, as the help and the manual list them. */
export const exitCodes = {
  ok: 0,
  no: 1,
  usage: 2,
  bug: 70,
} as const;

export const exitCodeMeanings: readonly (readonly [number, string])[] = [
  [exitCodes.ok, 'the answer is yes: no errors, every case passed, everything formatted'],
  [
    exitCodes.no,
    'the answer is no: errors found, a case failed, nothing ran, a file is not formatted, `--fail-on` applies',
  ],
  [exitCodes.usage, 'the command could not be understood, or an input could not be read'],
  [exitCodes.bug, 'a mistake in Proviso itself'],
];

/** The command cannot be carried out as it was given: exit 2, with the sentence that says why. */
export class InputError extends Error {
  /** Where to read more, or what to do next; null where the sentence says it all. */
  readonly hint: string | null;

  constructor(message: string, hint: string | null = null) {
    super(message);
    this.name = 'InputError';
    this.hint = hint;
  }
}
