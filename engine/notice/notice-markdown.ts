import type { Notice } from './notice.ts';
import { noticePage } from './notice-page.ts';
import type { Block, Cell, ListItem } from './notice-page.ts';

/** The notice as Markdown with tables; whatever the policies say stays text. */
export function noticeMarkdown(notice: Notice): string {
  return `${noticePage(notice).map(blockText).join('\n\n')}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${escaped(block.text)}`;
    case 'terms':
      return block.rows.map(([term, text]) => `- **${escaped(term)}:** ${escaped(text)}`).join('\n');
    case 'paragraph':
      return escaped(block.text);
    case 'list':
      return block.items.map((item) => `- ${itemText(item)}`).join('\n');
    case 'table':
      return [
        rowText(block.head.map(escaped)),
        rowText(block.head.map(() => '---')),
        ...block.rows.map((cells) => rowText(cells.map(cellText))),
      ].join('\n');
    case 'blank':
      return '\\_'.repeat(40);
  }
}

function rowText(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function cellText({ strong, text }: Cell): string {
  const parts = [
    ...(strong === '' ? [] : [`**${escaped(strong)}**`]),
    ...(text === '' ? [] : [escaped(text)]),
  ];
  return parts.join(' ');
}

function itemText({ text, address }: ListItem): string {
  return address === null ? escaped(text) : `${escaped(text)} <${address}>`;
}

/** What Markdown would read as a sign of its own; line ends are spaces. */
function escaped(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>|#&~]/g, '\\$&');
}
