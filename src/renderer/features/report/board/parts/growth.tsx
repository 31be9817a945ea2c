/** How ARR moved in the month, and how MRR and cash went before. */
import type { ReactNode } from 'react';
import type { BoardPack } from '../../../../../shared/contract/reports.ts';
import {
  MOVEMENT_KINDS,
  type MetricSnapshot,
  type MovementKind,
  type SeriesMetric,
} from '../../../../../shared/contract/metrics.ts';
import { BarChart } from '../../../../charts/bar-chart.tsx';
import { BridgeChart } from '../../../../charts/bridge-chart.tsx';
import { bridgeSentence, bridgeSteps } from '../../../../charts/bridge-steps.ts';
import { AreaChart } from '../../../../charts/line-chart.tsx';
import { addDays, monthOf } from '../../../../../shared/kernel/day.ts';
import type { Formatter } from '../../../../lib/format.ts';
import { useFormat } from '../../../../lib/format-context.tsx';
import { trendSentence } from '../../../../lib/trend-sentence.ts';
import { moneyUnit } from '../../../../lib/unit.ts';
import { Noted } from './noted.tsx';
import { FigureLink, type FigureLinkProps } from './row-links.tsx';
import { Part, Sheet } from './sheet.tsx';

export function Growth({ pack, width }: { pack: BoardPack; width: number }): ReactNode {
  return (
    <Sheet title="Growth">
      <ArrBridge pack={pack} width={width} />
      <MrrTrend pack={pack} width={width} />
      <Cash pack={pack} width={width} />
    </Sheet>
  );
}

function ArrBridge({ pack, width }: { pack: BoardPack; width: number }): ReactNode {
  const format = useFormat();
  const { bridge } = pack;
  const unit = moneyUnit(bridge.currency);
  const sentence = bridgeSentence('ARR', bridge.arr, unit, format);
  return (
    <Part title="ARR bridge" note={`${format.day(bridge.from)} to ${format.day(bridge.to)}. ${sentence}`}>
      <BridgeChart amounts={bridge.arr} unit={unit} sentence={sentence} height={210} print={{ width }} />
      <table className="mt-2 text-sm">
        <thead>
          <tr className="border-b border-line-strong text-xs text-muted">
            {bridgeSteps(bridge.arr).map((step) => (
              <th key={step.id} scope="col" className="py-1 text-right font-medium">
                {step.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            {bridgeSteps(bridge.arr).map((step) => (
              <td key={step.id} className="py-1 text-right">
                <FigureLink {...rowsOf(step.id, bridge)}>
                  {format.value(step.amount, unit, {
                    form: 'whole',
                    signed: step.id !== 'opening' && step.id !== 'closing',
                  })}
                </FigureLink>
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </Part>
  );
}

/** A level is of its day, a step of its kind of movements. */
function rowsOf(
  step: ReturnType<typeof bridgeSteps>[number]['id'],
  { from, to }: BoardPack['bridge'],
): Omit<FigureLinkProps, 'children'> {
  if (step === 'opening') return { why: 'arr', to: addDays(from, -1) };
  if (step === 'closing') return { why: 'arr', to };
  return { why: 'netNewArr', from, to, ...(isMovementKind(step) && { kind: step }) };
}

function isMovementKind(step: string): step is MovementKind {
  return (MOVEMENT_KINDS as readonly string[]).includes(step);
}

function seriesOf(pack: BoardPack, metric: SeriesMetric) {
  return pack.series.find((series) => series.metric === metric);
}

function MrrTrend({ pack, width }: { pack: BoardPack; width: number }): ReactNode {
  const format = useFormat();
  const series = seriesOf(pack, 'mrr');
  if (series === undefined) return null;
  const unit = moneyUnit(series.currency);
  const points = series.points.map((point) => ({ day: point.on, value: point.value }));
  const sentence = trendSentence({ name: 'MRR', unit, points }, format);
  return (
    <Part title="MRR" note={levelsNote(pack, format)}>
      <AreaChart
        series={[{ id: 'mrr', label: 'MRR', points }]}
        unit={unit}
        sentence={sentence}
        height={190}
        print={{ width }}
      />
      <Noted from={points[0]?.day ?? pack.asOf} to={pack.asOf} />
    </Part>
  );
}

/** Now and a year before: what a reader looks for first in the line. */
function levelsNote(pack: BoardPack, format: Formatter): string {
  const level = (snapshot: MetricSnapshot): string =>
    format.value(snapshot.mrr, moneyUnit(snapshot.currency), { form: 'whole' });
  const before = pack.yearBefore === null ? '' : `, ${level(pack.yearBefore)} a year before`;
  return `By month, up to three years: ${level(pack.current)} on ${format.day(pack.asOf)}${before}.`;
}

const CASH_MONTHS = 12;

function Cash({ pack, width }: { pack: BoardPack; width: number }): ReactNode {
  const format = useFormat();
  const series = seriesOf(pack, 'cashCollected');
  if (series === undefined || series.points.every((point) => point.value === null)) return null;
  const unit = moneyUnit(series.currency);
  const shown = series.points.slice(-CASH_MONTHS);
  const sentence = trendSentence(
    { name: 'Cash collected', unit, points: shown.map((point) => ({ day: point.on, value: point.value })) },
    format,
  );
  return (
    <Part title="Cash collected" note="Successful charges less refunds, by month.">
      <BarChart
        parts={[{ id: 'cash', label: 'Cash collected', color: 'var(--series-1)' }]}
        rows={shown.map((point) => ({
          label: format.month(monthOf(point.on), 'short'),
          name: format.month(monthOf(point.on), 'long'),
          values: [point.value],
        }))}
        unit={unit}
        sentence={sentence}
        height={150}
        print={{ width }}
      />
    </Part>
  );
}
