/** What customers pay against how often they come: who pays much and comes seldom stands at the upper left. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import { ScatterChart } from '../../../charts/scatter-chart.tsx';
import { scatterTable, type ScatterAxis } from '../../../charts/scatter-model.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { moneyUnit } from '../../../lib/unit.ts';
import { paidAndUsedSentence, pointsOf } from '../paid-and-used.ts';

/** The largest ones: those whose leaving would be felt. */
const MOST = 300;
const HEIGHT = 280;

export function PaidAndUsed(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const navigate = useNavigate();
  const customers = useQuery({
    ...api.customers.list.queryOptions({ input: { sort: 'mrr', direction: 'desc', limit: MOST } }),
    placeholderData: keepPreviousData,
  });
  const paying = (customers.data?.rows ?? []).filter(({ mrr }) => mrr !== null && mrr > 0);
  const use = useQuery({
    ...api.usage.daysOfUse.queryOptions({ input: { customerIds: paying.map(({ customerId }) => customerId) } }),
    enabled: customers.data !== undefined,
    placeholderData: keepPreviousData,
  });
  const currency = customers.data?.currency;
  const points = use.data === undefined ? [] : pointsOf(paying, use.data.rows);
  const unit = currency === undefined ? ({ kind: 'count' } as const) : moneyUnit(currency);
  const x: ScatterAxis = { label: 'Days with use, of the last 30', unit: { kind: 'days' } };
  const y: ScatterAxis = { label: 'MRR', unit };
  const sentence = paidAndUsedSentence(points, unit, format);
  const state = customers.data === undefined ? stateOf(customers) : stateOf(use);
  return (
    <ChartFrame
      title="What is paid, and how often it is used"
      period={`The ${format.count(points.length)} largest paying customers whose use is known; high and to the left pay much and come seldom`}
      sentence={sentence}
      table={scatterTable(points, 'Customer', x, y)}
      height={HEIGHT}
      state={
        state.kind === 'ready' && points.length === 0
          ? {
              kind: 'empty',
              title: 'No paying customer is linked to an account yet',
              hint: 'Under “Matching”, say which accounts of the product belong to which customers.',
            }
          : state
      }
    >
      <ScatterChart
        points={points}
        x={x}
        y={y}
        sentence={sentence}
        height={HEIGHT}
        onOpen={(id) =>
          void navigate({ to: '/customers/$customerId', params: { customerId: Number(id) as CustomerId } })
        }
      />
    </ChartFrame>
  );
}
