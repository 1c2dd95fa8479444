import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompressSync } from 'node:zlib';
import type { Browser, BrowserContext } from 'playwright-core';
import { chromium } from 'playwright-core';

export interface OpenBrowser {
  readonly context: BrowserContext;
  readonly close: () => Promise<void>;
}

/** A profile of its own, empty, that goes away with it, in the one Chromium of this process: starting one takes longest. */
export async function openBrowser(options: {
  width: number;
  height: number;
  scheme?: 'light' | 'dark';
  contrast?: 'more';
}): Promise<OpenBrowser> {
  running ??= startBrowser();
  const browser = await running;
  const context = await browser.newContext({
    viewport: { width: options.width, height: options.height },
    colorScheme: options.scheme ?? 'light',
    contrast: options.contrast ?? 'no-preference',
    reducedMotion: 'reduce',
  });
  return { context, close: () => context.close() };
}

let running: Promise<Browser> | null = null;

/** Ends the Chromium of this process, if there is one. */
export async function endBrowser(): Promise<void> {
  const browser = running;
  running = null;
  await (await browser)?.close();
}

async function startBrowser(): Promise<Browser> {
  const executablePath = await findBrowser();
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** $CHROMIUM, then a browser of the system, then the one that comes as a package. */
export async function findBrowser(): Promise<string> {
  const named = process.env['CHROMIUM'];
  if (named) return named;
  const found = usualPlaces().find(isProgram);
  return found ?? (await packagedBrowser());
}

function usualPlaces(): readonly string[] {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  const programs = [
    process.env['PROGRAMFILES'],
    process.env['PROGRAMFILES(X86)'],
    process.env['LOCALAPPDATA'],
  ];
  return [
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
    ...onPath,
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    join(homedir(), 'Applications/Google Chrome.app/Contents/MacOS/Google Chrome'),
    ...programs.flatMap((folder) =>
      folder
        ? [
            join(folder, 'Google/Chrome/Application/chrome.exe'),
            join(folder, 'Microsoft/Edge/Application/msedge.exe'),
          ]
        : [],
    ),
  ];
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const howToGetOne =
  'No Chromium was found: install Chromium or Chrome, or set CHROMIUM to its path, then run the tests again.';

/** Linux on x64 only: the binary and the libraries that a bare system lacks, unpacked once into the temp folder. */
async function packagedBrowser(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error(howToGetOne);
  try {
    const packaged = await import('@sparticuz/chromium');
    const path = await packaged.default.executablePath();
    const libraries = join(tmpdir(), 'proviso-chromium-libraries');
    if (!existsSync(libraries)) await unpackLibraries(libraries);
    process.env['LD_LIBRARY_PATH'] = [join(libraries, 'lib'), process.env['LD_LIBRARY_PATH']]
      .filter(Boolean)
      .join(':');
    return path;
  } catch (error) {
    throw new Error(howToGetOne, { cause: error });
  }
}

/** Unpacked beside and renamed, so that a run that is cut short leaves nothing half there. */
async function unpackLibraries(into: string): Promise<void> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const archive = [dirname(entry), dirname(dirname(entry)), dirname(dirname(dirname(entry)))]
    .map((folder) => join(folder, 'bin', 'al2023.tar.br'))
    .find((path) => existsSync(path));
  if (!archive) throw new Error('the package @sparticuz/chromium has no libraries');
  const beside = await mkdtemp(`${into}-`);
  const tar = join(beside, 'libraries.tar');
  await writeFile(tar, brotliDecompressSync(await readFile(archive)));
  await promisify(execFile)('tar', ['-xf', tar, '-C', beside]);
  await rename(beside, into);
}
