import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openDiskPublishing } from '../disk-publishing.ts';
import type { Publishing } from '../publishing.ts';
import { policies } from './policies.ts';
import type { Knobs } from './policies.ts';

/** A real folder with the policies of `policies.ts`, whose clock stands until it is set; it goes when the test is over. */
export interface WorkspaceFolder {
  readonly folder: string;
  readonly publishing: Publishing;
  /** Another window, with a memory of its own. */
  readonly another: () => Promise<Publishing>;
  readonly change: (knobs: Knobs) => Promise<void>;
  readonly setClock: (now: string) => void;
}

export async function workspaceFolder(knobs: Knobs = {}): Promise<WorkspaceFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'proviso-publishing-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const change = async (to: Knobs) => {
    for (const [path, text] of Object.entries(policies(to))) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
  };
  await change(knobs);
  let now = '2024-03-04T09:30:00.000Z';
  const clock = () => ({ today: now.slice(0, 10), now });
  const another = () => openDiskPublishing(folder, clock);
  return { folder, publishing: await another(), another, change, setClock: (to) => void (now = to) };
}
