import { StorageError } from '../storage/storage.ts';
import type { Publishing } from './publishing.ts';

/** Where there is no folder to publish into: a page without a server, whose files are the browser's own. */
export function createNoPublishing(): Publishing {
  const refuse = () => Promise.reject(new StorageError('not-permitted', notHere));
  return {
    unavailable: notHere,
    history: () =>
      Promise.resolve({ releases: [], problems: [], interrupted: { releases: [], decisions: false } }),
    release: refuse,
    approval: refuse,
    decide: refuse,
    publish: refuse,
    watch(onStanding) {
      onStanding('nothing');
      return () => undefined;
    },
  };
}

const notHere =
  'Approving and publishing need the program on your machine: a release is a folder that stays, and a browser may empty its own storage. Save the workspace as a file, unpack it, and open it there with `proviso open`.';
