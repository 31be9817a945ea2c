/** Which part of the company is shown: conditions that all hold, saved segments among them. */
import { Layers2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { conditionText, sliceOf, useFilterActions, useFilters, type Condition } from '../../lib/address/index.ts';
import { Button } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { SliceFilter, useConditionWords } from '../../ui/slice-filter.tsx';

export function PartControl(): ReactNode {
  const filters = useFilters();
  const { set } = useFilterActions();
  const where = sliceOf(filters.slice)?.where ?? [];
  const [first] = where;
  return (
    <Popover
      label="Part of the company"
      className="w-auto! max-w-[min(32rem,calc(100vw-1rem))] min-w-64"
      trigger={
        <Button
          kind={first === undefined ? 'ghost' : 'secondary'}
          icon={Layers2}
          className="min-w-0 shrink! justify-start!"
        >
          <span className="truncate">
            {first === undefined ? 'Whole company' : <Words first={first} more={where.length - 1} />}
          </span>
        </Button>
      }
    >
      <div role="group" aria-label="Filters" className="flex flex-col items-start gap-1.5">
        <SliceFilter conditions={where} onChange={(conditions) => set({ slice: conditionText(conditions) })} />
        {first !== undefined && (
          <Button kind="ghost" onClick={() => set({ slice: undefined })}>
            Show the whole company
          </Button>
        )}
      </div>
    </Popover>
  );
}

function Words({ first, more }: { first: Condition; more: number }): ReactNode {
  const words = useConditionWords(first);
  return more === 0 ? words : `${words} and ${more} more`;
}
