/** Chooses by which dimension a table of the room is broken down. */
import type { ReactNode } from 'react';
import type { Dimension } from '../../../../shared/contract/slice.ts';
import { Select } from '../../../ui/select.tsx';
import type { useDimensions } from '../use-revenue.ts';

interface CutSelectProps {
  /** Accessible name. */
  label: string;
  /** Those that the company has; undefined until they are known. */
  dimensions: ReturnType<typeof useDimensions>['data'];
  cut: Dimension;
  onChange: (cut: Dimension) => void;
}

export function CutSelect({ label, dimensions, cut, onChange }: CutSelectProps): ReactNode {
  return (
    <div className="w-44">
      <Select<Dimension>
        label={label}
        labelHidden
        options={(dimensions ?? [{ dimension: cut, label: cut }]).map((each) => ({
          value: each.dimension,
          label: each.label,
        }))}
        value={cut}
        onChange={onChange}
      />
    </div>
  );
}
