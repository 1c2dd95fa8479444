import type { Command, Option } from './command.ts';
import { exitCodeMeanings } from './command.ts';
import { helpOption } from './arguments.ts';

export function overview(commands: readonly Command[]): string {
  return lines([
    'Proviso: payer policies as code.',
    '',
    'Usage: proviso <command> [options]',
    '',
    'Commands:',
    ...columns(commands.map((command) => [command.name, command.summary])),
    '',
    ...pathsAndExitCodes,
    '',
    '`proviso help <command>` says more about one; `proviso --version` tells which Proviso this is.',
  ]);
}

export function commandHelp(command: Command): string {
  const options = Object.entries<Option>({ ...command.options, help: helpOption });
  return lines([
    `${command.summary}.`,
    '',
    `Usage: proviso ${command.usage}`,
    '',
    ...(command.notes.length > 0 ? [...command.notes, ''] : []),
    'Options:',
    ...columns(options.map(([name, option]) => [optionName(name, option), option.summary])),
    '',
    'Examples:',
    ...command.examples.map((example) => `  proviso ${example}`),
    '',
    ...pathsAndExitCodes,
  ]);
}

const pathsAndExitCodes = [
  'A workspace is a folder that holds `rules/`. Without a path, the one you are in is meant.',
  '',
  'Exit codes:',
  ...columns(exitCodeMeanings.map(([code, meaning]) => [String(code), meaning])),
];

function optionName(name: string, option: Option): string {
  if (option.value === undefined) return `--${name}`;
  return `--${name} ${option.choices ? option.choices.join('|') : `<${option.value}>`}`;
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const widest = Math.max(...rows.map(([left]) => left.length));
  // A long left column takes a line of its own rather than pushing all others to the right.
  const width = Math.min(widest, 24);
  return rows.flatMap(([left, right]) =>
    left.length > width
      ? [`  ${left}`, `  ${' '.repeat(width)}  ${right}`]
      : [`  ${left.padEnd(width)}  ${right}`],
  );
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
