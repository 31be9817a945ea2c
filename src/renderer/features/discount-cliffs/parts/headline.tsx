/** What is given away, what ends, and what past ends brought. */
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { CliffReport, DiscountsReport } from '../../../../shared/contract/revenue.ts';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { countUnit, moneyUnit, PERCENT, quantity } from '../../../lib/unit.ts';
import { KpiTile } from '../../../ui/kpi-tile.tsx';

export interface HeadlineProps {
  report: CliffReport;
  given: UseQueryResult<DiscountsReport>;
  months: number;
  /** The rows behind a figure: the ends to come, or those that came. */
  onRows: (list: 'past' | undefined) => void;
  onHow: () => void;
}

export function Headline({ report, given, months, onRows, onHow }: HeadlineProps): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const { upcoming, past, currency, outcomeDays } = report;
  const amount = moneyUnit(currency);
  const toCome = { onWhy: () => onRows(undefined), onHow };
  const came = { onWhy: () => onRows('past'), onHow };
  return (
    <section
      aria-label="Discounts in short"
      className="grid grid-cols-3 gap-2 max-[760px]:grid-cols-2 min-[1180px]:grid-cols-6"
    >
      <KpiTile
        label="Given away"
        good="down"
        quantity={{ unit: amount, value: given.data?.given ?? 0 }}
        state={stateOf(given)}
        note={given.data === undefined ? '' : `a month, ${format.percent(given.data.share.value)} of list prices`}
        onHow={() => evidence.open({ how: 'discountGiven' })}
        onWhy={() => evidence.open({ why: 'discountGiven' })}
      />
      <KpiTile
        label={`Ending in ${months} months`}
        quantity={{ unit: countUnit(), value: upcoming.cliffs }}
        note={format.count(upcoming.customers, { one: 'customer', other: 'customers' })}
        {...toCome}
      />
      <KpiTile
        label="MRR at risk"
        quantity={{ unit: amount, value: upcoming.atRisk }}
        note="what they pay now"
        {...toCome}
      />
      <KpiTile
        label="Uplift if all stay"
        quantity={{ unit: amount, value: upcoming.uplift }}
        note={
          past.realisedRate.value === null
            ? 'no experience yet'
            : `at the past rate ${format.value(Math.round(upcoming.uplift * past.realisedRate.value), amount, { form: 'whole', signed: true })}`
        }
        {...toCome}
      />
      <KpiTile
        label="Kept the new price"
        quantity={quantity(PERCENT, past.keptRate.value, past.keptRate.reason ?? '')}
        note={`of ${format.count(past.decided)}, after ${outcomeDays} days`}
        {...came}
      />
      <KpiTile
        label="Realised of the uplift"
        quantity={quantity(PERCENT, past.realisedRate.value, past.realisedRate.reason ?? '')}
        note={`${format.value(past.realised, amount, { form: 'whole', signed: true })} of ${format.value(past.uplift, amount, { form: 'whole', signed: true })}`}
        {...came}
      />
    </section>
  );
}
