import { mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { openDiskStorage } from '../../storage/disk.ts';
import { StorageError } from '../../storage/storage.ts';
import type { Command } from '../command.ts';
import { exitCodes, InputError } from '../command.ts';
import { exampleWorkspace } from '../example.ts';
import { jsonText } from '../print/json.ts';
import { isWorkspace, quoted } from '../workspace.ts';

export const init: Command = {
  name: 'init',
  summary: 'Begin a workspace with a small example of each kind of file',
  usage: 'init [folder] [--here] [--json]',
  options: {
    here: { summary: 'also in a folder that holds other files; none of them is touched' },
    json: { summary: 'print one JSON document: { folder, created: [paths] }' },
  },
  notes: [
    'The folder is made if it is not there; left out, it is the one you are in.',
    'A payer, a policy, a list, a source, an encounter and a suite: all invented, to be read, changed and deleted.',
    'Nothing that exists is overwritten.',
  ],
  examples: ['init policies', 'init --here'],

  async run(args, context) {
    if (args.positionals.length > 1)
      throw new InputError('begin one workspace at a time.', 'See `proviso help init`.');
    const written = args.positionals[0] ?? '.';
    const folder = path.resolve(context.cwd, written);
    try {
      await mkdir(folder, { recursive: true });
      await checkRoom(folder, written, args.has('here'));
      await writeExample(folder);
    } catch (error) {
      throw asInputError(error, written);
    }
    const created = Object.keys(exampleWorkspace);
    if (args.has('json')) {
      context.stdout.write(jsonText({ folder, created }));
    } else {
      context.stdout.write(
        `A workspace with a small example is in ${folder}:\n\n${created.map((file) => `  ${file}`).join('\n')}\n\n` +
          `Next: \`proviso open ${quoted(written)}\` opens it in the workbench.\n`,
      );
    }
    return exitCodes.ok;
  },
};

/** What is hidden does not count: a new repository has its `.git`. */
async function checkRoom(folder: string, written: string, besideOthers: boolean): Promise<void> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.'));
  if (await isWorkspace(folder)) {
    throw new InputError(
      `\`${written}\` is a workspace already: it holds \`rules/\`.`,
      `\`proviso open ${quoted(written)}\` opens it.`,
    );
  }
  if (names.length > 0 && !besideOthers) {
    throw new InputError(
      `\`${written}\` is not empty; it holds \`${names.sort()[0]}\`${names.length > 1 ? ' and more' : ''}.`,
      'Name a new folder, or add `--here` to begin the workspace beside what is there.',
    );
  }
  for (const file of Object.keys(exampleWorkspace)) {
    if ((await stat(path.join(folder, file)).catch(() => null)) !== null) {
      throw new InputError(`\`${file}\` exists in it already, and nothing is overwritten.`);
    }
  }
}

async function writeExample(folder: string): Promise<void> {
  const storage = await openDiskStorage(folder);
  for (const [file, text] of Object.entries(exampleWorkspace)) {
    const result = await storage.write(file, text, null);
    if (result.kind === 'conflict')
      throw new InputError(`\`${file}\` has come into being meanwhile, and nothing is overwritten.`);
  }
}

function asInputError(error: unknown, written: string): unknown {
  if (error instanceof StorageError) return new InputError(error.message);
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EEXIST':
    case 'ENOTDIR':
      return new InputError(
        `\`${written}\` cannot be a folder: a file is in its way.`,
        'Choose another name.',
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new InputError(
        `\`${written}\` cannot be written: the system does not permit it.`,
        'Choose a folder of your own.',
      );
    case 'ENOSPC':
      return new InputError(
        `\`${written}\` cannot be written: the disk is full.`,
        'Make room, and try again.',
      );
    default:
      return error;
  }
}
