/** The funnel of trials: begun, still open, converted. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { moneyUnit } from '../../../lib/unit.ts';
import { CircleHelp } from 'lucide-react';
import { IconButton } from '../../../ui/button.tsx';
import { Meter } from '../../../ui/meter.tsx';
import { StateGate } from '../../../ui/states.tsx';
import { Tile } from '../../../ui/tile.tsx';
import type { Period } from '../period.ts';
import { useTrials } from '../use-cockpit.ts';

export function TrialsTile({ period }: { period: Period }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const trials = useTrials(period.asOf);
  const { data } = trials;
  const state = stateOf(trials);
  return (
    <Tile
      title="Trials of 90 days"
      actions={
        <IconButton
          icon={CircleHelp}
          label="How the conversion of trials is computed"
          onClick={() => evidence.open({ how: 'trialConversion' })}
        />
      }
      flush
      className="h-full"
    >
      <StateGate
        state={
          state.kind === 'ready' && data?.started === 0 && data.running === 0
            ? { kind: 'empty', title: 'No trials', hint: 'No trial began in the last 90 days.' }
            : state
        }
      >
        {data !== undefined && (
          <div className="flex flex-col gap-1.5 px-4">
            <Step label="Begun" value={data.started} of={data.started} />
            <Step label="Still open" value={data.open} of={data.started} />
            <Step label="Converted" value={data.converted} of={data.started} tone="gain" />
            <Link
              to="/retention"
              className="min-h-6 truncate text-xs text-muted underline-offset-2 hover:underline"
              title={`${format.count(data.running)} run now, ${format.value(data.mrr, moneyUnit(data.currency), { form: 'whole' })} MRR if they stay`}
            >
              {data.rate.value === null ? (
                data.rate.reason
              ) : (
                <>
                  <span className="font-medium text-ink">{format.percent(data.rate.value)}</span> of those decided
                </>
              )}
            </Link>
          </div>
        )}
      </StateGate>
    </Tile>
  );
}

function Step(props: { label: string; value: number; of: number; tone?: 'gain' | 'accent' }): ReactNode {
  const { label, value, of, tone = 'accent' } = props;
  const format = useFormat();
  return (
    <div>
      <p className="flex text-xs leading-4">
        <span className="flex-1 text-muted">{label}</span>
        <span className="font-medium text-ink">{format.count(value)}</span>
      </p>
      <Meter
        label={label}
        fraction={of === 0 ? 0 : value / of}
        text={`${format.count(value)} of ${format.count(of)}`}
        tone={tone}
      />
    </div>
  );
}
