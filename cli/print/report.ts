import path from 'node:path';
import type { Diagnostic, Workspace } from '#engine';
import { diagnosticText } from './terminal.ts';

/** Diagnostics for people, a blank line after each; paths as they are from where the user stands, so that they can be opened. */
export function diagnosticsText(
  diagnostics: readonly Diagnostic[],
  open: { readonly folder: string; readonly workspace: Pick<Workspace, 'files'> },
  host: { readonly cwd: string; readonly color: boolean },
): string {
  return diagnostics
    .map((diagnostic) => {
      const text = open.workspace.files.get(diagnostic.place.path) ?? '';
      const place = { ...diagnostic.place, path: fromHere(open.folder, diagnostic.place.path, host.cwd) };
      return `${diagnosticText({ ...diagnostic, place }, text, host.color)}\n\n`;
    })
    .join('');
}

/** A path of the workspace as it is from the folder in which the user stands. */
export function fromHere(folder: string, file: string, cwd: string): string {
  return file === '-' ? 'standard input' : path.relative(cwd, path.resolve(folder, file)) || file;
}
