/** Items that could not be valued: counted in no figure, and never in silence. */
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Popover } from '../../../ui/popover.tsx';
import { useSnapshot } from '../use-cockpit.ts';

const LISTED = 20;

export function Unvalued({ asOf, count }: { asOf: PlainDay; count: number }): ReactNode {
  const format = useFormat();
  const items = useSnapshot(asOf).data?.unvalued ?? [];
  if (count === 0 && items.length === 0) return null;
  return (
    <Popover
      label="Items not valued"
      align="end"
      className="max-h-96 w-96! overflow-y-auto"
      trigger={
        <button
          type="button"
          className="flex h-7 items-center gap-1.5 rounded-md bg-warn-soft px-2 text-xs font-medium text-warn"
        >
          <TriangleAlert size={13} aria-hidden />
          {format.count(Math.max(count, items.length), { one: 'item not valued', other: 'items not valued' })}
        </button>
      }
    >
      <p className="mb-2 text-pretty text-muted">
        A price, rate or quantity of these is not known. They count in no figure until it is.
      </p>
      <ul className="flex flex-col gap-2">
        {items.slice(0, LISTED).map((item) => (
          <li key={`${item.subscriptionId}-${item.itemId ?? ''}-${item.what}`}>
            <p className="font-mono text-xs text-ink">{item.itemId ?? item.subscriptionId}</p>
            <p className="text-xs text-muted">{item.reason}</p>
          </li>
        ))}
      </ul>
    </Popover>
  );
}
