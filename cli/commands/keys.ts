import path from 'node:path';
import type { Arguments, Command, Context } from '../command.ts';
import { exitCodes, InputError } from '../command.ts';
import { privateKeyFile, publicKeyFile, readKeyFile, writeNewKeys } from '../keys.ts';
import { jsonText } from '../print/json.ts';

const hint = 'See `proviso help keys`.';

export const keys: Command = {
  name: 'keys',
  summary: 'Make a pair of keys to sign bundles with, or look at one',
  usage: 'keys new --out <folder> | keys show <file>',
  options: {
    out: { value: 'folder', summary: `where the pair goes: \`${privateKeyFile}\` and \`${publicKeyFile}\`` },
    json: { summary: 'print one JSON document: { keyId, … }' },
  },
  notes: [
    'The private key signs and stays with you: whoever has it can sign in your name.',
    'The public key goes to everybody who takes your bundles, by a way they trust.',
    'No key is ever overwritten.',
  ],
  examples: ['keys new --out ~/proviso-keys', `keys show ~/proviso-keys/${publicKeyFile}`],

  async run(args, context) {
    const [what, ...more] = args.positionals;
    if (what === 'new') return newKeys(more, args, context);
    if (what === 'show') return showKey(more, args, context);
    throw new InputError(
      what === undefined
        ? 'say what to do: `proviso keys new` or `proviso keys show`.'
        : `\`proviso keys\` cannot \`${what}\`; it can \`new\` and \`show\`.`,
      hint,
    );
  },
};

async function newKeys(more: readonly string[], args: Arguments, context: Context): Promise<number> {
  const out = args.value('out');
  if (out === null || more.length > 0)
    throw new InputError('name the folder that the keys go to: `proviso keys new --out <folder>`.', hint);
  const written = await writeNewKeys(path.resolve(context.cwd, out));
  context.stdout.write(
    args.has('json')
      ? jsonText(written)
      : [
          `key id: ${written.keyId}`,
          `private key, for you alone: ${written.privatePath}`,
          `public key, for those who take your bundles: ${written.publicPath}`,
          '',
          `Next: \`proviso export … --sign ${written.privatePath}\` signs a bundle.`,
          '',
        ].join('\n'),
  );
  return exitCodes.ok;
}

async function showKey(files: readonly string[], args: Arguments, context: Context): Promise<number> {
  const [file, ...more] = files;
  if (file === undefined || more.length > 0)
    throw new InputError('name one key file: `proviso keys show <file>`.', hint);
  const key = await readKeyFile(file, context.cwd);
  context.stdout.write(
    args.has('json')
      ? jsonText(key)
      : `${key.private ? 'a private key; keep it to yourself' : 'a public key'}\nkey id: ${key.keyId}\n\n${key.publicPem}`,
  );
  return exitCodes.ok;
}
