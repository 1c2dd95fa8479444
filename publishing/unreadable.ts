import type { Diagnostic } from '#engine';
import type { UnreadableFile } from '../storage/storage.ts';

/** A file that storage could not give us is a mistake in that file like any other. */
export function unreadableDiagnostic({ path: file, code, reason }: UnreadableFile): Diagnostic {
  const tooLarge = code === 'too-large';
  return {
    code: tooLarge ? 'file-too-large' : 'file-unreadable',
    severity: 'error',
    place: { path: file, from: 0, to: 0, line: 1, column: 1, endLine: 1, endColumn: 1, yamlPath: '' },
    message: reason.charAt(0).toLowerCase() + reason.slice(1).replace(/\.$/, ''),
    help: tooLarge
      ? 'divide it into smaller files'
      : (helpFor[code] ?? 'see that the file can be read, or move it away'),
  };
}

const helpFor: Partial<Record<UnreadableFile['code'], string>> = {
  'not-utf8': 'save it as UTF-8 text',
  link: 'put the files themselves into the workspace',
  'unsafe-path': 'give the file another name',
};
