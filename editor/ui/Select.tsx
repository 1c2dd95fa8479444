import type { ReactNode } from 'react';
import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
} from 'react-aria-components';

import { DownIcon } from './icons.tsx';

export interface Choice<Id extends string> {
  readonly id: Id;
  readonly title: string;
  readonly detail?: string;
  readonly mark?: ReactNode;
}

interface SelectProps<Id extends string> {
  readonly label: string;
  /** The label is heard and not seen, where the words around it say it already. */
  readonly quiet?: boolean;
  readonly choices: readonly Choice<Id>[];
  readonly chosen: Id;
  readonly onChoose: (id: Id) => void;
}

/** One choice out of a few. */
export function Select<Id extends string>({ label, quiet, choices, chosen, onChoose }: SelectProps<Id>) {
  return (
    <AriaSelect
      className="field"
      {...(quiet ? { 'aria-label': label } : {})}
      value={chosen}
      onChange={(key) => {
        const found = choices.find((choice) => choice.id === key);
        if (found) onChoose(found.id);
      }}
    >
      {quiet ? null : <Label className="field-label">{label}</Label>}
      <Button className="button select-button">
        <SelectValue className="select-value" />
        <DownIcon />
      </Button>
      <Popover className="menu-popover select-popover">
        <ListBox className="select-list" items={choices}>
          {(choice) => (
            <ListBoxItem className="menu-item" textValue={choice.title}>
              <span className="select-choice">
                {choice.mark}
                {choice.title}
              </span>
              {choice.detail === undefined ? null : <span className="key">{choice.detail}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
