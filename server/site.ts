import type { Storage } from '../storage/storage.ts';
import { refusalOfPlace } from './guard.ts';
import { answerEntrance, answerNeighbour, answerStranger, refusalPage } from './page.ts';
import { createApi, problem } from './routes.ts';
import type { Api, ApiOptions } from './routes.ts';
import type { EditorFiles } from './static.ts';

/** Everything the server answers: the API, the way in, and the built editor. */
export function createSite(storage: Storage, editor: EditorFiles, options: ApiOptions): Api {
  const { door } = options;
  const api = createApi(storage, options);

  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (isApi(pathname)) return api.fetch(request);
    const refusal = refusalOfPlace(request.headers, door);
    if (refusal !== null) {
      const neighbour = refusal.code === 'cross-site' ? answerNeighbour(request, door) : null;
      return neighbour ?? refusalPage(refusal);
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return problem(405, 'bad-request', 'Pages can only be fetched.');
    }
    if (pathname === '/') {
      const instead = answerEntrance(request, door) ?? answerStranger(request, door);
      if (instead !== null) return instead;
    }
    return (
      (await editor.answer(pathname, request.headers.get('accept-encoding'))) ??
      new Response('There is no such page.\n', { status: 404 })
    );
  }

  return {
    endStreams: api.endStreams,
    async fetch(request) {
      const response = await answer(request);
      for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
      return response;
    },
  };
}

export function isApi(pathname: string): boolean {
  return pathname === '/api' || pathname.startsWith('/api/');
}

/** What the page may load and run; the playground says the same of itself. */
export const contentSecurityPolicy: readonly string[] = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  // The text editor places its lines and colours by style attributes, for which there are no nonces.
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

const securityHeaders = {
  'content-security-policy': contentSecurityPolicy.join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};
