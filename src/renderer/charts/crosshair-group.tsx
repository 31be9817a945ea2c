/** Lets the charts of a page share one crosshair: what is pointed at in one is read in all. */
import { createContext, use, useState, type ReactNode } from 'react';
import { createCrosshair, type Crosshair } from './crosshair.ts';
import type { Grain } from './series.ts';

type ByGrain = Readonly<Record<Grain, Crosshair>>;

const Group = createContext<ByGrain | null>(null);

const perGrain = (): ByGrain => ({ day: createCrosshair(), week: createCrosshair(), month: createCrosshair() });

export function CrosshairGroup({ children }: { children: ReactNode }): ReactNode {
  const [group] = useState(perGrain);
  return <Group value={group}>{children}</Group>;
}

/** The crosshair of the charts of one grain: they have the same days. Outside of a group each has its own. */
export function useSharedCrosshair(grain: Grain): Crosshair {
  const [own] = useState(createCrosshair);
  return use(Group)?.[grain] ?? own;
}
