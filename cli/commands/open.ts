import { createRecentFolders } from '../../server/recent.ts';
import type { Command, Context } from '../command.ts';
import { exitCodes, InputError } from '../command.ts';
import { jsonText } from '../print/json.ts';
import { portOption, serveFolder } from '../serving.ts';
import { nearestWorkspace } from '../workspace.ts';

export const open: Command = {
  name: 'open',
  summary: 'Open the workbench on a folder; without one, list those opened lately',
  usage: 'open [folder] [--port <number>] [--no-browser] [--json]',
  options: {
    port: portOption,
    'no-browser': { summary: 'print the address and open no browser' },
    json: { summary: 'without a folder: print one JSON document: { folders: [paths] }' },
  },
  notes: [
    'Any folder will do that holds `rules/`; `open .` means the one you are in.',
    'The browser opens where there is a desktop; the address is printed in any case.',
    'The workbench is reachable from this machine only, and only by the address that is printed.',
    'From its menu, folders that were opened lately open beside this one. Ctrl+C ends all of them.',
  ],
  examples: ['open .', 'open ../policies', 'open ../policies --port 4173 --no-browser', 'open'],

  async run(args, context) {
    if (args.positionals.length > 1)
      throw new InputError('open one folder at a time.', 'See `proviso help open`.');
    const [folder] = args.positionals;
    if (folder === undefined) return listRecent(args.has('json'), context);
    return serveFolder(folder, args, context, (address) => {
      if (context.hasDesktop && !args.has('no-browser')) context.openBrowser(address);
    });
  },
};

async function listRecent(asJson: boolean, context: Context): Promise<number> {
  const folders = await createRecentFolders(context.stateFolder).list();
  if (asJson) {
    context.stdout.write(jsonText({ folders }));
    return exitCodes.ok;
  }
  const here = await nearestWorkspace(context.cwd);
  const next =
    here === null
      ? '`proviso open <folder>` opens the workbench; `proviso init <folder>` begins a new workspace.'
      : '`proviso open .` opens the workbench on the workspace you are in.';
  const list =
    folders.length === 0
      ? 'No folder was opened yet.'
      : ['Opened lately:', ...folders.map((folder) => `  ${folder}`)].join('\n');
  context.stdout.write(`${list}\n\n${next}\n`);
  return exitCodes.ok;
}
