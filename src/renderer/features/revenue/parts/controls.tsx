/** Which stretch is shown, in which steps, as what. */
import type { ReactNode } from 'react';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import { grainsFor } from '../choice.ts';
import type { ControlsProps } from './controls-props.ts';
import { RangeControl } from './range-control.tsx';

const GRAINS = { day: 'Days', week: 'Weeks', month: 'Months' } as const;

/** Changes in exchange rates move MRR in a reporting currency; at one day's rates they do not. */
export function RatesControl({ choice, onChange }: ControlsProps): ReactNode {
  return (
    <Segmented
      label="Exchange rates"
      className="self-center!"
      choices={[
        { value: 'day', label: 'Rates of the day' },
        { value: 'constant', label: 'Constant' },
      ]}
      value={choice.constant ? 'constant' : 'day'}
      onChange={(rates) => onChange({ constant: rates === 'constant' ? 'yes' : undefined })}
    />
  );
}

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
      <RangeControl choice={choice} onChange={onChange} />
      <Segmented
        label="Steps"
        className="self-center!"
        choices={grainsFor(choice).map((value) => ({ value, label: GRAINS[value] }))}
        value={choice.grain}
        onChange={(grain) => onChange({ grain })}
      />
      <RatesControl choice={choice} onChange={onChange} />
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
