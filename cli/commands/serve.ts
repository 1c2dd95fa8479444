import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from '../command.ts';
import { exitCodes, InputError } from '../command.ts';
import { paintFor } from '../print/terminal.ts';
import { openWorkspace } from '../workspace.ts';

export const serve: Command = {
  name: 'serve',
  summary: 'Open the workbench in the browser',
  usage: 'serve [folder] [--port <number>] [--no-open]',
  options: {
    port: { value: 'number', summary: 'the port; left out: any that is free' },
    'no-open': { summary: 'print the address and open no browser' },
  },
  notes: [
    'The workbench is reachable from this machine only, and only by the address that is printed.',
    'Ctrl+C ends it.',
  ],
  examples: ['serve', 'serve ../policies --port 4173 --no-open'],

  async run(args, context) {
    if (args.positionals.length > 1)
      throw new InputError('name one workspace folder.', 'See `proviso help serve`.');
    const port = readPort(args.value('port'));
    const { folder, storage } = await openWorkspace(args.positionals, context.cwd);
    const editorFolder = path.join(context.appFolder, 'dist', 'editor');
    if (!existsSync(path.join(editorFolder, 'index.html'))) {
      throw new InputError('the workbench is not built yet.', 'Run `npm run build` first.');
    }
    // Loaded here, because no other command needs a server.
    const { listen } = await import('../../server/listen.ts');
    const running = await listen({ storage, workspaceName: path.basename(folder), editorFolder, port }).catch(
      (error: unknown) => {
        // The server's own sentence says which port and what to do.
        if (error instanceof Error && error.cause !== undefined) throw new InputError(error.message);
        throw error;
      },
    );
    const paint = paintFor(context.color);
    context.stdout.write(
      `Proviso is open on ${folder}\n\n  ${paint.cyan(running.address)}\n\nCtrl+C ends it.\n`,
    );
    if (context.isTerminal && !args.has('no-open')) context.openBrowser(running.address);
    await context.untilStopped();
    await running.close();
    return exitCodes.ok;
  },
};

function readPort(written: string | null): number {
  if (written === null) return 0;
  const port = /^\d{1,5}$/.test(written) ? Number(written) : Infinity;
  if (port > 65535)
    throw new InputError(
      `\`--port\` cannot be \`${written}\`; a port is a whole number from 0 to 65535.`,
      'See `proviso help serve`.',
    );
  return port;
}
