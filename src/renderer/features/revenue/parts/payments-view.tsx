/** Payments that fail, what is recovered, who leaves for it, and how long it takes to pay first. */
import type { ReactNode } from 'react';
import type { Choice } from '../choice.ts';
import { ChurnKinds } from './churn-kinds.tsx';
import type { FigureView } from './figure.tsx';
import { MonthFigures } from './month-figures.tsx';
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
  return (
    <div className="flex flex-col gap-4">
      <MonthFigures
        label="Payments of the month"
        figures={FIGURES}
        choice={choice}
        className="grid grid-cols-3 gap-2 max-[760px]:grid-cols-2 min-[1180px]:grid-cols-6"
      />
      <div className="grid grid-cols-1 gap-4 min-[1180px]:grid-cols-2">
        <RecoveryByMonth choice={choice} />
        <ChurnKinds choice={choice} />
        <OpenPayments choice={choice} />
        <TimeToPay choice={choice} />
      </div>
    </div>
  );
}
