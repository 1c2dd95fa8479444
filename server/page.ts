import { cookieName, cookieOf, isToken } from './guard.ts';
import type { Door, Refusal } from './guard.ts';

/**
 * How a page gets to know the token: the printed address carries it, and is answered with a cookie and the way to `/`.
 * So it does not stay in the address bar, in bookmarks or in the history, and no script can read it.
 * Null if this request is not about the token.
 */
export function answerEntrance(request: Request, door: Door): Response | null {
  const address = new URL(request.url);
  if (address.pathname !== '/' || request.method !== 'GET') return null;
  const token = address.searchParams.get('token');
  if (token === null) return null;
  if (!isToken(token, door)) return closedPage(403, 'This address is from an earlier start of the server.');
  return new Response(null, { status: 303, headers: { location: '/', ...withCookie(door) } });
}

/**
 * Another workbench of this author, at its own port, leads here by the address with the token.
 * To the browser that is another page of the same site, from which `refusalOfPlace` takes nothing; but whoever has the
 * token was given it by us. A redirect would count as led by that page, too, so a page of ours leads on to `/`.
 * Null if the request is not this.
 */
export function answerNeighbour(request: Request, door: Door): Response | null {
  const { method, headers, url } = request;
  const address = new URL(url);
  const isOpening =
    method === 'GET' &&
    address.pathname === '/' &&
    headers.get('sec-fetch-site') === 'same-site' &&
    headers.get('sec-fetch-mode') === 'navigate' &&
    headers.get('sec-fetch-dest') === 'document';
  if (!isOpening || headers.has('origin') || !isToken(address.searchParams.get('token') ?? '', door))
    return null;
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url=/">
<title>Proviso</title>
<p><a href="/">Open the workbench</a></p>
</html>
`;
  return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8', ...withCookie(door) } });
}

function withCookie(door: Door): Readonly<Record<string, string>> {
  return {
    'set-cookie': `${cookieName(door)}=${door.token}; Path=/; HttpOnly; SameSite=Strict`,
    'cache-control': 'no-store',
  };
}

/** What somebody sees who opens `/` without ever having come by the printed address; null for everybody else. */
export function answerStranger(request: Request, door: Door): Response | null {
  const cookie = cookieOf(request.headers, door);
  if (cookie !== null && isToken(cookie, door)) return null;
  return closedPage(401, 'The workbench opens only for whoever started it.');
}

export function refusalPage(refusal: Refusal): Response {
  return closedPage(refusal.status, refusal.message);
}

/** All its words are our own: nothing of the request is repeated, so nothing needs escaping. */
function closedPage(status: number, why: string): Response {
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Proviso</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 34em; margin: 15vh auto; padding: 0 1em; }
h1 { font-size: 1.25em; }
</style>
<main>
<h1>Open the address printed in the terminal</h1>
<p>${why}</p>
<p>Where Proviso was started, it printed an address that ends in <code>?token=</code> and some letters. Open that one.</p>
</main>
</html>
`;
  return new Response(html, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  });
}
