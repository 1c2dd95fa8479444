import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { WorkspaceFile } from '#engine';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Every YAML file below a folder of this repository. */
export function shippedFiles(folder: string): readonly WorkspaceFile[] {
  if (!existsSync(root + folder)) return [];
  return readdirSync(root + folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return shippedFiles(path);
    return entry.name.endsWith('.yaml') ? [{ path, text: readFileSync(root + path, 'utf8') }] : [];
  });
}
