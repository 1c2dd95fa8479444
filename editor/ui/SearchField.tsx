import { Input, SearchField as AriaSearchField } from 'react-aria-components';

import { SearchIcon } from './icons.tsx';

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function SearchField({ label, value, onChange }: SearchFieldProps) {
  return (
    <AriaSearchField className="search" aria-label={label} value={value} onChange={onChange}>
      <SearchIcon />
      <Input placeholder={label} />
    </AriaSearchField>
  );
}
