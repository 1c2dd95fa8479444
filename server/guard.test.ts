import { expect, test } from 'vitest';
import { isToken, refusalOfMark, refusalOfPlace, refusalOfToken } from './guard.ts';

const door = { port: 4173, token: 'right-token' };
const us = '127.0.0.1:4173';

test.each([
  ['welcome', 'no page at all', { host: us }],
  ['welcome', 'by the other name', { host: 'localhost:4173' }],
  ['welcome', 'our own page', { host: us, origin: `http://${us}`, 'sec-fetch-site': 'same-origin' }],
  ['welcome', 'typed into the address bar', { host: us, 'sec-fetch-site': 'none' }],
  ['foreign-host', 'no host', {}],
  ['foreign-host', 'a foreign name that points here', { host: 'evil.example:4173' }],
  ['foreign-host', 'a name that only begins like ours', { host: '127.0.0.1.evil.example:4173' }],
  ['foreign-host', 'another port', { host: '127.0.0.1:80' }],
  ['foreign-host', 'no port', { host: '127.0.0.1' }],
  ['foreign-host', 'all interfaces', { host: '0.0.0.0:4173' }],
  ['foreign-host', 'a user name before it', { host: 'x@127.0.0.1:4173' }],
  ['foreign-host', 'two hosts', { host: `${us}, evil.example` }],
  ['foreign-origin', 'another site', { host: us, origin: 'http://evil.example' }],
  ['foreign-origin', 'another port', { host: us, origin: 'http://127.0.0.1:9999' }],
  ['foreign-origin', 'the other name', { host: us, origin: 'http://localhost:4173' }],
  ['foreign-origin', 'another scheme', { host: us, origin: `https://${us}` }],
  ['foreign-origin', 'a sandboxed frame', { host: us, origin: 'null' }],
  ['cross-site', 'another site', { host: us, 'sec-fetch-site': 'cross-site' }],
  ['cross-site', 'another port', { host: us, 'sec-fetch-site': 'same-site' }],
])('place: %s: %s', (expected, _, headers) => {
  expect(refusalOfPlace(new Headers(headers), door)?.code ?? 'welcome').toBe(expected);
});

test('on port 80 browsers leave the port out', () => {
  expect(refusalOfPlace(new Headers({ host: 'localhost' }), { ...door, port: 80 })).toBeNull();
});

test.each([
  ['welcome', 'the header', { 'x-proviso-token': 'right-token' }],
  ['welcome', 'the cookie', { cookie: 'proviso-4173=right-token' }],
  ['welcome', 'the cookie among others', { cookie: 'a=b; proviso-4173=right-token; c=d' }],
  ['401 no-token', 'nothing', {}],
  ['401 no-token', 'the cookie of another port', { cookie: 'proviso-4174=right-token' }],
  ['401 no-token', 'a cookie whose name ends like ours', { cookie: 'xproviso-4173=right-token' }],
  ['403 wrong-token', 'a wrong header', { 'x-proviso-token': 'wrong' }],
  ['403 wrong-token', 'an empty header', { 'x-proviso-token': '' }],
  [
    '403 wrong-token',
    'a wrong header beside the right cookie',
    { 'x-proviso-token': 'x', cookie: 'proviso-4173=right-token' },
  ],
  ['403 wrong-token', 'a wrong cookie', { cookie: 'proviso-4173=wrong' }],
  ['403 wrong-token', 'a cookie that only begins right', { cookie: 'proviso-4173=right-token-and-more' }],
])('token: %s: %s', (expected, _, headers) => {
  const refusal = refusalOfToken(new Headers(headers), door);
  expect(refusal === null ? 'welcome' : `${refusal.status} ${refusal.code}`).toBe(expected);
});

test.each([
  ['welcome', 'GET', {}],
  ['welcome', 'PUT', { 'x-proviso': '1' }],
  ['no-mark', 'PUT', {}],
  ['no-mark', 'DELETE', {}],
  ['no-mark', 'POST', { 'x-proviso': 'yes' }],
  ['no-mark', 'HEAD', {}],
])('mark: %s: %s', (expected, method, headers) => {
  expect(refusalOfMark(method, new Headers(headers as Record<string, string>))?.code ?? 'welcome').toBe(
    expected,
  );
});

test('tokens are compared whole', () => {
  expect(['right-token', 'right-toke', 'right-token ', ''].map((given) => isToken(given, door))).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
