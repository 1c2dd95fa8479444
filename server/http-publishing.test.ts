import { expect, onTestFinished, test } from 'vitest';
import { createHttpPublishing } from '../publishing/http-publishing.ts';
import type { Publishing } from '../publishing/publishing.ts';
import { policies } from '../publishing/testing/policies.ts';
import { createHttpStorage } from '../storage/http.ts';
import { codeOf } from '../storage/storage.cases.ts';
import { putFile, send, startTestServer } from './testing.ts';
import type { TestServer } from './testing.ts';

const ada = { who: 'Ada', why: 'Agreed' };

async function start(): Promise<{ readonly server: TestServer; readonly page: Publishing }> {
  const server = await startTestServer();
  onTestFinished(server.dispose);
  for (const [path, text] of Object.entries(policies())) await putFile(server.root, path, text);
  return { server, page: createHttpPublishing({ base: server.origin, token: server.token }) };
}

test('a page publishes, decides and reads releases as the command line does', async () => {
  const { server, page } = await start();
  expect(await page.history()).toEqual({
    releases: [],
    problems: [],
    interrupted: { releases: [], decisions: false },
  });
  const first = await page.publish({ ...ada, overrides: [], seen: null });
  expect(first).toMatchObject({ published: true, number: 1, manifest: { who: 'Ada' } });

  for (const [path, text] of Object.entries(policies({ minutes: 7 }))) await putFile(server.root, path, text);
  const { approval, last, refusals } = await page.approval();
  expect(last).toMatchObject({ number: 1, who: 'Ada' });
  expect(refusals.map(({ what }) => what)).toEqual(['undecided']);
  const items = approval!.items.map(({ id }) => id);
  expect(await page.decide({ verdict: 'accept', items, ...ada })).toMatchObject({
    decided: items,
    refused: [],
  });
  const alone = await page.publish({ ...ada, overrides: [], seen: null });
  expect(alone.refusals.map(({ what }) => what)).toEqual(['second-approver-missing']);
  await page.decide({ verdict: 'accept', items, who: 'Ben', why: 'Agreed, too' });
  const seen = { against: approval!.against!.sha256, files: approval!.files };
  expect(await page.publish({ ...ada, overrides: [], seen })).toMatchObject({ published: true, number: 2 });

  const { releases } = await page.history();
  expect(releases.map(({ number, manifest }) => [number, manifest?.approvals.length])).toEqual([
    [1, 1],
    [2, 1],
  ]);
  const { files, sha256 } = await page.release(1);
  expect(sha256).toBe(releases[0]!.sha256);
  expect(files.map(({ path }) => path)).toEqual(Object.keys(policies()).toSorted());
  expect(await codeOf(page.release(3))).toBe('not-found');
});

test('a page is told that another decided or published, and, when its line was down, afterwards', async () => {
  const { server, page } = await start();
  const options = { base: server.origin, token: server.token };
  const files = createHttpStorage(options);
  const told: string[] = [];
  onTestFinished(
    createHttpPublishing({ ...options, hear: files.hear }).watch((standing) => void told.push(standing)),
  );
  const hangUp = files.watch(() => undefined);
  await expect.poll(() => told.length).toBe(1);

  await page.publish({ ...ada, overrides: [], seen: null });
  await expect.poll(() => told.length, { timeout: 5000 }).toBe(2);
  for (const [path, text] of Object.entries(policies({ minutes: 7 }))) await putFile(server.root, path, text);
  await page.decide({ verdict: 'accept', items: 'all', ...ada });
  await expect.poll(() => told.length, { timeout: 5000 }).toBe(3);
  expect(new Set(told).size).toBe(3);

  hangUp();
  await page.decide({ verdict: 'reject', items: 'all', ...ada });
  onTestFinished(files.watch(() => undefined));
  await expect.poll(() => new Set(told).size, { timeout: 5000 }).toBe(4);
  expect(told.length).toBe(4);
});

test('what is not understood, and who may not come in, changes nothing', async () => {
  const { server, page } = await start();
  const body = { ...ada, overrides: [], seen: null };
  const headers = { host: `127.0.0.1:${server.port}`, 'x-proviso-token': server.token, 'x-proviso': '1' };
  const cases: readonly (readonly [string, unknown, Readonly<Record<string, string>>, number])[] = [
    ['POST /api/publish', { ...body, who: ' ' }, headers, 400],
    ['POST /api/publish', { ...body, why: 'x'.repeat(3000) }, headers, 400],
    ['POST /api/publish', { ...body, overrides: [{ what: 'failing-cases' }] }, headers, 400],
    ['POST /api/publish', { ...body, seen: {} }, headers, 400],
    ['POST /api/approval', { ...ada, verdict: 'maybe', items: 'all' }, headers, 400],
    ['POST /api/approval', { ...ada, verdict: 'accept', items: [1] }, headers, 400],
    ['GET /api/release?number=..%2F1', undefined, headers, 400],
    ['GET /api/release?number=1', undefined, headers, 404],
    ['POST /api/publish', body, { ...headers, 'x-proviso': '' }, 403],
    ['POST /api/publish', body, { ...headers, 'x-proviso-token': 'x' }, 403],
    ['POST /api/publish', body, { ...headers, host: 'evil.example' }, 403],
    ['POST /api/publish', body, { ...headers, origin: 'http://evil.example' }, 403],
    ['GET /api/releases', undefined, { host: headers.host }, 401],
  ];
  for (const [asked, sent, with_, status] of cases) {
    const text = sent === undefined ? undefined : JSON.stringify(sent);
    const length: Readonly<Record<string, string>> =
      text === undefined ? {} : { 'content-length': String(Buffer.byteLength(text)) };
    const answer = await send(server.port, asked, { ...with_, ...length }, text);
    expect([asked, sent, answer.status]).toEqual([asked, sent, status]);
  }
  expect((await page.history()).releases).toEqual([]);
});
