import { useMemo, useState } from 'react';
import {
  Autocomplete,
  Collection,
  Dialog,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components';

import { commands, keyWords } from '../../session/commands.ts';
import type { Workbench } from '../../session/workbench.ts';
import { SearchIcon } from '../../ui/icons.tsx';
import { isMac } from '../../ui/platform.ts';
import type { PanelProps } from '../panel.ts';
import type { PaletteDeed } from './palette-view.ts';
import { paletteItems, paletteMatches, paletteSections } from './palette-view.ts';
import './palette.css';

/** One field for everything: policies, rules, encounters, lists, sources, and every command with its key. */
export function PaletteDialog({ session, workbench }: PanelProps) {
  const { files, judged } = session;
  const [text, setText] = useState('');
  const items = useMemo(() => paletteItems({ files, judged }, commands), [files, judged]);
  const matches = useMemo(() => paletteMatches(items, text), [items, text]);
  const sections = paletteSections
    .map((section) => ({ section, items: matches.filter((item) => item.section === section) }))
    .filter((it) => it.items.length > 0);
  return (
    <ModalOverlay
      className="dialog-back palette-back"
      isOpen
      isDismissable
      onOpenChange={(open) => open || workbench.leaveDialog()}
    >
      <Modal className="palette">
        <Dialog aria-label="Search, or run a command">
          <Autocomplete inputValue={text} onInputChange={setText}>
            {/* Whoever opened it wants to type; a dialog that opens on a key must not wait for a Tab. */}
            {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
            <SearchField className="palette-field" aria-label="Search, or run a command" autoFocus>
              <SearchIcon />
              {/* A field whose keys move through a list that is always open; which list, the Autocomplete says. */}
              <Input
                {...{ role: 'combobox', 'aria-expanded': true }}
                placeholder="Search policies, rules, codes, encounters; or run a command"
              />
            </SearchField>
            <ListBox
              className="palette-list"
              aria-label="Found"
              items={sections}
              selectionMode="none"
              onAction={(id) => {
                const item = matches.find((it) => it.id === id);
                if (!item) return;
                workbench.leaveDialog();
                // What has the focus now gets it back first; what is chosen may then take it.
                requestAnimationFrame(() => run(item.does, workbench));
              }}
              renderEmptyState={() => (
                <p className="palette-none">Nothing is called that. Try fewer or other words.</p>
              )}
            >
              {({ section, items: found }) => (
                <ListBoxSection id={section}>
                  <Header className="palette-head">{section}</Header>
                  <Collection items={found}>
                    {(item) => (
                      <ListBoxItem
                        id={item.id}
                        className="palette-item"
                        textValue={[item.title, item.detail].filter(Boolean).join(', ')}
                      >
                        <span className="palette-title">{item.title}</span>
                        <span className="palette-detail">{item.detail}</span>
                        {item.key === null ? null : <kbd className="key">{keyWords(item.key, isMac)}</kbd>}
                      </ListBoxItem>
                    )}
                  </Collection>
                </ListBoxSection>
              )}
            </ListBox>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function run(deed: PaletteDeed, workbench: Workbench): void {
  switch (deed.kind) {
    case 'command':
      commands.find((command) => command.id === deed.command)?.run(workbench);
      return;
    case 'file':
      workbench.chooseFile(deed.path);
      return;
    case 'place':
      workbench.jump({ path: deed.path, line: deed.line, column: 1 });
      return;
    case 'case':
      workbench.chooseCase(deed.key);
  }
}
