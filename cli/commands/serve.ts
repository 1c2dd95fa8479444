import type { Command } from '../command.ts';
import { InputError } from '../command.ts';
import { portOption, serveFolder } from '../serving.ts';

export const serve: Command = {
  name: 'serve',
  summary: 'Open the workbench without a browser, for scripts: print the address and wait',
  usage: 'serve [folder] [--port <number>]',
  options: { port: portOption },
  notes: ['Without a folder, the workspace you are in is meant.', 'Ctrl+C ends it.'],
  examples: ['serve', 'serve ../policies --port 4173'],

  async run(args, context) {
    if (args.positionals.length > 1)
      throw new InputError('name one workspace folder.', 'See `proviso help serve`.');
    return serveFolder(args.positionals[0] ?? null, args, context, () => undefined);
  },
};
