import { StorageError, storageErrorCodes } from './storage.ts';
import type { StorageErrorCode } from './storage.ts';

export interface HttpOptions {
  /** Where the server is, without a slash at the end. Left out: where the page came from. */
  readonly base?: string;
  /** Left out in the browser: the cookie that the page was opened with speaks for it. */
  readonly token?: string;
  /** Names this page to the server, so that it is not told of its own saves. Left out: a new name. */
  readonly client?: string;
}

export type SendRequest = (
  method: string,
  address: string,
  body?: unknown,
  signal?: AbortSignal,
) => Promise<Response>;

/** Asks the local server. What it refuses is thrown as a `StorageError`; that somebody saved first (409) is an answer. */
export function createRequest({ base = '', token, client }: HttpOptions): SendRequest {
  const headers: Readonly<Record<string, string>> = {
    'x-proviso': '1',
    ...(client === undefined ? {} : { 'x-proviso-client': client }),
    ...(token === undefined ? {} : { 'x-proviso-token': token }),
  };
  return async (method, address, body, signal) => {
    const response = await reached(() =>
      fetch(base + address, {
        method,
        headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal === undefined ? {} : { signal }),
        cache: 'no-store',
      }),
    );
    if (!response.ok && response.status !== 409) throw await refusalIn(response);
    return response;
  };
}

export async function answerIn(response: Response): Promise<unknown> {
  return reached(() => response.json() as Promise<unknown>);
}

export async function reached<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw unreachable(error);
  }
}

export function unreachable(cause?: unknown): StorageError {
  const message =
    'The Proviso server does not answer. If it was stopped, start it again and open the address it prints.';
  return new StorageError('unreachable', message, { cause });
}

async function refusalIn(response: Response): Promise<StorageError> {
  const { code, message } = await errorIn(response);
  // It answers that it is closing.
  if (code === 'unreachable') return unreachable();
  if ((storageErrorCodes as readonly string[]).includes(code))
    return new StorageError(code as StorageErrorCode, message);
  return new StorageError(response.status === 401 || response.status === 403 ? 'refused' : 'failed', message);
}

/** Something else may have taken the port, so the answer need not be ours. */
async function errorIn(response: Response): Promise<{ readonly code: string; readonly message: string }> {
  const answer: unknown = await response.json().catch(() => null);
  const error = isRecord(answer) && isRecord(answer['error']) ? answer['error'] : {};
  const { code, message } = error;
  if (typeof code === 'string' && typeof message === 'string') return { code, message };
  return { code: 'failed', message: `The server answers ${response.status} and does not say why.` };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
