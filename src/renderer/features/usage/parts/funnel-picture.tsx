/** From visit to payment over all channels: how many came to each step. */
import type { ReactNode } from 'react';
import type { FunnelRow } from '../../../../shared/contract/usage.ts';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import { FunnelChart, funnelHeight } from '../../../charts/funnel-chart.tsx';
import { funnelRows, funnelSentence, funnelTable, type FunnelStep } from '../../../charts/funnel-model.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { useFunnel, type Span } from '../use-usage.ts';

export interface FunnelPictureProps {
  span: Span;
  withinDays: number;
  onHow: () => void;
}

interface Funnel {
  readonly total: FunnelRow;
  /** Steps for which no event is named. */
  readonly untracked: readonly ('visited' | 'signedUp' | 'activated')[];
}

/** As many steps as the funnel has; the frame keeps the height while they are fetched. */
const STEPS = 5;

export function FunnelPicture({ span, withinDays, onHow }: FunnelPictureProps): ReactNode {
  const format = useFormat();
  const funnel = useFunnel(span, withinDays);
  const rows = funnel.data === undefined ? [] : funnelRows(stepsOf(funnel.data));
  const sentence = funnelSentence(rows, format);
  const state = stateOf(funnel);
  return (
    <ChartFrame
      title="From visit to payment"
      period={`${format.day(span.from)} – ${format.day(span.to)}, steps within ${withinDays} days of the first visit`}
      sentence={sentence}
      table={funnelTable(rows)}
      height={funnelHeight(STEPS)}
      state={
        state.kind === 'ready' && funnel.data?.rows.length === 0
          ? {
              kind: 'empty',
              title: 'Nobody was first seen in this span',
              hint: 'Under “What events mean”, name the events of a visit, of signing up and of activation.',
            }
          : state
      }
      onHow={onHow}
    >
      <FunnelChart rows={rows} sentence={sentence} />
    </ChartFrame>
  );
}

/** Activation, trials and payment are each taken from those who signed up: one does not need the other. */
function stepsOf({ total, untracked }: Funnel): FunnelStep[] {
  const counted = (step: Funnel['untracked'][number], value: number): number | null =>
    untracked.includes(step) ? null : value;
  return [
    { id: 'visited', label: 'Visited', value: counted('visited', total.visited) },
    { id: 'signedUp', label: 'Signed up', value: counted('signedUp', total.signedUp) },
    { id: 'activated', label: 'Activated', value: counted('activated', total.activated), of: 'signedUp' },
    { id: 'trial', label: 'On trial', value: total.trial, of: 'signedUp' },
    { id: 'paid', label: 'Paid', value: total.paid, of: 'signedUp' },
  ];
}
