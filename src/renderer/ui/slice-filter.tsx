/**
 * Which part of the company is looked at: conditions as chips, each opened to
 * be changed, and one more to be added. The caller keeps them in the address.
 */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ListFilter, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { NO_VALUE, type Dimension } from '../../shared/contract/slice.ts';
import type { Condition } from '../lib/address/index.ts';
import { stateOf, useEngine } from '../lib/engine/index.ts';
import { useFormat } from '../lib/format-context.tsx';
import { Button, IconButton } from './button.tsx';
import { Popover } from './popover.tsx';
import { Segmented } from './segmented.tsx';
import { Select } from './select.tsx';
import { StateGate } from './states.tsx';
import { TextField } from './text-field.tsx';

export interface SliceFilterProps {
  conditions: readonly Condition[];
  onChange: (conditions: Condition[]) => void;
}

export function SliceFilter({ conditions, onChange }: SliceFilterProps): ReactNode {
  const [adding, setAdding] = useState(false);
  const dimensions = useDimensions();
  const [dimension, setDimension] = useState<Dimension>('plan');
  const labelOf = (wanted: Dimension) => dimensions.find((known) => known.dimension === wanted)?.label ?? wanted;
  const put = (condition: Condition) => {
    const others = conditions.filter((known) => known.dimension !== condition.dimension);
    const known = conditions.some((one) => one.dimension === condition.dimension);
    if (condition.values.length === 0) return onChange(others);
    onChange(
      known
        ? conditions.map((one) => (one.dimension === condition.dimension ? condition : one))
        : [...conditions, condition],
    );
  };
  return (
    <>
      {conditions.map((condition) => (
        <ConditionChip
          key={condition.dimension}
          condition={condition}
          label={labelOf(condition.dimension)}
          onChange={put}
          onRemove={() => onChange(conditions.filter((known) => known !== condition))}
        />
      ))}
      <Popover
        label="Add a filter"
        open={adding}
        onOpenChange={setAdding}
        trigger={
          <Button kind="ghost" icon={ListFilter}>
            Filter
          </Button>
        }
      >
        <div className="flex flex-col gap-3">
          <Select
            label="Filter by"
            options={dimensions.map((known) => ({ value: known.dimension, label: known.label }))}
            value={dimension}
            onChange={setDimension}
          />
          <Values
            key={dimension}
            label={labelOf(dimension)}
            condition={conditions.find((known) => known.dimension === dimension) ?? { dimension, values: [] }}
            onChange={put}
          />
        </div>
      </Popover>
    </>
  );
}

/** The dimensions that facts have, and saved segments. */
function useDimensions(): readonly { dimension: Dimension; label: string }[] {
  const { api } = useEngine();
  return useQuery(api.metrics.dimensions.queryOptions()).data ?? [];
}

interface ConditionProps {
  condition: Condition;
  label: string;
  onChange: (condition: Condition) => void;
}

function ConditionChip(props: ConditionProps & { onRemove: () => void }): ReactNode {
  const { condition, label, onRemove } = props;
  const nameOf = useValueNames(condition);
  const format = useFormat();
  const words = valueWords(condition.values.map(nameOf));
  return (
    <span className="inline-flex h-7 max-w-full items-center rounded-md border border-line-strong bg-surface pr-0.5 shadow-raised">
      <Popover
        label={`Filter ${label}`}
        trigger={
          <button
            type="button"
            className="h-full min-w-0 truncate rounded-md px-2 text-sm text-ink hover:bg-hover"
            aria-label={`${label} ${condition.not ? 'is not' : 'is'} ${format.list(condition.values.map(nameOf), 'or')}: change`}
          >
            <span className="text-muted">
              {label} {condition.not ? 'is not' : 'is'}
            </span>{' '}
            {words}
          </button>
        }
      >
        <Values {...props} />
      </Popover>
      <IconButton icon={X} label={`Remove the filter ${label}`} onClick={onRemove} />
    </span>
  );
}

function valueWords([first = '', ...more]: readonly string[]): string {
  return more.length === 0 ? first : more.length === 1 ? `${first} or ${more[0]}` : `${first} + ${more.length}`;
}

/** One condition in a few words: «Plan is Scale». */
export function useConditionWords(condition: Condition): string {
  const dimensions = useDimensions();
  const nameOf = useValueNames(condition);
  const label = dimensions.find(({ dimension }) => dimension === condition.dimension)?.label ?? condition.dimension;
  return `${label} is ${condition.not ? 'not ' : ''}${valueWords(condition.values.map(nameOf))}`;
}

const SHOWN = 100;

/** Labels of chosen values; a value is its own label until the list is there. */
function useValueNames({ dimension }: Condition): (value: string) => string {
  const { api } = useEngine();
  const values = useQuery(api.metrics.dimensionValues.queryOptions({ input: { dimension, limit: 500 } }));
  return (value) =>
    values.data?.values.find((known) => known.value === value)?.label ?? (value === NO_VALUE ? 'none' : value);
}

function Values({ condition, label, onChange }: ConditionProps): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const [search, setSearch] = useState('');
  const { dimension, values, not = false } = condition;
  const found = useQuery({
    ...api.metrics.dimensionValues.queryOptions({ input: { dimension, search, limit: SHOWN } }),
    placeholderData: keepPreviousData,
  });
  const change = (chosen: readonly string[], isNot = not) =>
    onChange({ dimension, values: [...chosen], ...(isNot && { not: true }) });
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Segmented
        label={`${label} is or is not`}
        choices={[
          { value: 'is', label: 'is' },
          { value: 'not', label: 'is not' },
        ]}
        value={not ? 'not' : 'is'}
        onChange={(word) => change(values, word === 'not')}
      />
      <TextField
        type="search"
        label={`Search ${label}`}
        labelHidden
        placeholder="Search"
        value={search}
        onChange={setSearch}
      />
      <StateGate state={stateOf(found)}>
        <fieldset className="flex max-h-64 min-w-0 flex-col overflow-y-auto">
          <legend className="sr-only">{label}</legend>
          {(found.data?.values ?? []).map((known) => (
            <label
              key={known.value}
              className="flex min-h-7 cursor-pointer items-center gap-2 rounded-sm px-1 hover:bg-hover"
            >
              <input
                type="checkbox"
                className="accent-accent"
                checked={values.includes(known.value)}
                onChange={(event) =>
                  change(
                    event.target.checked ? [...values, known.value] : values.filter((value) => value !== known.value),
                  )
                }
              />
              <span className="min-w-0 flex-1 truncate text-ink">{known.label}</span>
              <span className="text-xs text-subtle">{format.count(known.customers)}</span>
            </label>
          ))}
        </fieldset>
        {found.data !== undefined && (
          <p className="text-xs text-subtle">
            {found.data.total === 0
              ? 'Nothing found.'
              : found.data.total > found.data.values.length
                ? `${format.count(found.data.values.length)} of ${format.count(found.data.total)} shown; search for the others.`
                : 'With the customers who pay for it today.'}
          </p>
        )}
      </StateGate>
    </div>
  );
}
