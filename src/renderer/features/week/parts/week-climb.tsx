/** What the week brought against what a week has to bring. */
import type { ReactNode } from 'react';
import type { WeeklyDigestReport } from '../../../../shared/contract/digest.ts';
import { Sparkline } from '../../../charts/sparkline.tsx';
import { useEvidence } from '../../../lib/address/index.ts';
import { classNames } from '../../../lib/class-names.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { trendSentence } from '../../../lib/trend-sentence.ts';
import { moneyUnit } from '../../../lib/unit.ts';
import { Button } from '../../../ui/button.tsx';
import { Meter } from '../../../ui/meter.tsx';
import { Tile } from '../../../ui/tile.tsx';

export function WeekClimb({ report }: { report: WeeklyDigestReport }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const { climb, currency } = report;
  const unit = moneyUnit(currency);
  const money = (value: number) => format.value(value, unit, { form: 'whole', signed: true });
  const share = climb.needed === null || climb.needed <= 0 ? null : climb.actual / climb.needed;
  return (
    <Tile
      title="Net new ARR"
      subtitle={report.isOver ? 'In the week' : 'In the week so far'}
      actions={
        <>
          <Button
            size="sm"
            kind="ghost"
            onClick={() => evidence.open({ why: 'netNewArr', from: report.from, to: report.to })}
          >
            Why
          </Button>
          <Button size="sm" kind="ghost" onClick={() => evidence.open({ how: 'netNewArr' })}>
            How
          </Button>
        </>
      }
    >
      <p className={classNames('text-3xl font-semibold tracking-tight', climb.actual < 0 ? 'text-loss' : 'text-ink')}>
        {money(climb.actual)}
      </p>
      {share !== null && climb.needed !== null && (
        <div className="mt-3">
          <Meter
            label="Net new ARR against what is needed"
            fraction={Math.max(0, share)}
            text={`${format.percent(share, { form: 'whole' })} of ${money(climb.needed)}`}
          />
        </div>
      )}
      <p className="mt-4 text-xs text-subtle">MRR at the end of the last {format.count(report.course.length)} weeks</p>
      <Sparkline
        height={44}
        values={report.course.map(({ mrr }) => mrr)}
        label={trendSentence(
          { name: 'MRR', unit, points: report.course.map(({ on, mrr }) => ({ day: on, value: mrr })) },
          format,
        )}
      />
      <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-xs">
        <dt className="text-subtle">The week before</dt>
        <dd className="text-right font-medium">{money(climb.before)}</dd>
        {climb.needed !== null && (
          <>
            <dt className="text-subtle">Needed a week</dt>
            <dd className="text-right font-medium">{money(climb.needed)}</dd>
            <dt className="text-subtle">For</dt>
            <dd className="text-right font-medium text-pretty">{climb.neededFor}</dd>
          </>
        )}
      </dl>
    </Tile>
  );
}
