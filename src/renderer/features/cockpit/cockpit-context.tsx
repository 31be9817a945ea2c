/** What all tiles of a cockpit share: the filters, whether customers' names are shown, and the height of a tile. */
import { createContext, use } from 'react';
import type { FiltersText } from '../../lib/address/index.ts';

/** From the address on the page, from the view on a wall screen. */
export const CockpitFilters = createContext<FiltersText>({
  period: undefined,
  asOf: undefined,
  rates: undefined,
  policy: undefined,
  slice: undefined,
});

export function useCockpitFilters(): FiltersText {
  return use(CockpitFilters);
}

/** On a wall screen names may be left out: whoever passes by reads them. */
export const NamesHidden = createContext(false);

/** A customer's name, or a word for it. */
export function useCustomerName(): (name: string) => string {
  const hidden = use(NamesHidden);
  return (name) => (hidden ? 'A customer' : name);
}

/** Pixels that the tile is high. */
export const TileHeight = createContext(240);

/** A chart that fills its tile; its heading leaves the room beside it to the tools. */
export const CHART_LOOKS = 'h-full overflow-hidden [&>header>div:first-child]:basis-24';

/** Pixels for a drawing under a chart's heading. */
export function usePlotHeight(): number {
  return Math.max(MIN_PLOT, use(TileHeight) - FRAME);
}

const FRAME = 66;
const MIN_PLOT = 96;
