/** In which steps the stretch is shown, as what, and beside what. */
import type { ReactNode } from 'react';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import { grainsFor } from '../choice.ts';
import type { ControlsProps } from './controls-props.ts';

const GRAINS = { day: 'Days', week: 'Weeks', month: 'Months' } as const;

const NOT_COMPARED = 'none';

export function Controls({ choice, onChange }: ControlsProps): ReactNode {
  return (
    <div role="group" aria-label="What is shown" className="flex flex-wrap items-center gap-2">
      <Segmented
        label="Measure"
        className="self-center!"
        choices={[
          { value: 'mrr', label: 'MRR' },
          { value: 'arr', label: 'ARR' },
        ]}
        value={choice.measure}
        onChange={(as) => onChange({ as })}
      />
      <Segmented
        label="Steps"
        className="self-center!"
        choices={grainsFor(choice).map((value) => ({ value, label: GRAINS[value] }))}
        value={choice.grain}
        onChange={(grain) => onChange({ grain })}
      />
      <div className="w-48">
        <Select<'before' | 'year' | typeof NOT_COMPARED>
          label="Compared with"
          labelHidden
          options={[
            { value: NOT_COMPARED, label: 'Not compared' },
            { value: 'before', label: 'The period before', disabled: choice.range === 'all' },
            { value: 'year', label: 'The year before' },
          ]}
          value={choice.compare ?? NOT_COMPARED}
          onChange={(value) => onChange({ compare: value === NOT_COMPARED ? undefined : value })}
        />
      </div>
    </div>
  );
}
