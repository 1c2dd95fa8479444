/** What the text of a file does with keys of its own, besides those of every text. */
export const editorKeys: readonly { readonly title: string; readonly key: string }[] = [
  { title: 'Say what can stand here', key: 'Mod+Space' },
  { title: 'Say what this word means', key: 'Mod+I' },
  { title: 'Go to the next place to fill in', key: 'Tab' },
  { title: 'Mend the problem under the cursor', key: 'Mod+.' },
  { title: 'Go to the next problem', key: 'F8' },
  { title: 'Go to where this name is defined', key: 'F12' },
  { title: 'Show where this name is used', key: 'Shift+F12' },
  { title: 'Change this name everywhere', key: 'F2' },
  { title: 'Go to a rule or another part of this file', key: 'Mod+Shift+O' },
  { title: 'Find in this file', key: 'Mod+F' },
  { title: 'Go to a line', key: 'Mod+G' },
  { title: 'Undo; a step over several files in all of them', key: 'Mod+Z' },
  { title: 'Do it again', key: 'Mod+Y' },
  { title: 'Let Tab leave the text, or indent again', key: 'Ctrl+M' },
];
