import { hasErrors } from '#engine';
import type { Command } from '../command.ts';
import { exitCodes } from '../command.ts';
import { diagnosticRow, jsonText } from '../print/json.ts';
import { diagnosticsText } from '../print/report.ts';
import { diagnosticSummary } from '../print/terminal.ts';
import { openWorkspace } from '../workspace.ts';

export const check: Command = {
  name: 'check',
  summary: 'Find mistakes in policies, lists, sources, encounters and suites',
  usage: 'check [paths] [--json]',
  options: { json: { summary: 'print one JSON document: { diagnostics: [...] }' } },
  notes: [
    'A path is a workspace folder, or files and folders of one.',
    'The whole workspace is read in any case, because files speak of each other; only the files named are reported.',
    'Warnings alone do not make the answer a no.',
  ],
  examples: ['check', 'check rules/hns', 'check --json'],

  async run(args, context) {
    const open = await openWorkspace(args.positionals, context.cwd);
    const diagnostics = open.diagnostics.filter(({ place }) => open.selects(place.path));
    const files = [...open.contents.files, ...open.contents.unreadable].filter((file) =>
      open.selects(file.path),
    ).length;
    if (args.has('json')) {
      context.stdout.write(jsonText({ files, diagnostics: diagnostics.map(diagnosticRow) }));
    } else {
      context.stdout.write(
        `${diagnosticsText(diagnostics, open, context)}${diagnosticSummary(diagnostics, files)}\n`,
      );
    }
    return hasErrors(diagnostics) ? exitCodes.no : exitCodes.ok;
  },
};
