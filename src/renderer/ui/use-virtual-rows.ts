/** Which rows of a long table are drawn, and the room that the others take above and below. */
import { useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';
import { VIRTUAL_ABOVE } from './table-model.ts';

/** Pixels; every row of DataTable is this high, so nothing has to be measured. */
export const ROW_HEIGHT = 32;

/** Rows drawn beyond either edge, so that a turn of the wheel shows no gap. */
const OVERSCAN = 8;

export interface VirtualRows {
  readonly first: number;
  /** One after the last drawn row. */
  readonly end: number;
  /** Pixels of the rows left out above and below. */
  readonly above: number;
  readonly below: number;
  scrollTo(row: number): void;
}

/** Up to 200 rows all are drawn. `onEnd` is called when the last row is drawn. */
export function useVirtualRows(
  count: number,
  scroller: RefObject<HTMLElement | null>,
  onEnd: (() => void) | undefined,
): VirtualRows {
  const virtual = count > VIRTUAL_ABOVE;
  const virtualizer = useVirtualizer({
    count,
    enabled: virtual,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    onChange: (instance) => {
      const last = instance.getVirtualItems().at(-1);
      if (last !== undefined && last.index >= count - 1) onEnd?.();
    },
  });
  if (!virtual) return { first: 0, end: count, above: 0, below: 0, scrollTo: () => undefined };
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1);
  return {
    first: items[0]?.index ?? 0,
    end: (last?.index ?? -1) + 1,
    above: items[0]?.start ?? 0,
    below: Math.max(0, virtualizer.getTotalSize() - (last?.end ?? 0)),
    scrollTo: (row) => virtualizer.scrollToIndex(row),
  };
}
