import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Who may come in.
 * The server listens on this machine only, but every web page that the author visits can send requests to this machine
 * too, and so can every other user of it. So a request must name us as its host (a foreign name that was made to point
 * here does not), come from our own page or from no page, and know the token that was printed in the terminal.
 */
export interface Door {
  readonly port: number;
  readonly token: string;
}

export interface Refusal {
  readonly status: 401 | 403;
  readonly code: 'foreign-host' | 'foreign-origin' | 'cross-site' | 'no-token' | 'wrong-token' | 'no-mark';
  readonly message: string;
}

/** Asked of every request. */
export function refusalOfPlace(headers: Headers, door: Door): Refusal | null {
  const host = headers.get('host');
  if (host === null || !hostsOf(door).includes(host)) {
    const message =
      'This is not the name of the Proviso server. Open the address that it printed in the terminal.';
    return { status: 403, code: 'foreign-host', message };
  }
  const origin = headers.get('origin');
  if (origin !== null && origin !== `http://${host}`) {
    const message = 'Another web page asked for this, and only the page of the workbench may.';
    return { status: 403, code: 'foreign-origin', message };
  }
  // `same-site` is another port of this machine: another program, with no business here.
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin' && site !== 'none') {
    const message =
      'Another web site led here. Type or paste the address that was printed in the terminal instead.';
    return { status: 403, code: 'cross-site', message };
  }
  return null;
}

/** Asked of every request to the API. The header comes from programs, the cookie from the page. */
export function refusalOfToken(headers: Headers, door: Door): Refusal | null {
  const given = headers.get('x-proviso-token') ?? cookieOf(headers, door);
  if (given === null) {
    const message = 'The server does not know this page. Open the address that it printed in the terminal.';
    return { status: 401, code: 'no-token', message };
  }
  if (!isToken(given, door)) {
    const message =
      'This page belongs to an earlier start of the server. Open the address that it printed this time.';
    return { status: 403, code: 'wrong-token', message };
  }
  return null;
}

/** Asked of every request that changes something: a form on another page can send a cookie, but not this header. */
export function refusalOfMark(method: string, headers: Headers): Refusal | null {
  if (method === 'GET' || headers.get('x-proviso') === '1') return null;
  return {
    status: 403,
    code: 'no-mark',
    message: 'A request that changes something needs the header `x-proviso: 1`.',
  };
}

/** In constant time, so that the answer's delay does not tell how much of a guess was right. */
export function isToken(given: string, door: Door): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(door.token));
}

/** Browsers share cookies between the ports of a host, so the name keeps two servers apart. */
export function cookieName(door: Door): string {
  return `proviso-${door.port}`;
}

export function cookieOf(headers: Headers, door: Door): string | null {
  const pairs = (headers.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  const prefix = `${cookieName(door)}=`;
  return pairs.find((pair) => pair.startsWith(prefix))?.slice(prefix.length) ?? null;
}

function hostsOf({ port }: Door): readonly string[] {
  const names = ['127.0.0.1', 'localhost'];
  // Browsers leave the port out where it is the usual one.
  return [...names.map((name) => `${name}:${port}`), ...(port === 80 ? names : [])];
}
