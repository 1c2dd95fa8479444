import { openDiskDrafts } from '../storage/disk-drafts.ts';
import { openDiskStorage } from '../storage/disk.ts';
import { listen } from './listen.ts';

/** A server to be killed, for `killed.test.ts`: over a real folder, with the token that it is given. */
const [root, editorFolder, token] = process.argv.slice(2) as [string, string, string];
const storage = await openDiskStorage(root);
const drafts = await openDiskDrafts(root);
const server = await listen({ storage, drafts, workspaceName: 'policies', editorFolder, token });
process.stdout.write(`${server.origin}\n`);
