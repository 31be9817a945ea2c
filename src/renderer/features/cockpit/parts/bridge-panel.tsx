/** How MRR got from the month's opening to its closing; a click on a step shows its rows. */
import type { ReactNode } from 'react';
import type { Bridge } from '../../../../shared/contract/metrics.ts';
import { addDays } from '../../../../shared/kernel/day.ts';
import { BridgeChart } from '../../../charts/bridge-chart.tsx';
import { bridgeSentence, bridgeTable } from '../../../charts/bridge-steps.ts';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { moneyUnit } from '../../../lib/unit.ts';
import { CHART_LOOKS, usePlotHeight } from '../cockpit-context.tsx';
import type { Period } from '../period.ts';
import { useBridge } from '../use-cockpit.ts';

export function BridgePanel({ period }: { period: Period }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const bridge = useBridge(period);
  const height = usePlotHeight();
  const whole = `${format.day(period.bridgeFrom, 'short')} – ${format.day(period.bridgeTo)}`;
  const frame = {
    title: 'MRR bridge',
    period: whole,
    height,
    className: CHART_LOOKS,
    onHow: () => evidence.open({ how: 'netNewMrr' }),
    onWhy: () => evidence.open({ why: 'netNewMrr', from: period.bridgeFrom, to: period.bridgeTo }),
  };
  if (bridge.data === undefined)
    return (
      <ChartFrame {...frame} state={stateOf(bridge)} sentence="" table={{ columns: [], rows: [] }}>
        {null}
      </ChartFrame>
    );
  return <Drawn bridge={bridge.data} period={period} frame={frame} />;
}

interface DrawnProps {
  bridge: Bridge;
  period: Period;
  frame: { title: string; period: string; height: number; className: string; onHow: () => void; onWhy: () => void };
}

function Drawn({ bridge, period, frame }: DrawnProps): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const unit = moneyUnit(bridge.currency);
  const sentence = bridgeSentence('MRR', bridge.mrr, unit, format);
  return (
    <ChartFrame {...frame} sentence={sentence} table={bridgeTable(bridge.mrr, unit)}>
      <BridgeChart
        amounts={bridge.mrr}
        unit={unit}
        sentence={sentence}
        height={frame.height}
        onStep={(step) => {
          if (step === 'opening' || step === 'closing')
            return evidence.open({ why: 'mrr', to: step === 'closing' ? period.bridgeTo : dayBefore(period) });
          evidence.open({ why: 'netNewMrr', kind: step, from: period.bridgeFrom, to: period.bridgeTo });
        }}
      />
    </ChartFrame>
  );
}

function dayBefore(period: Period) {
  return addDays(period.bridgeFrom, -1);
}
