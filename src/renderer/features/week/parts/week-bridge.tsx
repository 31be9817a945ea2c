/** How MRR got from the week's opening to its closing; a click on a step shows its rows. */
import type { ReactNode } from 'react';
import type { WeeklyDigestReport } from '../../../../shared/contract/digest.ts';
import { addDays } from '../../../../shared/kernel/day.ts';
import { BridgeChart } from '../../../charts/bridge-chart.tsx';
import { bridgeSentence, bridgeTable } from '../../../charts/bridge-steps.ts';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import { useEvidence } from '../../../lib/address/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { moneyUnit } from '../../../lib/unit.ts';

const HEIGHT = 220;

export function WeekBridge({ report }: { report: WeeklyDigestReport }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const { bridge, from, to } = report;
  const unit = moneyUnit(bridge.currency);
  const sentence = bridgeSentence('MRR', bridge.mrr, unit, format);
  return (
    <ChartFrame
      title="MRR bridge of the week"
      period={format.span(from, to)}
      sentence={sentence}
      table={bridgeTable(bridge.mrr, unit)}
      height={HEIGHT}
      onHow={() => evidence.open({ how: 'netNewMrr' })}
      onWhy={() => evidence.open({ why: 'netNewMrr', from, to })}
    >
      <BridgeChart
        amounts={bridge.mrr}
        unit={unit}
        sentence={sentence}
        height={HEIGHT}
        onStep={(step) => {
          if (step === 'opening' || step === 'closing')
            return evidence.open({ why: 'mrr', to: step === 'closing' ? to : addDays(from, -1) });
          evidence.open({ why: 'netNewMrr', kind: step, from, to });
        }}
      />
    </ChartFrame>
  );
}
