/** What only the week has on paper: the paths to the targets, and the bridge. */
import type { ReactNode } from 'react';
import type { WeeklyDigestReport } from '../../../../shared/contract/digest.ts';
import { BridgeChart } from '../../../charts/bridge-chart.tsx';
import { bridgeSentence, bridgeTable } from '../../../charts/bridge-steps.ts';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import { TrajectoryChart } from '../../../charts/trajectory-chart.tsx';
import { useFormat } from '../../../lib/format-context.tsx';
import { moneyUnit } from '../../../lib/unit.ts';

/** Pixels between a frame's border and its drawing, both sides. */
const FRAME = 34;
const HEIGHT = 170;
/** Of a path: so that the paths stand below the figures of the first page. */
const PATH_HEIGHT = 104;
/** Between two of them side by side. */
const GAP = 16;

export function WeekDrawings({ report, width }: { report: WeeklyDigestReport; width: number }): ReactNode {
  const format = useFormat();
  const { bridge, trajectories } = report;
  const unit = moneyUnit(bridge.currency);
  const sentence = bridgeSentence('MRR', bridge.mrr, unit, format);
  // What the summary says already stands above.
  const isNew = (text: string): boolean => !report.summary.includes(text);
  const print = { width: width - FRAME };
  const half = { width: (width - GAP) / 2 - FRAME };
  return (
    <>
      {trajectories.length === 0 && <p className="mt-4 text-muted">No target is set.</p>}
      <div className={trajectories.length > 1 ? 'grid grid-cols-2 items-start gap-4' : ''}>
        {trajectories.map((trajectory) => (
          <div key={trajectory.metric} className="board-part">
            <TrajectoryChart
              trajectory={trajectory}
              height={PATH_HEIGHT}
              print={trajectories.length > 1 ? half : print}
            />
            <ul className="mt-1 flex flex-col text-xs text-pretty text-muted">
              {trajectory.sentences.filter(isNew).map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </div>
        ))}
      </div>
      <div className="board-part">
        <ChartFrame
          title="MRR bridge of the week"
          period={format.span(report.from, report.to)}
          sentence={sentence}
          table={bridgeTable(bridge.mrr, unit)}
          height={HEIGHT}
          print
        >
          <BridgeChart amounts={bridge.mrr} unit={unit} sentence={sentence} height={HEIGHT} print={print} />
        </ChartFrame>
      </div>
    </>
  );
}
