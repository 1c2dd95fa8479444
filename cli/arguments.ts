import { parseArgs } from 'node:util';
import { suggest } from '#engine';
import type { Arguments, Command, Option } from './command.ts';
import { InputError } from './command.ts';

/** Every command understands `--help`, so that asking for help is never an error. */
export const helpOption: Option = { summary: 'show this help' };

/** Reads the words after the command's name; what the command does not know is an error with the nearest name it knows. */
export function readArguments(command: Command, words: readonly string[]): Arguments {
  const options: Readonly<Record<string, Option>> = { ...command.options, help: helpOption };
  const hint = `See \`proviso help ${command.name}\`.`;
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      Object.entries(options).map(([name, option]) => [
        name,
        { type: option.value ? 'string' : 'boolean' } as const,
      ]),
    ),
    allowPositionals: true,
    // Our own sentences below are better than those of the standard library, so it only takes the words apart.
    strict: false,
    tokens: true,
  });

  const positionals: string[] = [];
  const values = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const name = token.rawName === '-h' ? 'help' : token.name;
    const option = token.rawName.startsWith('--') || name === 'help' ? ownOption(options, name) : undefined;
    if (option === undefined) {
      const near = suggest(name, Object.keys(options));
      throw new InputError(
        `\`proviso ${command.name}\` has no option \`${token.rawName}\`${near ? `; did you mean \`--${near}\`?` : '.'}`,
        hint,
      );
    }
    if (values.has(name) && option.value) throw new InputError(`\`--${name}\` is given twice.`, hint);
    values.set(name, readValue(name, option, token.value, hint));
  }
  return { positionals, has: (name) => values.has(name), value: (name) => values.get(name) ?? null };
}

function readValue(name: string, option: Option, value: string | undefined, hint: string): string {
  if (option.value === undefined) {
    if (value !== undefined) throw new InputError(`\`--${name}\` takes no value.`, hint);
    return '';
  }
  // `--filter --json` is a forgotten value, not a filter for the text `--json`; `--filter=--json` says it clearly.
  if (value === undefined || value === '')
    throw new InputError(`\`--${name}\` needs a value: ${option.value}.`, hint);
  if (option.choices && !option.choices.includes(value)) {
    const near = suggest(value, option.choices);
    throw new InputError(
      `\`--${name}\` cannot be \`${value}\`; ${near ? `did you mean \`${near}\`?` : `it is one of ${option.choices.join(', ')}.`}`,
      hint,
    );
  }
  return value;
}

function ownOption(options: Readonly<Record<string, Option>>, name: string): Option | undefined {
  return Object.hasOwn(options, name) ? options[name] : undefined;
}
