import { suggest } from '#engine';
import { allCommands } from './all-commands.ts';
import { readArguments } from './arguments.ts';
import type { Command, Context } from './command.ts';
import { exitCodes, InputError } from './command.ts';
import { commandHelp, overview } from './help.ts';
import { jsonText } from './print/json.ts';
import { failureText } from './print/terminal.ts';

/** Words in, exit code out: finds the command, reads its arguments, runs it, and answers for what goes wrong. */
export async function proviso(words: readonly string[], context: Context, version: string): Promise<number> {
  try {
    return await dispatch(words, context, version);
  } catch (error) {
    return wantsJson(words) ? failAsJson(error, context) : failAsText(error, context);
  }
}

async function dispatch(words: readonly string[], context: Context, version: string): Promise<number> {
  const [first, ...rest] = words;
  if (first === undefined) {
    context.stderr.write(overview(allCommands));
    return exitCodes.usage;
  }
  if (first === '--version' || first === '-v' || first === 'version') {
    context.stdout.write(`${version}\n`);
    return exitCodes.ok;
  }
  if (first === '--help' || first === '-h') return help([], context);
  if (first === 'help') return help(rest, context);

  const command = findCommand(first);
  const args = readArguments(command, rest);
  if (args.has('help')) return help([command.name], context);
  return command.run(args, context);
}

function help(words: readonly string[], context: Context): number {
  const [topic] = words;
  const wanted = topic === undefined || topic.startsWith('-') ? null : findCommand(topic);
  context.stdout.write(wanted ? commandHelp(wanted) : overview(allCommands));
  return exitCodes.ok;
}

function findCommand(name: string): Command {
  const command = allCommands.find((one) => one.name === name);
  if (command) return command;
  const near = suggest(
    name,
    allCommands.map((one) => one.name),
  );
  const kind = name.startsWith('-') ? 'option' : 'command';
  throw new InputError(
    `there is no ${kind} \`${name}\`${near && kind === 'command' ? `; did you mean \`proviso ${near}\`?` : '.'}`,
    'See `proviso help`.',
  );
}

/** Asked of the bare words, because the words may be wrong and the answer still has to be a JSON document. */
function wantsJson(words: readonly string[]): boolean {
  const options = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
  const reporter = options.indexOf('--reporter');
  return (
    options.includes('--json') ||
    options.includes('--reporter=json') ||
    (reporter !== -1 && options[reporter + 1] === 'json')
  );
}

function failAsJson(error: unknown, context: Context): number {
  const message = error instanceof InputError ? withHint(error) : bugMessage(error);
  context.stdout.write(jsonText({ error: { message } }));
  return error instanceof InputError ? exitCodes.usage : exitCodes.bug;
}

function failAsText(error: unknown, context: Context): number {
  if (error instanceof InputError) {
    context.stderr.write(failureText(error.message, error.hint, context.color));
    return exitCodes.usage;
  }
  context.stderr.write(`${bugMessage(error)}\n`);
  return exitCodes.bug;
}

function withHint(error: InputError): string {
  return error.hint === null ? error.message : `${error.message} ${error.hint}`;
}

/**
 * One line that we can find the mistake by. The message of an unexpected error may quote what it stumbled over,
 * which may be a patient's record, so only its kind and the place in our code are told.
 */
function bugMessage(error: unknown): string {
  const name = error instanceof Error ? error.constructor.name : typeof error;
  const frame = error instanceof Error ? /^\s*at .*$/m.exec(stackBelow(error))?.[0].trim() : undefined;
  const place =
    frame === undefined ? '' : ` ${frame.replace(/\(?(?:file:\/\/)?\S*[/\\](?=[^/\\]+:\d+:\d+\)?$)/, '(')}`;
  return `proviso: a mistake in Proviso itself (${name}${place}). Please report this line; it holds none of your data.`;
}

/** The stack begins with the message, which may have lines that look like frames. */
function stackBelow(error: Error): string {
  const stack = error.stack ?? '';
  const at = error.message === '' ? -1 : stack.indexOf(error.message);
  return at === -1 ? stack : stack.slice(at + error.message.length);
}
