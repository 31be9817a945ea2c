/** Lines over time and over ages: with notes, comparison, forecast, six at once, ten years of days, and on paper. */
import type { ReactNode } from 'react';
import { addMonths, monthOf, plainDay } from '../../shared/kernel/day.ts';
import { AgeChart } from '../charts/age-chart.tsx';
import { ageTable, type AgeLine } from '../charts/age-model.ts';
import { ChartFrame } from '../charts/chart-frame.tsx';
import { CompareMenu } from '../charts/compare-menu.tsx';
import { aligned, comparedLegend, comparedSeries, comparedTable } from '../charts/comparison.ts';
import { CrosshairGroup } from '../charts/crosshair-group.tsx';
import { fanLegend, fanSentence, fanTable } from '../charts/fan.ts';
import { AreaChart, LineChart } from '../charts/line-chart.tsx';
import { ChartMarks } from '../charts/marks.tsx';
import { seriesLegend, seriesTable, type Series } from '../charts/series.ts';
import { useFormat } from '../lib/format-context.tsx';
import { trendSentence } from '../lib/trend-sentence.ts';
import { PERCENT } from '../lib/unit.ts';
import { Room } from './frame.tsx';
import { dailyMrr, DOLLARS, FAN, MARKS, monthlyMrr, open, seeded } from './sample.ts';

const MRR = monthlyMrr(36);
const MAIN: Series = { id: 'mrr', label: 'MRR', points: MRR };
const YEAR = MRR.slice(24);
const COMPARED: readonly Series[] = [
  { ...MAIN, points: YEAR },
  comparedSeries('MRR', aligned(YEAR, MRR.slice(12, 24), 'month', 'year'), 'year'),
];
const SIX: readonly Series[] = ['Starter', 'Team', 'Business', 'Enterprise', 'Legacy', 'Other'].map((label, index) => ({
  id: label,
  label,
  points: monthlyMrr(36, index + 20).map((p) => ({ ...p, value: Math.round(p.value / (index + 1)) })),
}));
const TEN_YEARS: readonly Series[] = [{ id: 'mrr', label: 'MRR', points: dailyMrr(3650) }];
const FACTS: readonly Series[] = [{ ...MAIN, points: MRR.slice(12) }];

function survival(): AgeLine[] {
  const random = seeded(2);
  let kept = 1;
  return [
    {
      id: 'all',
      label: 'Kept',
      color: 'var(--series-1)',
      points: Array.from({ length: 25 }, (_, age) => {
        if (age > 0) kept *= 0.95 + random() * 0.04;
        return { age, value: kept, low: kept * (1 - 0.004 * age), high: Math.min(1, kept * (1 + 0.004 * age)) };
      }),
    },
  ];
}

export function LineRoom(): ReactNode {
  const format = useFormat();
  const sentence = trendSentence({ name: 'MRR', unit: DOLLARS, points: MRR }, format);
  const forecast = `${sentence} ${fanSentence(FAN, DOLLARS, format)}`;
  const lives = survival();
  return (
    <CrosshairGroup>
      <Room title="Lines">
        <div className="grid grid-cols-1 items-start gap-3 md:grid-cols-2">
          <ChartMarks value={MARKS}>
            <ChartFrame
              title="MRR with notes and releases"
              period="Dec 2023 – Nov 2026, by month"
              sentence={sentence}
              table={seriesTable([MAIN], DOLLARS, 'month')}
              onHow={open}
              onWhy={open}
            >
              <AreaChart series={[MAIN]} grain="month" unit={DOLLARS} sentence={sentence} />
            </ChartFrame>
          </ChartMarks>
          <ChartFrame
            title="MRR beside a year before"
            period="Dec 2025 – Nov 2026, by month"
            sentence={sentence}
            table={comparedTable(COMPARED, DOLLARS, 'month')}
            legend={comparedLegend(COMPARED, DOLLARS, format)}
            actions={<CompareMenu value="year" onChange={open} />}
          >
            <AreaChart series={COMPARED} grain="month" unit={DOLLARS} sentence={sentence} />
          </ChartFrame>
          <ChartFrame
            title="MRR with a forecast"
            period="Dec 2024 – Nov 2027, by month"
            sentence={forecast}
            table={fanTable(FACTS, FAN, { unit: DOLLARS, grain: 'month', format })}
            legend={fanLegend(FACTS, FAN, format)}
          >
            <LineChart series={FACTS} fan={FAN} grain="month" unit={DOLLARS} sentence={forecast} />
          </ChartFrame>
          <ChartFrame
            title="MRR by plan"
            period="Dec 2023 – Nov 2026, by month"
            sentence={sentence}
            table={seriesTable(SIX, DOLLARS, 'month')}
            legend={seriesLegend(SIX)}
          >
            <LineChart series={SIX} grain="month" unit={DOLLARS} sentence={sentence} />
          </ChartFrame>
          <div id="huge">
            <ChartFrame
              title="MRR by day"
              period="Ten years, 3,650 points"
              sentence={sentence}
              table={seriesTable(TEN_YEARS, DOLLARS)}
            >
              <LineChart series={TEN_YEARS} unit={DOLLARS} sentence={sentence} />
            </ChartFrame>
          </div>
          <ChartFrame
            title="How long customers stay"
            period="All customers, with the band of 95%"
            sentence="Of 100 customers, half are left after 24 months."
            table={ageTable(lives, PERCENT, 'Month')}
          >
            <AgeChart
              lines={lives}
              unit={PERCENT}
              sentence="Of 100 customers, half are left after 24 months."
              ageText={(age) => `Month ${age}`}
              mark={{ value: 0.5, label: 'half' }}
              stepped
            />
          </ChartFrame>
          <ChartFrame
            title="MRR, one point"
            period={monthOf(addMonths(plainDay('2026-11-01'), 0))}
            sentence="MRR: $70.1K, the only known value."
            table={seriesTable([{ ...MAIN, points: MRR.slice(-1) }], DOLLARS, 'month')}
          >
            <LineChart
              series={[{ ...MAIN, points: MRR.slice(-1) }]}
              grain="month"
              unit={DOLLARS}
              sentence="MRR: $70.1K, the only known value."
            />
          </ChartFrame>
          <ChartFrame
            title="MRR, print"
            period="Fixed width 420"
            sentence={sentence}
            table={seriesTable([MAIN], DOLLARS, 'month')}
            legend={seriesLegend([MAIN])}
            print
          >
            <AreaChart
              series={[MAIN]}
              grain="month"
              unit={DOLLARS}
              sentence={sentence}
              marks={MARKS.list}
              print={{ width: 420 }}
            />
          </ChartFrame>
        </div>
      </Room>
    </CrosshairGroup>
  );
}
