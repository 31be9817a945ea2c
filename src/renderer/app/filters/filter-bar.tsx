/** What is chosen for all rooms, in one row of the top bar; on a narrow window behind one button. */
import { useQuery } from '@tanstack/react-query';
import { FilterX, ListFilter } from 'lucide-react';
import { useState, type ReactNode, type Ref } from 'react';
import { filtersSet, useFilterActions, useFilters } from '../../lib/address/index.ts';
import { useEngine } from '../../lib/engine/index.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { AsOfControl } from './as-of-control.tsx';
import { CountingControl } from './counting-control.tsx';
import { PartControl } from './part-control.tsx';
import { PeriodControl } from './period-control.tsx';

export interface FilterBarProps {
  /** The group itself, which takes the focus by its shortcut. */
  ref: Ref<HTMLDivElement>;
}

export function FilterBar({ ref }: FilterBarProps): ReactNode {
  const { api } = useEngine();
  const { data } = useQuery(api.metrics.freshness.queryOptions());
  if (data === undefined || data.firstDay === null) return null;
  const known = { today: data.today, firstDay: data.firstDay };
  return (
    <div ref={ref} role="group" aria-label="Filters of all rooms" className="flex min-w-0 items-center gap-1">
      <div className="contents max-[1240px]:hidden">
        <AsOfControl known={known} />
        <PeriodControl known={known} />
        <PartControl />
        <CountingControl />
        <ResetButton />
      </div>
      <div className="hidden max-[1240px]:contents">
        <Folded>
          <PeriodControl known={known} />
          <AsOfControl known={known} />
          <PartControl />
          <CountingControl />
        </Folded>
        <ResetButton />
      </div>
    </div>
  );
}

function Folded({ children }: { children: ReactNode }): ReactNode {
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const count = filtersSet(useFilters()).length;
  return (
    <Popover
      label="Filters"
      open={open}
      onOpenChange={setOpen}
      className="w-auto! max-w-[calc(100vw-1rem)]"
      trigger={
        <Button kind={count === 0 ? 'ghost' : 'secondary'} icon={ListFilter}>
          <span className="max-[480px]:sr-only">
            {count === 0 ? 'Filters' : format.count(count, { one: 'filter', other: 'filters' })}
          </span>
        </Button>
      }
    >
      <div className="flex flex-col items-start gap-2">{children}</div>
    </Popover>
  );
}

function ResetButton(): ReactNode {
  const { reset } = useFilterActions();
  if (filtersSet(useFilters()).length === 0) return null;
  return <IconButton icon={FilterX} size="md" label="Reset all filters" shortcut="r" onClick={reset} />;
}
