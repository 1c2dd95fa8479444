import { spawn } from 'node:child_process';
import type { WorkspaceFile } from '#engine';
import { textOf } from '../storage/content.ts';
import { StorageError } from '../storage/storage.ts';
import { InputError } from './command.ts';

/** The files of a workspace folder as a git revision has them. Git is asked for names and contents only; nothing is checked out. */
export async function filesAtRevision(folder: string, revision: string): Promise<readonly WorkspaceFile[]> {
  const known = await git(folder, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{commit}`,
  ]);
  if (known.code !== 0) {
    const isRepository = (await git(folder, ['rev-parse', '--git-dir'])).code === 0;
    throw isRepository
      ? new InputError(
          `git knows no revision \`${revision}\`.`,
          'Name a commit, a branch or a tag: `git:HEAD`, `git:main`.',
        )
      : new InputError(`${folder} is in no git repository, so it has no revision \`${revision}\`.`);
  }
  const commit = known.out.toString().trim();
  const listed = await git(folder, ['ls-tree', '-r', '-z', commit, '--', 'rules', 'testcases']);
  const entries = listed.out
    .toString()
    .split('\0')
    .flatMap((line) => {
      // A link or a submodule is no file of ours.
      const [, hash, path] = /^100\d+ blob ([0-9a-f]+)\t(.+)$/.exec(line) ?? [];
      return hash && path && /\.ya?ml$/.test(path) ? [{ hash, path }] : [];
    });
  const input = entries.map(({ hash }) => `${hash}\n`).join('');
  const { out } = await git(folder, ['cat-file', '--batch'], input);
  const files: WorkspaceFile[] = [];
  let at = 0;
  for (const { path } of entries) {
    const end = out.indexOf(10, at);
    const size = Number(out.subarray(at, end).toString().split(' ')[2]);
    const bytes = out.subarray(end + 1, end + 1 + size);
    at = end + 1 + size + 1;
    try {
      files.push({ path, text: (await textOf(path, bytes)).text });
    } catch (error) {
      if (error instanceof StorageError)
        throw new InputError(`${error.message} It stands so in \`${revision}\`.`);
      throw error;
    }
  }
  return files;
}

interface GitAnswer {
  readonly code: number | null;
  readonly out: Buffer;
}

/** Git as a process of its own, never through a shell. */
function git(cwd: string, words: readonly string[], input = ''): Promise<GitAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', words, { cwd, stdio: ['pipe', 'pipe', 'ignore'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => void chunks.push(chunk));
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'ENOENT' ? new InputError('git is not installed, so no revision can be read.') : error,
      ),
    );
    child.on('close', (code) => resolve({ code, out: Buffer.concat(chunks) }));
    // Git may end before it has read everything; its exit code says why.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
