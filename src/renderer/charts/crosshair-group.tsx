/** Lets the charts of a page share one crosshair: what is pointed at in one is read in all. */
import { createContext, use, useId, type ReactNode } from 'react';
import type { Grain } from './series.ts';

const Group = createContext<string | null>(null);

export function CrosshairGroup({ children }: { children: ReactNode }): ReactNode {
  return <Group value={useId()}>{children}</Group>;
}

/** What Recharts is told: charts of one grain have the same days. Outside of a group each has its own crosshair. */
export function useSharedCrosshair(grain: Grain): { syncId?: string; syncMethod?: 'value' } {
  const group = use(Group);
  return group === null ? {} : { syncId: `${group}-${grain}`, syncMethod: 'value' };
}
