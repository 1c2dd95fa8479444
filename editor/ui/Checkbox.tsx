import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox } from 'react-aria-components';

interface CheckboxProps {
  readonly children: ReactNode;
  readonly chosen: boolean;
  readonly onChange: (chosen: boolean) => void;
}

export function Checkbox({ children, chosen, onChange }: CheckboxProps) {
  return (
    <AriaCheckbox className="checkbox" isSelected={chosen} onChange={onChange}>
      <svg className="checkbox-box" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
        <rect x=".75" y=".75" width="12.5" height="12.5" rx="3" />
        {chosen ? <path d="m3.7 7.3 2.2 2.2 4.4-5" /> : null}
      </svg>
      <span>{children}</span>
    </AriaCheckbox>
  );
}
