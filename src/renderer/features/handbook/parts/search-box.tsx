/** The words to look for; what is found is counted for those who do not see the list. */
import type { ReactNode } from 'react';
import { useFormat } from '../../../lib/format-context.tsx';
import { TextField } from '../../../ui/text-field.tsx';

export interface SearchBoxProps {
  value: string;
  onChange: (value: string) => void;
  /** Null while nothing is searched for. */
  found: number | null;
}

export function SearchBox({ value, onChange, found }: SearchBoxProps): ReactNode {
  const format = useFormat();
  return (
    <div role="search">
      <TextField
        type="search"
        label="Search the handbook"
        labelHidden
        placeholder="Search the handbook"
        value={value}
        onChange={onChange}
        maxLength={200}
      />
      <p role="status" className="sr-only">
        {found === null ? '' : format.count(found, { one: 'passage found', other: 'passages found' })}
      </p>
    </div>
  );
}
