import { escapeHtml } from '../base/escape-html.ts';
import type { Notice } from './notice.ts';
import { noticePage } from './notice-page.ts';
import type { Block, Cell, ListItem } from './notice-page.ts';

/**
 * The notice as a page for screen and paper: one file, its own style, no script, nothing fetched.
 * Whatever the policies say is text and cannot become a tag.
 */
export function noticeHtml(notice: Notice): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(notice.title)}</title>
<style>
${style}</style>
</head>
<body>
<main>
${noticePage(notice).map(blockHtml).join('\n')}
</main>
</body>
</html>
`;
}

const style = `:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #1c1c1c; font: 11pt/1.5 Georgia, 'Times New Roman', serif; }
main { max-width: 46em; margin: 0 auto; padding: 2.5em 1.5em 4em; }
h1, h2, h3, dt, th { font-family: system-ui, 'Segoe UI', Helvetica, Arial, sans-serif; line-height: 1.25; }
h1 { margin: 0 0 0.8em; font-size: 1.6em; }
h2 { margin: 2em 0 0.5em; padding-bottom: 0.2em; border-bottom: 1px solid #999; font-size: 1.15em; }
h3 { margin: 1.5em 0 0.4em; font-size: 1em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2em 1.2em; margin: 0; }
dt { font-weight: 600; }
dd { margin: 0; }
ul { margin: 0.5em 0; padding-left: 1.2em; }
li { margin: 0.25em 0; }
table { width: 100%; margin: 0.8em 0; border-collapse: collapse; font-size: 0.92em; }
th, td { padding: 0.4em 0.6em; border: 1px solid #999; text-align: left; vertical-align: top; }
th { background: #f0f0f0; font-weight: 600; }
a { color: #0b4f8a; overflow-wrap: anywhere; }
.blank { height: 1.8em; margin: 0; border-bottom: 1px solid #1c1c1c; }
@page { margin: 2cm; }
@media print {
  main { max-width: none; padding: 0; }
  h1, h2, h3 { break-after: avoid; }
  tr, li { break-inside: avoid; }
  thead { display: table-header-group; }
  a { color: inherit; text-decoration: none; }
}
`;

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${escapeHtml(block.text)}</h${block.level}>`;
    case 'terms':
      return `<dl>\n${block.rows.map(([term, text]) => `<dt>${escapeHtml(term)}</dt><dd>${escapeHtml(text)}</dd>`).join('\n')}\n</dl>`;
    case 'paragraph':
      return `<p>${escapeHtml(block.text)}</p>`;
    case 'list':
      return `<ul>\n${block.items.map((item) => `<li>${itemHtml(item)}</li>`).join('\n')}\n</ul>`;
    case 'table':
      return [
        '<table>',
        `<thead><tr>${block.head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join('')}</tr></thead>`,
        '<tbody>',
        ...block.rows.map(
          (cells) => `<tr>${cells.map((cell) => `<td>${cellHtml(cell)}</td>`).join('')}</tr>`,
        ),
        '</tbody>',
        '</table>',
      ].join('\n');
    case 'blank':
      return '<p class="blank"></p>';
  }
}

function cellHtml({ strong, text }: Cell): string {
  return [...(strong === '' ? [] : [`<strong>${escapeHtml(strong)}</strong>`]), escapeHtml(text)]
    .join(' ')
    .trim();
}

function itemHtml({ text, address }: ListItem): string {
  if (address === null) return escapeHtml(text);
  const safe = escapeHtml(address);
  return `${escapeHtml(text)} <a href="${safe}" rel="noopener noreferrer">${safe}</a>`;
}
