import type { Subject } from '#engine';

import { everyCase } from './case-filters.ts';
import { themes } from './settings.ts';
import type { Theme } from './settings.ts';
import type { Workbench } from './workbench.ts';
import { openCase, subjectOf } from './subjects.ts';

/** Everything that can be done from anywhere: the palette, the menu, the keyboard and the map of keys read this list. */
export interface Command {
  readonly id: string;
  readonly title: string;
  readonly group: CommandGroup;
  /** `Mod` is Ctrl, or Cmd on a Mac; null: in the palette alone. */
  readonly key: string | null;
  readonly run: (workbench: Workbench) => void;
}

export const commandGroups = ['Files', 'Go to', 'Look at', 'Encounters', 'Help'] as const;
export type CommandGroup = (typeof commandGroups)[number];

export const commands: readonly Command[] = [
  {
    id: 'palette',
    title: 'Search, or run a command',
    group: 'Help',
    key: 'Mod+K',
    run: (workbench) => workbench.showDialog('palette'),
  },
  {
    id: 'save',
    title: 'Save all changes',
    group: 'Files',
    key: 'Mod+S',
    run: (workbench) => void workbench.save(),
  },
  {
    id: 'new-revision',
    title: 'New revision of a policy from a day…',
    group: 'Files',
    key: null,
    run: (workbench) => workbench.showDialog('new-revision'),
  },
  {
    id: 'format',
    title: 'Tidy the layout of this file',
    group: 'Files',
    key: 'Shift+Alt+F',
    run: (workbench) => void workbench.format(),
  },
  {
    id: 'share',
    title: 'Share a policy by a link…',
    group: 'Files',
    key: null,
    run: (workbench) => workbench.showDialog('share'),
  },
  {
    id: 'export',
    title: 'Export the whole workspace as a zip…',
    group: 'Files',
    key: null,
    run: (workbench) => workbench.showDialog('export'),
  },
  {
    id: 'approve',
    title: 'Approve what changes since the last release…',
    group: 'Files',
    key: 'Alt+G',
    run: (workbench) => workbench.showDialog('approve'),
  },
  {
    id: 'publish',
    title: 'Publish a release…',
    group: 'Files',
    key: 'Alt+R',
    run: (workbench) => workbench.showDialog('publish'),
  },
  {
    id: 'notice',
    title: 'Write the notice to providers of what changes…',
    group: 'Files',
    key: null,
    run: (workbench) => workbench.showDialog('notice'),
  },
  {
    id: 'settle',
    title: 'Compare what was changed on disk under my changes',
    group: 'Files',
    key: null,
    run: (workbench) => workbench.settleNext(),
  },
  {
    id: 'go-drafts',
    title: 'Go to the drafts that were brought back',
    group: 'Files',
    key: null,
    run: () => goTo('drafts'),
  },
  {
    id: 'open-folder',
    title: 'Open another folder',
    group: 'Files',
    key: null,
    run: () => soon(() => document.querySelector<HTMLElement>('[data-pane="folders"]')?.click()),
  },
  {
    id: 'undo-step',
    title: 'Take back the last step: a new name, a quick fix, an answer in a form',
    group: 'Files',
    key: null,
    run: (workbench) => void workbench.undoStep(),
  },
  {
    id: 'redo-step',
    title: 'Do again what was taken back',
    group: 'Files',
    key: null,
    run: (workbench) => void workbench.redoStep(),
  },
  {
    id: 'go-back',
    title: 'Go back to where you were',
    group: 'Go to',
    key: 'Alt+B',
    run: (workbench) => workbench.goBack(),
  },
  {
    id: 'go-forward',
    title: 'Go forward again',
    group: 'Go to',
    key: 'Shift+Alt+B',
    run: (workbench) => workbench.goForward(),
  },
  {
    id: 'go-files',
    title: 'Go to the files',
    group: 'Go to',
    key: 'Alt+1',
    run: (workbench) => {
      workbench.showColumn('files');
      goTo('files');
    },
  },
  {
    id: 'go-editor',
    title: 'Go to the text of the file',
    group: 'Go to',
    key: 'Alt+2',
    run: (workbench) => {
      workbench.showView('text');
      goTo('editor');
    },
  },
  {
    id: 'go-encounters',
    title: 'Go to the saved encounters',
    group: 'Go to',
    key: 'Alt+3',
    run: (workbench) => {
      workbench.showColumn('encounters');
      goTo('encounters');
    },
  },
  {
    id: 'go-why',
    title: 'Go to “Why”',
    group: 'Go to',
    key: 'Alt+4',
    run: (workbench) => {
      workbench.showColumn('encounters');
      goTo('why');
    },
  },
  {
    id: 'go-problems',
    title: 'Go to the problems',
    group: 'Go to',
    key: 'Alt+5',
    run: (workbench) => {
      workbench.showDock('problems');
      goTo('problems');
    },
  },
  {
    id: 'go-suites',
    title: 'Go to the suites',
    group: 'Go to',
    key: 'Alt+6',
    run: (workbench) => {
      workbench.showDock('suites');
      goTo('suites');
    },
  },
  {
    id: 'go-source',
    title: 'Go to the clauses behind the rule at the cursor',
    group: 'Go to',
    key: 'Alt+7',
    run: (workbench) => {
      workbench.showDock('source');
      goTo('source');
    },
  },
  {
    id: 'page-policies',
    title: 'Show the policies',
    group: 'Go to',
    key: 'Shift+Alt+1',
    run: (workbench) => workbench.showPage('policies'),
  },
  {
    id: 'page-encounters',
    title: 'Show the encounters',
    group: 'Go to',
    key: 'Shift+Alt+2',
    run: (workbench) => workbench.showPage('encounters'),
  },
  {
    id: 'page-lists',
    title: 'Show the lists',
    group: 'Go to',
    key: 'Shift+Alt+3',
    run: (workbench) => workbench.showPage('lists'),
  },
  {
    id: 'page-sources',
    title: 'Show the sources',
    group: 'Go to',
    key: 'Shift+Alt+4',
    run: (workbench) => workbench.showPage('sources'),
  },
  {
    id: 'page-timeline',
    title: 'Show the timeline: which revision is in force when',
    group: 'Go to',
    key: 'Shift+Alt+5',
    run: (workbench) => workbench.showPage('timeline'),
  },
  {
    id: 'page-changes',
    title: 'Show what your changes do: to which claims, in which direction',
    group: 'Go to',
    key: 'Shift+Alt+6',
    run: (workbench) => {
      workbench.showPage('changes');
      workbench.showColumn('document');
      goTo('changes');
    },
  },
  {
    id: 'page-releases',
    title: 'Show the releases: what was published, by whom and why',
    group: 'Go to',
    key: 'Shift+Alt+7',
    run: (workbench) => {
      workbench.showPage('releases');
      workbench.showColumn('document');
      goTo('releases');
    },
  },
  {
    id: 'page-exports',
    title: 'Show the exports: policies for other systems, each proven on its engine',
    group: 'Go to',
    key: 'Shift+Alt+8',
    run: (workbench) => {
      workbench.showPage('exports');
      workbench.showColumn('document');
      goTo('exports');
    },
  },
  {
    id: 'next-change',
    title: 'Go to the next kind of claim that is judged otherwise',
    group: 'Go to',
    key: 'Alt+J',
    run: (workbench) => goToChange(workbench, 1),
  },
  {
    id: 'previous-change',
    title: 'Go to the one before',
    group: 'Go to',
    key: 'Shift+Alt+J',
    run: (workbench) => goToChange(workbench, -1),
  },
  {
    id: 'view-text',
    title: 'Look at this file as YAML',
    group: 'Look at',
    key: 'Alt+Y',
    run: (workbench) => workbench.showView('text'),
  },
  {
    id: 'view-form',
    title: 'Look at this file as a form',
    group: 'Look at',
    key: 'Alt+F',
    run: (workbench) => {
      workbench.showView('form');
      goTo('form');
    },
  },
  {
    id: 'view-words',
    title: 'Look at this policy in words, to read or print it',
    group: 'Look at',
    key: 'Alt+W',
    run: (workbench) => {
      workbench.showView('words');
      goTo('words');
    },
  },
  {
    id: 'view-clauses',
    title: 'Look at this source clause by clause',
    group: 'Look at',
    key: 'Alt+U',
    run: (workbench) => {
      workbench.showView('clauses');
      goTo('clauses');
    },
  },
  {
    id: 'view-changes',
    title: 'Look at what is changed in this file',
    group: 'Look at',
    key: 'Alt+D',
    run: (workbench) => workbench.showView('changes'),
  },
  {
    id: 'impact',
    title: 'Count what the change comes to over all encounters…',
    group: 'Encounters',
    key: null,
    run: (workbench) => workbench.showDialog('impact'),
  },
  {
    id: 'find-encounter',
    title: 'Find a saved encounter',
    group: 'Encounters',
    key: 'Alt+E',
    run: (workbench) => {
      workbench.showColumn('encounters');
      const focus = () => document.querySelector<HTMLElement>('[data-pane="encounters"] input')?.focus();
      // At once where it is in sight, so that the next letter is not lost; else when its column is.
      focus();
      soon(focus);
    },
  },
  {
    id: 'show-changed',
    title: 'Show the encounters whose verdict changes',
    group: 'Encounters',
    key: 'Alt+C',
    run: (workbench) => workbench.filter('changed'),
  },
  {
    id: 'show-failing',
    title: 'Show the encounters that are not as expected',
    group: 'Encounters',
    key: 'Alt+X',
    run: (workbench) => workbench.filter('failing'),
  },
  {
    id: 'show-all',
    title: 'Show all encounters',
    group: 'Encounters',
    key: 'Alt+A',
    run: (workbench) => {
      workbench.filter('all');
      workbench.search('');
    },
  },
  {
    id: 'show-of-policy',
    title: 'Show the encounters that the open policy judges',
    group: 'Encounters',
    key: 'Alt+P',
    run: (workbench) => workbench.narrow({ ...everyCase, ofPolicy: true }),
  },
  {
    id: 'new-encounter',
    title: 'New encounter…',
    group: 'Encounters',
    key: 'Alt+N',
    run: (workbench) => workbench.showDialog('new-encounter'),
  },
  {
    id: 'what-if',
    title: 'What if… change the chosen encounter without saving it',
    group: 'Encounters',
    key: 'Alt+I',
    run: (workbench) =>
      withSubject(
        workbench,
        (subject) => workbench.tryOut(subject),
        () => workbench.showDialog('what-if'),
      ),
  },
  {
    id: 'duplicate-encounter',
    title: 'Duplicate the chosen encounter with a change…',
    group: 'Encounters',
    key: 'Shift+Alt+D',
    run: (workbench) =>
      withSubject(
        workbench,
        (subject) => workbench.duplicate(subject),
        () => workbench.showDialog('what-if'),
      ),
  },
  {
    id: 'save-case',
    title: 'Save the chosen encounter as a case…',
    group: 'Encounters',
    key: 'Alt+K',
    run: (workbench) =>
      withSubject(
        workbench,
        (subject) => workbench.saveAsCase(subject),
        () => workbench.showDialog('what-if'),
      ),
  },
  {
    id: 'open-case',
    title: 'Open the place of the chosen encounter',
    group: 'Encounters',
    key: 'Alt+O',
    run: (workbench) => {
      const { chosenCase } = workbench.store.get();
      if (chosenCase !== null) openCase(workbench, chosenCase);
    },
  },
  {
    id: 'theme',
    title: 'Change the colours: as the system, light, dark, high contrast',
    group: 'Help',
    key: 'Alt+T',
    run: (workbench) => workbench.change({ theme: nextTheme(workbench.store.get().settings.theme) }),
  },
  {
    id: 'settings',
    title: 'Settings: colours, size of the text, payer, date of service',
    group: 'Help',
    key: 'Mod+,',
    run: (workbench) => workbench.showDialog('settings'),
  },
  {
    id: 'about-problem',
    title: 'Read what can be wrong in a file, and what to write instead',
    group: 'Help',
    key: null,
    run: (workbench) => workbench.readAbout(null),
  },
  {
    id: 'keys',
    title: 'Show every key',
    group: 'Help',
    key: 'F1',
    run: (workbench) => workbench.showDialog('keys'),
  },
  {
    id: 'tour',
    title: 'Take the tour in four steps',
    group: 'Help',
    key: null,
    run: (workbench) => workbench.showDialog('tour'),
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

/** After what was just asked for has been drawn. */
function soon(then: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(then));
}

/** What is done with the encounter that is meant now, or where there is none. */
function withSubject(workbench: Workbench, run: (subject: Subject) => void, none: () => void): void {
  const subject = subjectOf(workbench.store.get());
  if (subject) run(subject);
  else none();
}

/** To a pane: at once where it is there, so that the next key is already for it; else once it has been drawn. */
function goTo(pane: string): void {
  if (!focusIn(pane)) soon(() => focusIn(pane));
}

/** From one change to the next, wherever the focus is; they name themselves by `data-change`. */
function goToChange(workbench: Workbench, step: 1 | -1): void {
  if (workbench.store.get().page !== 'changes' || workbench.store.get().showing !== 'page') {
    workbench.showPage('changes');
    workbench.showColumn('document');
  }
  const go = (): boolean => {
    const all = [...document.querySelectorAll<HTMLElement>('[data-change]')];
    const at = all.findIndex((it) => it.contains(document.activeElement));
    const next = at === -1 ? (step === 1 ? 0 : -1) : (at + step + all.length) % all.length;
    all.at(next)?.focus();
    return all.length > 0;
  };
  if (!go()) soon(go);
}

/** Panes name themselves by `data-pane`; the first thing in them that takes the focus gets it. */
function focusIn(pane: string): boolean {
  const root = document.querySelector(`[data-pane="${pane}"]`);
  // A list keeps its one stop for Tab where the author was last; an empty pane may still have a field or a button.
  const wanted = [
    '[data-pane-focus]',
    '[data-pane-focus-within] [tabindex="0"]',
    '[role="textbox"]',
    'input, button',
  ];
  const target = wanted.map((selector) => root?.querySelector<HTMLElement>(selector)).find(Boolean);
  target?.focus();
  return target !== undefined && target !== null && target.contains(document.activeElement);
}
