import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';

import { openBrowser } from './browser.ts';
import { smallPng } from './small-png.ts';

/** What the browser sees in a picture: its size, and its colours from left to right, line by line. */
async function seen(png: Buffer): Promise<readonly string[]> {
  const { context, close } = await openBrowser({ width: 100, height: 100 });
  const page = await context.newPage();
  const colours = await page.evaluate(async (data) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context2d = canvas.getContext('2d')!;
    context2d.drawImage(bitmap, 0, 0);
    const { data: bytes } = context2d.getImageData(0, 0, bitmap.width, bitmap.height);
    return Array.from({ length: bytes.length / 4 }, (_, at) => bytes.slice(at * 4, at * 4 + 3).join(' '));
  }, png.toString('base64'));
  await close();
  return colours;
}

test('few colours stay as they are, whatever the browser drew them from', async () => {
  const { context, close } = await openBrowser({ width: 60, height: 40 });
  const page = await context.newPage();
  await page.setContent(
    '<body style="margin:0;background:linear-gradient(90deg,#000 50%,#fff 50%)"><p style="position:absolute;margin:0;inset:10px 20px auto;height:9px;background:#2b56c6">',
  );
  const png = await page.screenshot();
  await close();
  expect(await seen(smallPng(png))).toEqual(await seen(png));
});

test('of more than 256 colours the nearest is taken', async () => {
  const { context, close } = await openBrowser({ width: 400, height: 300 });
  const page = await context.newPage();
  await page.setContent('<body style="margin:0;height:300px;background:conic-gradient(red,lime,blue,red)">');
  const png = await page.screenshot();
  await close();
  const [before, after] = [await seen(png), await seen(smallPng(png))];
  expect(new Set(before).size).toBeGreaterThan(256);
  expect(new Set(after).size).toBeLessThanOrEqual(256);
  const apart = before.map((colour, at) => {
    const other = after[at]!.split(' ').map(Number);
    return Math.max(...colour.split(' ').map((part, index) => Math.abs(Number(part) - other[index]!)));
  });
  expect(Math.max(...apart)).toBeLessThan(48);
});

test('what is no picture is refused', () => {
  expect(() => smallPng(deflateSync(Buffer.from('no')))).toThrow('this is no PNG');
});
