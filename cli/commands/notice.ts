import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { noticeHtml, noticeMarkdown, noticeOf, oldFiguresAdvice } from '#engine';
import type { Command } from '../command.ts';
import { exitCodes, InputError } from '../command.ts';
import { knownPayer } from '../known-payer.ts';
import { jsonText } from '../print/json.ts';
import { plain } from '../print/terminal.ts';
import { twoVersionsOf, versionNote } from '../version.ts';

const hint = 'See `proviso help notice`.';

export const notice: Command = {
  name: 'notice',
  summary: 'Write what providers are told of a change: what, since when, with examples and citations',
  usage: 'notice <a> <b> [--payer <id>] [--html] [--out <file>]',
  options: {
    payer: { value: 'id', summary: 'only what concerns this payer' },
    html: { summary: 'a page to print in place of Markdown: one file, nothing else needed' },
    out: { value: 'file', summary: 'write it into this new file; left out: print it' },
    workspace: { value: 'folder', summary: 'the workspace of the versions; left out: the one you are in' },
    json: {
      summary:
        'print one JSON document: { title, payers, effective, sections, citations, contacts, oldFigures }',
    },
  },
  notes: [
    `<a> is the version before, <b> the one after: ${versionNote}.`,
    'The examples stand just below, at and just above what changes; both versions have judged each.',
    'Who can be asked is the publisher of the sources; where they name nobody a line is left blank.',
    'A clause that is cited and still says the number from before is named beside the notice, not in it.',
    'Nothing is sent anywhere, and a file that exists is not overwritten.',
  ],
  examples: [
    'notice release:latest draft',
    'notice release:2 release:3 --payer hns --html --out notice.html',
  ],

  async run(args, context) {
    const [before, after] = await twoVersionsOf(args, context, hint);
    const payer = knownPayer(args.value('payer'), [before, after]);
    const found = noticeOf(before, after, payer);
    if (args.has('json')) {
      context.stdout.write(jsonText(found ?? { title: null }));
      return exitCodes.ok;
    }
    if (found === null) {
      const whom = payer === null ? '' : ` to ${payer}`;
      context.stderr.write(`No claim${whom} is decided otherwise, so there is nothing to tell.\n`);
      return exitCodes.ok;
    }
    if (found.unsettled.length > 0)
      context.stderr.write('Something could not be gone through whole; the notice names it at its top.\n');
    if (found.oldFigures.length > 0)
      context.stderr.write(
        `${[...found.oldFigures.map(({ words }) => plain(words)), oldFiguresAdvice].join('\n')}\n`,
      );
    const text = args.has('html') ? noticeHtml(found) : noticeMarkdown(found);
    const out = args.value('out');
    if (out === null) context.stdout.write(text);
    else {
      await writeNew(path.resolve(context.cwd, out), out, text);
      context.stdout.write(`${out}\n`);
    }
    return exitCodes.ok;
  },
};

async function writeNew(absolute: string, written: string, text: string): Promise<void> {
  try {
    await writeFile(absolute, text, { flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST')
      throw new InputError(`\`${written}\` exists, and nothing is overwritten.`, 'Choose another name.');
    throw new InputError(`\`${written}\` cannot be written: ${code ?? 'the system refuses'}.`);
  }
}
