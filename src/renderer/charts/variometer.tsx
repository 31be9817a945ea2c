/**
 * The signature instrument: how fast ARR climbs, against the climb that the next
 * milestone needs. Dial for now, tape for the year, words for certainty.
 */
import { ArrowDown, ArrowUp, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Climb } from '../../shared/contract/metrics.ts';
import { exponentOf } from '../../shared/kernel/currency.ts';
import { classNames } from '../lib/class-names.ts';
import type { DataState } from '../lib/data-state.ts';
import { useFormat } from '../lib/format-context.tsx';
import { useSize } from '../lib/use-size.ts';
import { ChartFrame } from './chart-frame.tsx';
import { amountOf, climbSentence, climbTable, climbVerdict, type ClimbVerdict } from './climb-words.ts';
import { useRoomWidth } from '../ui/in-turn.tsx';
import { VariometerDial } from './variometer-dial.tsx';
import { dialScale, isOffScale } from './variometer-geometry.ts';
import { VariometerTape } from './variometer-tape.tsx';

export interface VariometerProps {
  /** Null with the reason while nothing is known: the instrument is shown at rest. */
  climb: Climb | null;
  reason?: string;
  state?: DataState;
  onHow?: () => void;
  onWhy?: () => void;
  /** Fixed width in pixels, without controls, for paper. */
  print?: { readonly width: number };
  className?: string;
}

const VERDICTS: Record<ClimbVerdict, { color: string; tone: string; words: string }> = {
  above: { color: 'var(--gain)', tone: 'text-gain', words: 'faster than needed' },
  below: { color: 'var(--warn-mark)', tone: 'text-warn', words: 'slower than needed' },
  falling: { color: 'var(--loss)', tone: 'text-loss', words: 'falling' },
  level: { color: 'var(--control-line)', tone: 'text-muted', words: 'level' },
  climbing: { color: 'var(--gain)', tone: 'text-gain', words: 'climbing' },
};

export function Variometer(props: VariometerProps): ReactNode {
  const { climb, reason = 'No revenue is known yet.', print, className, ...frame } = props;
  const format = useFormat();
  return (
    <ChartFrame
      {...frame}
      {...(className === undefined ? {} : { className })}
      title="Rate of climb"
      period={climb === null ? 'Net new ARR per week' : `Net new ARR per week, mean of the last ${climb.window} days`}
      sentence={climb === null ? `Rate of climb: ${reason}` : climbSentence(climb, format)}
      table={climb === null ? { columns: [], rows: [] } : climbTable(climb)}
      height={250}
      print={print !== undefined}
    >
      {climb === null ? (
        <AtRest reason={reason} />
      ) : (
        <Instrument climb={climb} {...(print === undefined ? {} : { print })} />
      )}
    </ChartFrame>
  );
}

function Instrument({ climb, print }: { climb: Climb; print?: { readonly width: number } }): ReactNode {
  const format = useFormat();
  const known = useRoomWidth();
  const [ref, size] = useSize<HTMLDivElement>({ width: print?.width ?? known ?? 680, height: 0 }, known !== null);
  const width = print?.width ?? size.width;
  const wide = width >= 520;
  const needed = climb.milestone?.neededPerWeek ?? null;
  const scale = dialScale(
    climb.weeks.map((week) => week.netNewArr),
    needed,
    10 ** exponentOf(climb.currency),
  );
  const major = 10 ** exponentOf(climb.currency);
  const tapeWidth = Math.max(120, wide ? width - 240 - 28 : width);
  return (
    <div
      ref={ref}
      style={print === undefined ? {} : { width: print.width }}
      className={classNames('flex gap-x-7 gap-y-3', wide ? 'flex-row items-center' : 'flex-col items-center')}
    >
      <div className="w-60 shrink-0">
        <VariometerDial
          scale={scale}
          value={climb.perWeek}
          previous={climb.previousPerWeek}
          needed={needed}
          color={VERDICTS[climbVerdict(climb)].color}
          markLabel={(value) => format.mark(value / major)}
          unitLabel={climb.currency}
          name={climbSentence(climb, format)}
        />
      </div>
      <div className="flex w-full min-w-0 flex-1 flex-col gap-3">
        <Readout climb={climb} offScale={isOffScale(climb.perWeek, scale)} />
        <VariometerTape climb={climb} width={tapeWidth} height={wide ? 104 : 84} />
      </div>
    </div>
  );
}

function Readout({ climb, offScale }: { climb: Climb; offScale: boolean }): ReactNode {
  const format = useFormat();
  const verdict = VERDICTS[climbVerdict(climb)];
  const Arrow = climb.perWeek > 0 ? ArrowUp : climb.perWeek < 0 ? ArrowDown : Minus;
  const compact = (amount: number): string => format.money(amountOf(climb, amount), { form: 'compact' });
  const { milestone } = climb;
  return (
    <div className="flex flex-col gap-0.5">
      <p className="flex items-baseline gap-2">
        <span className="text-2xl font-semibold tracking-tight text-ink">
          {format.money(amountOf(climb, climb.perWeek), { form: 'compact', signed: true })}
        </span>
        <span className="text-sm text-muted">ARR per week</span>
      </p>
      <p className={classNames('flex flex-wrap items-center gap-x-1.5 text-xs font-medium', verdict.tone)}>
        <Arrow size={13} aria-hidden strokeWidth={2.25} />
        {verdict.words}
        {offScale && <span className="font-normal text-warn">· beyond the scale</span>}
        <span className="font-normal text-subtle">
          {format.money(amountOf(climb, climb.previousPerWeek), { form: 'compact', signed: true })} the {climb.window}{' '}
          days before
        </span>
      </p>
      {milestone === null ? (
        <p className="text-xs text-subtle">No next milestone is set.</p>
      ) : (
        <p className="text-xs text-pretty text-muted">
          <span className="font-medium text-accent">{compact(milestone.neededPerWeek)} needed</span> for{' '}
          {compact(milestone.target)} by {format.day(milestone.dueOn)}
          {milestone.expectedOn === null
            ? `. ${milestone.reason ?? ''}`
            : ` · expected ${format.day(milestone.expectedOn)}`}
        </p>
      )}
    </div>
  );
}

/** No data: the instrument with its scale, without a needle, and the reason beside it. */
function AtRest({ reason }: { reason: string }): ReactNode {
  return (
    <div className="flex flex-wrap items-center justify-center gap-7">
      <div className="w-60 shrink-0 opacity-70">
        <VariometerDial
          scale={{ max: 4, step: 1 }}
          value={null}
          previous={null}
          needed={null}
          color="none"
          markLabel={(value) => (value === 0 ? '0' : '')}
          unitLabel="ARR"
          name={`Rate of climb unknown: ${reason}`}
        />
      </div>
      <div className="min-w-40 flex-1">
        <p className="text-2xl font-semibold text-subtle">—</p>
        <p className="max-w-prose text-pretty text-muted">{reason}</p>
      </div>
    </div>
  );
}
