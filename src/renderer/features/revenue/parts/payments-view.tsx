/** Payments that fail, what is recovered, who leaves for it, and how long it takes to pay first. */
import type { ReactNode } from 'react';
import { lastDayOf, addMonths, addToMonth } from '../../../../shared/kernel/day.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import type { Choice } from '../choice.ts';
import { useSnapshot } from '../use-revenue.ts';
import { ChurnKinds } from './churn-kinds.tsx';
import { Figure, type FigureView } from './figure.tsx';
import { OpenPayments } from './open-payments.tsx';
import { RecoveryByMonth } from './recovery-by-month.tsx';
import { TimeToPay } from './time-to-pay.tsx';

const FIGURES: readonly FigureView[] = [
  { metric: 'failedPaymentRate', label: 'Failed at first', kind: 'percent', good: 'down', flow: true },
  { metric: 'failedPaymentsAmount', label: 'Amount failed', kind: 'money', good: 'down', flow: true },
  { metric: 'recoveryRate', label: 'Recovered', kind: 'percent', good: 'up', flow: true },
  { metric: 'involuntaryChurnMrr', label: 'Involuntary churn', kind: 'money', good: 'up', flow: true },
  { metric: 'voluntaryChurnMrr', label: 'Voluntary churn', kind: 'money', good: 'up', flow: true },
  { metric: 'timeToFirstPayment', label: 'Time to first payment', kind: 'days', good: 'down', flow: true },
];

export function PaymentsView({ choice }: { choice: Choice }): ReactNode {
  const format = useFormat();
  const running = choice.monthTo < lastDayOf(choice.month);
  const before = addToMonth(choice.month, -1);
  const current = useSnapshot(running ? { asOf: choice.monthTo } : { month: choice.month });
  const previous = useSnapshot(running ? { asOf: addMonths(choice.monthTo, -1) } : { month: before });
  const against = running ? `same days of ${format.month(before)}` : format.month(before);
  return (
    <div className="flex flex-col gap-4">
      <section aria-label="Payments of the month" className="grid grid-cols-3 gap-2 min-[1180px]:grid-cols-6">
        {FIGURES.map((view) => (
          <Figure
            key={view.metric}
            view={view}
            current={current}
            previous={previous}
            against={against}
            from={choice.monthFrom}
            to={choice.monthTo}
          />
        ))}
      </section>
      <div className="grid gap-4 min-[1180px]:grid-cols-2">
        <RecoveryByMonth choice={choice} />
        <ChurnKinds choice={choice} />
        <OpenPayments choice={choice} />
        <TimeToPay choice={choice} />
      </div>
    </div>
  );
}
