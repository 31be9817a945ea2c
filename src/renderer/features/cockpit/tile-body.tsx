/** What stands in each tile. */
import { memo, type ReactNode } from 'react';
import { AheadTile } from './parts/ahead-tile.tsx';
import { ArrHeadline } from './parts/arr-headline.tsx';
import { BridgePanel } from './parts/bridge-panel.tsx';
import { ClimbPanel } from './parts/climb-panel.tsx';
import { FreshnessTile } from './parts/freshness-tile.tsx';
import { Kpi } from './parts/kpi.tsx';
import { LatestMovements } from './parts/latest-movements.tsx';
import { LeavingTile } from './parts/leaving-tile.tsx';
import { MilestoneTile } from './parts/milestone-tile.tsx';
import { MrrCourse } from './parts/mrr-course.tsx';
import { NextActions } from './parts/next-actions.tsx';
import { SinceTile } from './parts/since-tile.tsx';
import { TrialsTile } from './parts/trials-tile.tsx';
import type { Period } from './period.ts';
import type { TileKind } from './tiles.ts';

export const TileBody = memo(function TileBody(props: { kind: TileKind; period: Period }): ReactNode {
  const { kind, period } = props;
  if (kind.metric !== undefined) return <Kpi metric={kind.metric} period={period} />;
  switch (kind.tile) {
    case 'arr':
      return <ArrHeadline period={period} />;
    case 'milestone':
      return <MilestoneTile period={period} />;
    case 'climb':
      return <ClimbPanel period={period} />;
    case 'actions':
      return <NextActions />;
    case 'bridge':
      return <BridgePanel period={period} />;
    case 'ahead':
      return <AheadTile />;
    case 'leaving':
      return <LeavingTile />;
    case 'since':
      return <SinceTile period={period} />;
    case 'course':
      return <MrrCourse period={period} />;
    case 'trials':
      return <TrialsTile period={period} />;
    case 'freshness':
      return <FreshnessTile />;
    case 'movements':
      return <LatestMovements period={period} />;
    default:
      return null;
  }
});
