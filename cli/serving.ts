import { existsSync } from 'node:fs';
import path from 'node:path';
import { interruptedIn } from '../publishing/read-releases.ts';
import { StorageError } from '../storage/storage.ts';
import type { Arguments, Context } from './command.ts';
import { exitCodes, InputError } from './command.ts';
import { paintFor } from './print/terminal.ts';
import { interruptedText } from './releases.ts';
import { folderToOpen } from './workspace.ts';

/** What `open` and `serve` share: the workbench on a folder, until somebody stops it. */
export async function serveFolder(
  written: string | null,
  args: Arguments,
  context: Context,
  onReady: (address: string) => void,
): Promise<number> {
  const port = readPort(args.value('port'));
  const folder = await folderToOpen(written, context.cwd);
  const editorFolder = path.join(context.appFolder, 'dist', 'editor');
  if (!existsSync(path.join(editorFolder, 'index.html'))) {
    throw new InputError('the workbench is not built yet.', 'Run `npm run build` first.');
  }
  // Loaded here, because no other command needs a server.
  const { createOpenFolders } = await import('../server/folders.ts');
  const { createRecentFolders } = await import('../server/recent.ts');
  const { createExporting } = await import('./exporter.ts');
  const folders = createOpenFolders(editorFolder, createRecentFolders(context.stateFolder), (of) =>
    createExporting(of),
  );
  const running = await folders.open(folder, port).catch((error: unknown) => {
    throw asInputError(error);
  });
  const paint = paintFor(context.color);
  context.stdout.write(
    `${await interruptedWords(folder)}Proviso is open on ${folder}\n\n  ${paint.cyan(running.address)}\n\nCtrl+C ends it.\n`,
  );
  onReady(running.address);
  await context.untilStopped();
  await folders.close();
  return exitCodes.ok;
}

/** What was interrupted the last time. That it cannot be read keeps nobody from working; it is told in its place. */
async function interruptedWords(folder: string): Promise<string> {
  try {
    const text = interruptedText(await interruptedIn(folder), 'what it left goes with the next publish');
    return text === '' ? '' : `${text}\n`;
  } catch (error) {
    if (error instanceof StorageError) return `${error.message}\n\n`;
    throw error;
  }
}

export const portOption = { value: 'number', summary: 'the port; left out: any that is free' };

/** The server's own sentences say which port or folder it is and what to do; anything else is a mistake of ours. */
function asInputError(error: unknown): unknown {
  const isSaid = error instanceof StorageError || (error instanceof Error && error.cause !== undefined);
  return isSaid ? new InputError(error.message) : error;
}

function readPort(written: string | null): number {
  if (written === null) return 0;
  const port = /^\d{1,5}$/.test(written) ? Number(written) : Infinity;
  if (port > 65535)
    throw new InputError(
      `\`--port\` cannot be \`${written}\`; a port is a whole number from 0 to 65535.`,
      'Leave it out, and any port that is free is taken.',
    );
  return port;
}
