/** What the billing system's meters counted of a customer: the last thirty days against the thirty before. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { MeterUsageReport } from '../../../../shared/contract/cash.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { Sparkline } from '../../../charts/sparkline.tsx';
import { useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import type { Formatter } from '../../../lib/format.ts';
import { Tile } from '../../../ui/tile.tsx';

type Meter = MeterUsageReport[number];

/** Shown only where a meter ever counted something. */
export function MeterUsage({ customerId }: { customerId: CustomerId }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const { data } = useQuery(api.cash.meterUsage.queryOptions({ input: { customerId } }));
  const [first] = data ?? [];
  if (data === undefined || first === undefined) return null;
  return (
    <Tile
      title="Metered usage"
      subtitle={`90 days up to ${format.day(first.through)} (UTC), as ${first.sourceName} counts it`}
    >
      <ul className="flex flex-col gap-4">
        {data.map((meter) => (
          <li
            key={`${meter.sourceName} ${meter.meterId}`}
            className="grid grid-cols-[minmax(0,12rem)_1fr] items-center gap-4"
          >
            <div className="min-w-0">
              <p className="truncate font-medium">{meter.title}</p>
              <p className="text-xs text-muted">{words(meter, format)}</p>
            </div>
            <Sparkline
              values={meter.days.map(({ quantity }) => quantity)}
              label={`${meter.title}, by day. ${words(meter, format)}`}
              height={40}
            />
          </li>
        ))}
      </ul>
    </Tile>
  );
}

function words({ addsUp, last30, before30 }: Meter, format: Formatter): string {
  const now = addsUp ? `${format.count(last30)} in 30 days` : `${format.count(last30)} at last`;
  if (before30 === 0) return last30 === 0 ? now : `${now}, none in the 30 before`;
  return `${now}, ${format.percent((last30 - before30) / before30, { signed: true })} on the 30 before`;
}
