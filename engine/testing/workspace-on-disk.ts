import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { WorkspaceFile } from '../workspace/workspace.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The shipped rules and testcases, as they are on disk. */
export function shippedFiles(): readonly WorkspaceFile[] {
  return ['rules', 'testcases'].flatMap((folder) => filesBelow(folder));
}

function filesBelow(folder: string): readonly WorkspaceFile[] {
  if (!existsSync(`${root}${folder}`)) return [];
  return readdirSync(`${root}${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(path);
    return entry.name.endsWith('.yaml') ? [{ path, text: readFileSync(`${root}${path}`, 'utf8') }] : [];
  });
}
