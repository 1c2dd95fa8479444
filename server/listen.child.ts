import { createMemoryStorage } from '../storage/memory.ts';
import { closeOnSignals, listen } from './listen.ts';

/** A server as a program of its own, for `listen.test.ts`: prints its address, and ends by a signal. */
const storage = await createMemoryStorage({ 'testcases/visit.encounter.yaml': 'remark: confidential' });
const server = await listen({ storage, workspaceName: 'policies', editorFolder: process.argv[2]! });
closeOnSignals(server);
process.stdout.write(`${server.address}\n`);
