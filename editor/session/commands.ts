import type { Theme } from './session.ts';
import { themes } from './session.ts';
import type { Workbench } from './workbench.ts';

/** Everything that can be done from anywhere: the menu and the keyboard both read this list. */
export interface Command {
  readonly id: string;
  readonly title: string;
  /** `Mod` is Ctrl, or Cmd on a Mac; null: only in the menu. */
  readonly key: string | null;
  readonly run: (workbench: Workbench) => void;
}

export const commands: readonly Command[] = [
  { id: 'save', title: 'Save all changes', key: 'Mod+S', run: (workbench) => void workbench.save() },
  {
    id: 'format',
    title: 'Tidy the layout of this file',
    key: 'Shift+Alt+F',
    run: (workbench) => void workbench.format(),
  },
  { id: 'go-files', title: 'Go to the files', key: 'Alt+1', run: () => goTo('files') },
  { id: 'go-editor', title: 'Go to the editor', key: 'Alt+2', run: () => goTo('editor') },
  { id: 'go-encounters', title: 'Go to the saved encounters', key: 'Alt+3', run: () => goTo('encounters') },
  { id: 'go-why', title: 'Go to “Why”', key: 'Alt+4', run: () => goTo('why') },
  { id: 'go-problems', title: 'Go to the problems', key: 'Alt+5', run: () => goTo('problems') },
  {
    id: 'show-changed',
    title: 'Show the encounters whose verdict changes',
    key: 'Alt+C',
    run: (workbench) => workbench.filter('changed'),
  },
  {
    id: 'show-all',
    title: 'Show all encounters',
    key: 'Alt+A',
    run: (workbench) => {
      workbench.filter('all');
      workbench.search('');
    },
  },
  {
    id: 'theme',
    title: 'Change between light, dark and system colours',
    key: 'Alt+T',
    run: (workbench) => workbench.chooseTheme(nextTheme(workbench.store.get().theme)),
  },
];

export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** The command of a key, or null. With Alt a Mac types other letters, so the position of the key decides. */
export function commandOf(press: KeyPress, mac: boolean): Command | null {
  const letter = /^(?:Key|Digit)(.)$/.exec(press.code)?.[1] ?? press.key.toUpperCase();
  const mod = mac ? press.metaKey : press.ctrlKey;
  const stray = mac ? press.ctrlKey : press.metaKey;
  if (stray) return null;
  const parts = [mod && 'Mod', press.shiftKey && 'Shift', press.altKey && 'Alt', letter].filter(Boolean);
  return commands.find((command) => command.key === parts.join('+')) ?? null;
}

/** A key as it is printed on the keyboard at hand. */
export function keyWords(key: string, mac: boolean): string {
  return mac
    ? key.replace('Mod+', '⌘').replace('Shift+', '⇧').replace('Alt+', '⌥')
    : key.replace('Mod+', 'Ctrl+');
}

export function nextTheme(theme: Theme): Theme {
  return themes[(themes.indexOf(theme) + 1) % themes.length]!;
}

/** Panes name themselves by `data-pane`; the first thing in them that takes the focus gets it. */
function goTo(pane: string): void {
  const root = document.querySelector(`[data-pane="${pane}"]`);
  // A list keeps its one stop for Tab where the author was last; an empty pane may still have a field or a button.
  const wanted = [
    '[data-pane-focus]',
    '[data-pane-focus-within] [tabindex="0"]',
    '[role="textbox"]',
    'input, button',
  ];
  const targets = wanted.map((selector) => root?.querySelector<HTMLElement>(selector));
  targets.find((target) => target)?.focus();
}
