import { escapeHtml } from '../../base/escape-html.ts';
import type { Decision } from '../../evaluate/outcome.ts';
import type { Phrase } from '../../words/phrase.ts';
import type { Run, Runs } from '../../words/runs.ts';

/** The name of a place in the manual. Different things have different names, whatever characters are in their ids. */
export function anchor(...parts: readonly string[]): string {
  return parts
    .map((part) => part.replace(/[^A-Za-z0-9-]/g, (sign) => `_${sign.codePointAt(0)!.toString(16)}_`))
    .join('.');
}

export function link(to: string, text: string): string {
  return `<a href="#${to}">${escapeHtml(text)}</a>`;
}

/** A page of the web; an address that is not one stays text. */
export function webLink(address: string): string {
  const safe = escapeHtml(address);
  return /^https?:\/\//.test(address) ? `<a href="${safe}" rel="noopener noreferrer">${safe}</a>` : safe;
}

/** Lists and clauses lead to where they are written out. */
export function runsHtml(runs: Runs): string {
  return runs.map(runHtml).join('');
}

function runHtml(run: Run): string {
  const text = escapeHtml(run.text);
  switch (run.kind) {
    case 'list':
      return link(anchor('list', run.list), run.text);
    case 'citation':
      return link(anchor('clause', run.source, run.clause), run.text);
    case 'value':
    case 'parameter':
      return `<strong>${text}</strong>`;
    case 'term':
      return `<em>${text}</em>`;
    case 'text':
    case 'fact':
      return text;
  }
}

/** A sentence, and below it what it counts up. */
export function phraseHtml({ runs, items }: Phrase): string {
  const below = items.map((item) => `<li>${phraseHtml(item)}</li>`).join('');
  return `${runsHtml(runs)}${below === '' ? '' : `\n<ul>${below}</ul>`}`;
}

export function table(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  kind = '',
): string {
  return [
    `<table${kind === '' ? '' : ` class="${kind}"`}>`,
    `<caption>${escapeHtml(caption)}</caption>`,
    `<thead><tr>${head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join('')}</tr></thead>`,
    '<tbody>',
    ...rows.map(
      ([first, ...rest]) =>
        `<tr><th scope="row">${first}</th>${rest.map((cell) => `<td>${cell}</td>`).join('')}</tr>`,
    ),
    '</tbody>',
    '</table>',
  ].join('\n');
}

/** In the order of gravity. Each has a shape, so that paper without colour tells them apart. */
export const decisionSigns: Readonly<
  Record<Decision, { readonly shape: string; readonly word: string; readonly meaning: string }>
> = {
  deny: { shape: '✕', word: 'Denied', meaning: 'The claim line is not paid.' },
  review: { shape: '◆', word: 'Held for review', meaning: 'A person looks at it before it is paid.' },
  reduce: { shape: '▼', word: 'Reduced', meaning: 'It is paid for the units that the record supports.' },
  'needs-record': {
    shape: '○',
    word: 'Held for the record',
    meaning: 'It waits until what is missing of the record is sent.',
  },
  advise: { shape: '▷', word: 'Paid, with advice', meaning: 'It is paid, with a word for next time.' },
  pay: { shape: '●', word: 'Paid', meaning: 'Nothing speaks against it.' },
};

export function badge(decision: Decision): string {
  const { shape, word } = decisionSigns[decision];
  return `<span class="decision ${decision}"><span aria-hidden="true">${shape}</span> ${word}</span>`;
}
