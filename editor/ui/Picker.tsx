import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import {
  Autocomplete,
  Button,
  Collection,
  Dialog,
  DialogTrigger,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Popover,
  SearchField,
} from 'react-aria-components';

import { SearchIcon } from './icons.tsx';
import type { PickerItem } from './picker-view.ts';
import { bySection, pickerMatches } from './picker-view.ts';
import './picker.css';

interface PickerProps {
  /** What is picked: "Fact". */
  readonly label: string;
  /** What is picked now, as it is heard: "recorded time". */
  readonly value?: string;
  /** What the button shows. */
  readonly children: ReactNode;
  readonly className?: string;
  /** Made when it is opened. */
  readonly items: () => readonly PickerItem[];
  readonly placeholder: string;
  readonly onPick: (id: string) => void;
  /** What typing something that is not there offers: "Use 97999". */
  readonly ownWords?: (typed: string) => PickerItem | null;
  readonly disabled?: boolean;
}

/** A word in a sentence that opens a list to choose another; typing finds by title and by meaning. */
export function Picker({ label, value, children, className = 'button', disabled, ...inside }: PickerProps) {
  const [open, setOpen] = useState(false);
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <Button
        className={className}
        aria-label={value === undefined ? label : `${label}: ${value}`}
        isDisabled={disabled ?? false}
      >
        {children}
      </Button>
      <Popover
        className="menu-popover picker"
        placement="bottom start"
        // Within the main part of the page, as what it belongs to is.
        UNSTABLE_portalContainer={document.querySelector('main') ?? document.body}
      >
        <Dialog aria-label={label} className="picker-dialog">
          <Choices label={label} {...inside} onDone={() => setOpen(false)} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

interface ChoicesProps extends Pick<PickerProps, 'label' | 'items' | 'placeholder' | 'onPick' | 'ownWords'> {
  readonly onDone: () => void;
}

function Choices({ label, items, placeholder, onPick, ownWords, onDone }: ChoicesProps) {
  const [text, setText] = useState('');
  const all = useMemo(() => items(), [items]);
  const found = useMemo(() => {
    const matches = pickerMatches(all, text);
    const own = text.trim() === '' ? null : (ownWords?.(text.trim()) ?? null);
    return own && !all.some(({ id }) => id === own.id) ? [...matches, own] : matches;
  }, [all, text, ownWords]);
  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      {/* Whoever opened the list wants to type, or to go down it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
      <SearchField className="picker-field" aria-label={`Search: ${label}`} autoFocus>
        <SearchIcon />
        {/* The list that it controls is named by what is around it. */}
        {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role, jsx-a11y/role-has-required-aria-props */}
        <Input placeholder={placeholder} role="combobox" aria-expanded="true" aria-haspopup="listbox" />
      </SearchField>
      <ListBox
        className="picker-list"
        aria-label={label}
        items={bySection(found)}
        selectionMode="none"
        onAction={(id) => {
          onDone();
          onPick(String(id));
        }}
        renderEmptyState={() => <p className="picker-none">Nothing is called that. Try other words.</p>}
      >
        {({ section, items: inside }) => (
          <ListBoxSection id={`section ${section}`} aria-label={section === '' ? label : section}>
            {section === '' ? null : <Header className="picker-head">{section}</Header>}
            <Collection items={inside}>
              {(item) => (
                <ListBoxItem
                  id={item.id}
                  className="picker-item"
                  textValue={[item.title, item.detail, item.note].filter(Boolean).join(', ')}
                >
                  <span className="picker-title">{item.title}</span>
                  {item.note === undefined ? null : <span className="picker-note">{item.note}</span>}
                  {item.detail === undefined ? null : <span className="picker-detail">{item.detail}</span>}
                </ListBoxItem>
              )}
            </Collection>
          </ListBoxSection>
        )}
      </ListBox>
    </Autocomplete>
  );
}
