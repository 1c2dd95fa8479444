import { formatYaml } from '#engine';
import type { Command } from '../command.ts';
import { exitCodes, InputError } from '../command.ts';
import { diagnosticRow, jsonText } from '../print/json.ts';
import { diagnosticsText, fromHere } from '../print/report.ts';
import { plain, plural } from '../print/terminal.ts';
import { unreadableDiagnostic } from '../../publishing/unreadable.ts';
import { openWorkspace } from '../workspace.ts';

export const format: Command = {
  name: 'format',
  summary: 'Write files the way Proviso writes them, comments kept',
  usage: 'format [paths] [--check] [--json]',
  options: {
    check: { summary: 'change nothing; list the files that differ, exit 1 if there are any' },
    json: { summary: 'print one JSON document: { changed: [paths], diagnostics: [...] }' },
  },
  notes: [
    'Only the layout changes, never the meaning.',
    'A file that is not YAML is left as it is and reported.',
  ],
  examples: ['format', 'format rules/hns --check'],

  async run(args, context) {
    const open = await openWorkspace(args.positionals, context.cwd);
    const files = open.contents.files.filter((file) => open.selects(file.path));
    const formatted = files.map((file) => ({ ...file, ...formatYaml(file.path, file.text) }));
    const diagnostics = [
      ...open.contents.unreadable.filter((file) => open.selects(file.path)).map(unreadableDiagnostic),
      ...formatted.flatMap((file) => file.diagnostics),
    ].filter(({ severity }) => severity === 'error');
    const broken = new Set(diagnostics.map(({ place }) => place.path));
    const changed = formatted.filter((file) => !broken.has(file.path) && file.value !== file.text);

    const onlyCheck = args.has('check');
    if (!onlyCheck) {
      for (const file of changed) {
        const result = await open.storage.write(file.path, file.value, file.version);
        if (result.kind === 'conflict') {
          throw new InputError(
            `\`${file.path}\` was changed by somebody else meanwhile and is left as it is.`,
            'Run `proviso format` again.',
          );
        }
      }
    }
    if (args.has('json')) {
      context.stdout.write(
        jsonText({ changed: changed.map((file) => file.path), diagnostics: diagnostics.map(diagnosticRow) }),
      );
    } else {
      const names = changed
        .map((file) => `${plain(fromHere(open.folder, file.path, context.cwd))}\n`)
        .join('');
      context.stdout.write(
        diagnosticsText(diagnostics, open, context) +
          names +
          summary(changed.length, files.length, onlyCheck),
      );
    }
    return diagnostics.length > 0 || (onlyCheck && changed.length > 0) ? exitCodes.no : exitCodes.ok;
  },
};

function summary(changed: number, files: number, onlyCheck: boolean): string {
  if (changed === 0) return `nothing to format in ${plural(files, 'file')}\n`;
  return onlyCheck
    ? `${changed} of ${plural(files, 'file')} not formatted\n`
    : `${changed} of ${plural(files, 'file')} formatted\n`;
}
