import { answerIn, createRequest } from '../storage/http-request.ts';
import type { HttpOptions } from '../storage/http-request.ts';
import type {
  ApprovalPage,
  DecideAnswer,
  History,
  PublishAnswer,
  Publishing,
  ReleaseFiles,
} from './publishing.ts';

/** Approving and publishing over the local server, which does it in the workspace folder. */
export function createHttpPublishing(options: HttpOptions = {}): Publishing {
  const request = createRequest(options);
  const ask = async (method: string, address: string, body?: unknown) =>
    answerIn(await request(method, address, body));
  return {
    unavailable: null,
    history: async () => (await ask('GET', '/api/releases')) as History,
    release: async (number) => (await ask('GET', `/api/release?number=${number}`)) as ReleaseFiles,
    approval: async () => (await ask('GET', '/api/approval')) as ApprovalPage,
    decide: async (what) => (await ask('POST', '/api/approval', what)) as DecideAnswer,
    publish: async (what) => (await ask('POST', '/api/publish', what)) as PublishAnswer,
  };
}
