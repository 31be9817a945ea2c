/** Chooses what a line is compared with; stands among the controls of its frame. */
import { GitCompareArrows } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import type { Compared } from './comparison.ts';

export interface CompareMenuProps {
  /** Undefined: nothing. */
  value: Compared | undefined;
  onChange: (value: Compared | undefined) => void;
}

const CHOICES: readonly { readonly id: string; readonly value: Compared | undefined; readonly label: string }[] = [
  { id: 'none', value: undefined, label: 'Not compared' },
  { id: 'before', value: 'before', label: 'With the period before' },
  { id: 'year', value: 'year', label: 'With the year before' },
];

export function CompareMenu({ value, onChange }: CompareMenuProps): ReactNode {
  return (
    <Menu
      trigger={<IconButton icon={GitCompareArrows} label="Compare" pressed={value !== undefined} />}
      groups={[
        CHOICES.map(({ id, value: choice, label }) => ({
          id,
          label,
          checked: choice === value,
          run: () => onChange(choice),
        })),
      ]}
    />
  );
}
