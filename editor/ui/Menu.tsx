import type { ReactNode } from 'react';
import { Button, Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';

export interface MenuEntry {
  readonly id: string;
  readonly title: string;
  readonly key: string | null;
}

interface MenuProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly entries: readonly MenuEntry[];
  readonly onChoose: (id: string) => void;
}

export function Menu({ label, icon, entries, onChoose }: MenuProps) {
  return (
    <MenuTrigger>
      <Button className="button button-quiet button-icon" aria-label={label}>
        {icon}
      </Button>
      <Popover className="menu-popover" placement="bottom end">
        <AriaMenu aria-label={label} onAction={(id) => onChoose(String(id))}>
          {entries.map((entry) => (
            <MenuItem key={entry.id} id={entry.id} className="menu-item" textValue={entry.title}>
              <span>{entry.title}</span>
              {entry.key === null ? null : <kbd className="key">{entry.key}</kbd>}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
