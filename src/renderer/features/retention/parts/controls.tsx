/** What is measured, in which periods, and of whom. */
import type { ReactNode } from 'react';
import {
  COHORT_KINDS,
  COHORT_SPLITS,
  COHORT_UNITS,
  type CohortMatrix,
  type CohortSplit,
} from '../../../../shared/contract/retention.ts';
import type { RetentionSearch } from '../../../lib/address/index.ts';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import type { Choice } from '../use-retention.ts';
import { KIND_WORDS, splitWords, UNIT_WORDS } from '../words.ts';

export interface ControlsProps {
  choice: Choice;
  groups: CohortMatrix['groups'];
  /** Whether the company's fiscal year is another than the calendar's. */
  fiscal: boolean;
  onChange: (part: Partial<RetentionSearch>) => void;
}

const NO_SPLIT = 'none';
/** No group of a company has this name: it holds a character that names do not. */
const EVERYBODY = '\u0000';

export function Controls({ choice, groups, fiscal, onChange }: ControlsProps): ReactNode {
  const { kind, unit, by, group } = choice;
  return (
    <div role="group" aria-label="What is shown" className="flex flex-wrap items-center gap-2">
      <Segmented
        label="Measure"
        // The narrowest windows have no room for all of them in a line.
        className="max-w-full self-center! max-[420px]:h-auto max-[420px]:shrink max-[420px]:flex-wrap max-[420px]:[&>button]:h-6"
        choices={COHORT_KINDS.map((value) => ({ value, label: KIND_WORDS[value].label }))}
        value={kind}
        onChange={(measure) => onChange({ measure })}
      />
      <Segmented
        label="Period"
        className="self-center!"
        choices={COHORT_UNITS.filter((value) => fiscal || value === unit || !value.startsWith('fiscal')).map(
          (value) => ({ value, label: UNIT_WORDS[value].label }),
        )}
        value={unit}
        onChange={(next) => onChange({ unit: next })}
      />
      <div className="w-36">
        <Select<CohortSplit | typeof NO_SPLIT>
          label="Split"
          labelHidden
          options={[
            { value: NO_SPLIT, label: 'All customers' },
            ...splitsWith(by).map((value) => ({ value, label: splitWords(value).label })),
          ]}
          value={by ?? NO_SPLIT}
          onChange={(value) => onChange({ by: value === NO_SPLIT ? undefined : value, group: undefined })}
        />
      </div>
      {by !== undefined && (
        <div className="w-36">
          <Select
            label="Group"
            labelHidden
            options={[
              { value: EVERYBODY, label: splitWords(by).all },
              ...groups.map(({ group: name }) => ({ value: name, label: name })),
            ]}
            value={group ?? EVERYBODY}
            onChange={(value) => onChange({ group: value === EVERYBODY ? undefined : value })}
          />
        </div>
      )}
    </div>
  );
}

/** The named splits, and the one of metadata that the address asks for. */
function splitsWith(by: CohortSplit | undefined): CohortSplit[] {
  return [...new Set<CohortSplit>([...COHORT_SPLITS, ...(by === undefined ? [] : [by])])];
}
