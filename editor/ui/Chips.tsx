import type { ReactNode } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';

export interface Chip<Id extends string> {
  readonly id: Id;
  readonly label: string;
  /** How many it would leave, or null where that is not said. */
  readonly count: number | null;
  readonly mark?: ReactNode;
}

interface ChipsProps<Id extends string> {
  readonly label: string;
  readonly chips: readonly Chip<Id>[];
  readonly chosen: readonly Id[];
  readonly onChoose: (ids: readonly Id[]) => void;
}

/** Any of several choices. */
export function Chips<Id extends string>({ label, chips, chosen, onChoose }: ChipsProps<Id>) {
  return (
    <ToggleButtonGroup
      className="chips"
      aria-label={label}
      selectionMode="multiple"
      selectedKeys={[...chosen]}
      onSelectionChange={(keys) => onChoose(chips.flatMap(({ id }) => (keys.has(id) ? [id] : [])))}
    >
      {chips.map((chip) => (
        <ToggleButton key={chip.id} id={chip.id} className="chip">
          {chip.mark}
          {chip.label}
          {chip.count === null ? null : <span className="chip-count">{chip.count}</span>}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
