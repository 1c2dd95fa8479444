import { answerIn, createRequest } from '../../storage/http-request.ts';
import type { FolderEntry } from './session.ts';

/** The workspace folders that were opened last. A page names one by its id, never by a path. */
export interface Folders {
  list(): Promise<readonly FolderEntry[]>;
  /** Opens it in a tab of its own. Throws a `StorageError` with a sentence for the author if it cannot. */
  open(id: string): Promise<void>;
  /** Takes it off the list. */
  forget(id: string): Promise<void>;
}

/** Those that the local server knows; it opens each at an address of its own, to which the page then leads. */
export function createHttpFolders(leadTo: (address: string) => void): Folders {
  const request = createRequest({});
  const about = (verb: string, id: string) => `/api/folders/${verb}?id=${encodeURIComponent(id)}`;
  return {
    async list() {
      const answer = await answerIn(await request('GET', '/api/folders'));
      return (answer as { readonly folders: readonly FolderEntry[] }).folders;
    },
    async open(id) {
      const answer = await answerIn(await request('POST', about('open', id)));
      leadTo((answer as { readonly address: string }).address);
    },
    async forget(id) {
      await request('POST', about('forget', id));
    },
  };
}
