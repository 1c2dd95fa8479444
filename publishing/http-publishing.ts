import { answerIn, createRequest } from '../storage/http-request.ts';
import type { HttpOptions } from '../storage/http-request.ts';
import type { HttpStorage } from '../storage/http.ts';
import type {
  ApprovalPage,
  DecideAnswer,
  History,
  PublishAnswer,
  Publishing,
  ReleaseFiles,
} from './publishing.ts';

export interface HttpPublishingOptions extends HttpOptions {
  /** The stream of the files, which tells of this too. Left out: nothing is told. */
  readonly hear?: HttpStorage['hear'];
}

/** Approving and publishing over the local server, which does it in the workspace folder. */
export function createHttpPublishing({ hear, ...options }: HttpPublishingOptions = {}): Publishing {
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
    watch: (onStanding) =>
      hear?.('standing', (standing) => onStanding(standing as string)) ?? (() => undefined),
  };
}
