import { expect, onTestFinished, test } from 'vitest';
import type { Exporting, ExportProgress, ExportResult } from '../publishing/exporting.ts';
import { createHttpExporting } from '../publishing/http-exporting.ts';
import { BadRequest } from './bad-request.ts';
import { exportRequestIn } from './export-request.ts';
import { send, startTestServer } from './testing.ts';

const step: ExportProgress = {
  target: 'sql',
  engine: 'SQLite',
  stage: 'kit',
  done: 1,
  total: 2,
  identical: 1,
  caught: 0,
};
const result: ExportResult = {
  kind: 'refused',
  reasons: [{ target: 'sql', what: 'It cannot hold them.', at: { path: 'rules/a.policy.yaml', line: 3 } }],
  proofs: [],
};
const wish = {
  targets: ['sql'],
  version: 'draft',
  mutants: false,
  withoutSaved: true,
  signWith: null,
} as const;

/** A page and its server, over a real socket. */
async function through(exporting: Partial<Exporting>) {
  const server = await startTestServer({
    exporting: {
      unavailable: null,
      targets: () => Promise.resolve([]),
      keys: () => Promise.resolve({ folder: '/keys', keys: [], unusable: [] }),
      run: () => Promise.resolve(result),
      ...exporting,
    },
  });
  onTestFinished(server.dispose);
  return { server, page: createHttpExporting({ base: server.origin, token: server.token }) };
}

test('progress comes as it is told, then the result', async () => {
  const { page } = await through({
    run: async (request, onProgress) => {
      expect(request).toEqual(wish);
      onProgress(step);
      await new Promise((resolve) => setTimeout(resolve, 5));
      onProgress({ ...step, done: 2 });
      return result;
    },
  });
  const told: number[] = [];
  const found = await page.run(wish, ({ done }) => told.push(done), new AbortController().signal);
  expect([told, found]).toEqual([[1, 2], result]);
});

test('what goes wrong is told as a sentence', async () => {
  const { page } = await through({ run: () => Promise.reject(new Error('The disk is full.')) });
  await expect(page.run(wish, () => {}, new AbortController().signal)).rejects.toThrow('The disk is full.');
});

test('a stop reaches the exporter', async () => {
  let stopped = false;
  const { page } = await through({
    run: (_, onProgress, signal) =>
      new Promise((_resolve, reject) => {
        onProgress(step);
        signal.addEventListener('abort', () => {
          stopped = true;
          reject(new Error('stopped'));
        });
      }),
  });
  const stopping = new AbortController();
  const running = page.run(wish, () => stopping.abort(new Error('enough')), stopping.signal);
  await expect(running).rejects.toThrow('enough');
  await expect.poll(() => stopped).toBe(true);
});

test.each([
  [{}],
  [{ ...wish, targets: [] }],
  [{ ...wish, targets: ['--out'] }],
  [{ ...wish, targets: 'sql' }],
  [{ ...wish, version: 'git:HEAD' }],
  [{ ...wish, mutants: 'yes' }],
  [{ ...wish, signWith: undefined }],
  [{ ...wish, signWith: true }],
  [{ ...wish, signWith: '../../.ssh/id_ed25519' }],
  [{ ...wish, signWith: '/home/ada/proviso-private.pem' }],
  [{ ...wish, signWith: `${'a'.repeat(64)}/..` }],
  [{ ...wish, signWith: 'A'.repeat(64) }],
])('a request of another shape is refused: %j', (body) => {
  expect(() => exportRequestIn(body)).toThrow(BadRequest);
});

test('keys are told by name and id; who may not come in gets none, and has nothing signed', async () => {
  const keys = { folder: '/keys', keys: [{ name: 'acme', keyId: 'a'.repeat(64) }], unusable: [] };
  const signed: (string | null)[] = [];
  const { server, page } = await through({
    keys: () => Promise.resolve(keys),
    run: ({ signWith }) => {
      signed.push(signWith);
      return Promise.resolve(result);
    },
  });
  expect(await page.keys()).toEqual(keys);
  const headers = { host: `127.0.0.1:${server.port}`, 'x-proviso-token': server.token, 'x-proviso': '1' };
  const text = JSON.stringify({ ...wish, signWith: 'a'.repeat(64) });
  const cases = [
    ['another host', { ...headers, host: 'evil.example' }, 403],
    ['another page', { ...headers, origin: 'http://evil.example' }, 403],
    ['a wrong token', { ...headers, 'x-proviso-token': 'x' }, 403],
    ['no token', { host: headers.host }, 401],
  ] as const;
  for (const [name, with_, status] of cases) {
    const { status: asked, text: told } = await send(server.port, 'GET /api/export/keys', with_);
    expect([name, asked === 401 || asked === 403, told.includes('acme')]).toEqual([name, true, false]);
    const length = { 'content-length': String(Buffer.byteLength(text)) };
    const post = await send(server.port, 'POST /api/export', { ...with_, ...length }, text);
    expect([name, post.status === status || post.status === 403]).toEqual([name, true]);
  }
  expect(signed).toEqual([]);
  await page.run({ ...wish, signWith: 'a'.repeat(64) }, () => {}, new AbortController().signal);
  expect(signed).toEqual(['a'.repeat(64)]);
});
