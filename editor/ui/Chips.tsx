import type { ReactNode } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';

export interface Chip<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly count: number;
  readonly mark?: ReactNode;
}

interface ChipsProps<Id extends string> {
  readonly label: string;
  readonly chips: readonly Chip<Id>[];
  readonly chosen: Id;
  readonly onChoose: (id: Id) => void;
}

/** One choice out of several, each with how many it would leave. */
export function Chips<Id extends string>({ label, chips, chosen, onChoose }: ChipsProps<Id>) {
  return (
    <ToggleButtonGroup
      className="chips"
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[chosen]}
      onSelectionChange={(keys) => {
        const found = chips.find((chip) => keys.has(chip.id));
        if (found) onChoose(found.id);
      }}
    >
      {chips.map((chip) => (
        <ToggleButton key={chip.id} id={chip.id} className="chip">
          {chip.mark}
          {chip.label}
          <span className="chip-count">{chip.count}</span>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
