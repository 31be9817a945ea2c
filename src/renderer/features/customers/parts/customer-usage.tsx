/** What a customer's people do in the product. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { CustomerUsage as Usage } from '../../../../shared/contract/usage.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import { LineChart } from '../../../charts/line-chart.tsx';
import { seriesTable } from '../../../charts/series.ts';
import { useEngine } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { NO_VALUE } from '../../../../shared/formats/number.ts';
import { trendSentence } from '../../../lib/trend-sentence.ts';
import { countUnit } from '../../../lib/unit.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';

const HEIGHT = 120;
const UNIT = countUnit();

/** Shown only where an account of the product is linked: without product analytics the page says nothing of use. */
export function CustomerUsage({ customerId }: { customerId: CustomerId }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const { data } = useQuery(api.usage.ofCustomer.queryOptions({ input: { customerId } }));
  if (data === undefined || data === null) return null;
  const series = {
    id: 'users',
    label: 'People a day',
    points: data.series.map(({ day, users }) => ({ day, value: users })),
  };
  const sentence = trendSentence({ name: 'People a day', unit: UNIT, points: series.points }, format);
  return (
    <Tile title="Product usage" subtitle={subtitleOf(data, format)} flush>
      <ChartFrame
        title="People a day"
        period="The last ninety days"
        sentence={sentence}
        table={seriesTable([series], UNIT)}
        height={HEIGHT}
        className="rounded-none border-x-0"
      >
        <LineChart series={[series]} unit={UNIT} sentence={sentence} height={HEIGHT} area />
      </ChartFrame>
      <DataTable
        label="Features used"
        columns={columnsOf(format)}
        rows={data.features}
        rowKey={({ event }) => event}
        state={
          data.features.length === 0
            ? {
                kind: 'empty',
                title: 'No feature used in sixty days',
                hint: 'The account is known; nobody of it did anything.',
              }
            : { kind: 'ready' }
        }
      />
    </Tile>
  );
}

function subtitleOf({ lastActiveOn, peakUsers, peakUsersBefore, accounts }: Usage, format: Formatter): string {
  const [account] = accounts;
  const last = lastActiveOn === null ? 'Never active' : `Last active ${format.day(lastActiveOn)}`;
  const before = peakUsersBefore === null ? '' : `, ${format.count(peakUsersBefore)} in the thirty before`;
  const channel = account?.channel == null || account.channel === '' ? '' : `; came by ${account.channel}`;
  return `${last}; at most ${format.count(peakUsers, { one: 'person', other: 'people' })} on a day in thirty days${before}${channel}`;
}

function columnsOf(format: Formatter): Column<Usage['features'][number]>[] {
  return [
    { id: 'event', header: 'Feature', value: ({ event }) => event },
    {
      id: 'count',
      header: '30 days',
      align: 'end',
      width: 90,
      value: ({ count }) => count,
      text: ({ count }) => format.count(count),
    },
    {
      id: 'before',
      header: 'Before',
      align: 'end',
      width: 90,
      value: ({ countBefore }) => countBefore,
      text: ({ countBefore }) => (countBefore === null ? NO_VALUE : format.count(countBefore)),
    },
    { id: 'last', header: 'Last', width: 120, value: ({ lastOn }) => lastOn, text: ({ lastOn }) => format.day(lastOn) },
  ];
}
