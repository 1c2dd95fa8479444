import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';

const readme = fileURLToPath(new URL('README.md', import.meta.url));
/** Where in it the figures of each bench stand. */
const marks = {
  workbench: ['<!-- figures of the workbench -->', '<!-- end of the figures -->'],
  proofs: ['<!-- figures of proofs -->', '<!-- end of the figures of proofs -->'],
  impact: ['<!-- figures of impact -->', '<!-- end of the figures of impact -->'],
} as const;

export async function writeDown(bench: keyof typeof marks, figures: string): Promise<void> {
  const text = await readFile(readme, 'utf8');
  const [begin, end] = marks[bench];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to === -1) throw new Error(`${readme} has no place for the figures`);
  await writeFile(readme, `${text.slice(0, from + begin.length)}\n\n${figures}\n${text.slice(to)}`);
}

/** On what it was measured, and what else was at work there. */
export function machine(besides = ''): string {
  const [first] = cpus();
  const processor = `${cpus().length} × ${first?.model.trim() ?? 'unknown processor'}`;
  // What waits for a processor makes times on the clock longer; times on the processor stay what they are.
  const load = `about ${Math.round(loadavg()[1]!)} programs at work on the machine meanwhile`;
  return `${processor}, Node ${process.versions.node}${besides}; ${load}.`;
}
