/** The arrangement while it is worked on: ahead of what is kept, with the way back. */
import { useState } from 'react';
import type { Layout } from '../../../../shared/contract/views.ts';

export interface Arrangement {
  readonly layout: Layout | null;
  readonly canUndo: boolean;
  /** Shows and keeps the next arrangement; one that is as the present one is no step. */
  change(next: Layout | null): void;
  /** Takes the last step back. False: there is none. */
  undo(): boolean;
}

const MOST_UNDONE = 100;

/**
 * @param kept what is remembered of the view, which follows an edit later
 * @param keep rejects when an arrangement was not kept; the window says why, and what is kept shows again
 */
export function useArrangement(kept: Layout | null, keep: (layout: Layout | null) => Promise<void>): Arrangement {
  const [draft, setDraft] = useState<{ readonly layout: Layout | null } | null>(null);
  const [before, setBefore] = useState<readonly (Layout | null)[]>([]);
  const layout = draft === null ? kept : draft.layout;
  const put = (next: Layout | null): void => {
    const mine = { layout: next };
    setDraft(mine);
    const settled = (): void => setDraft((now) => (now === mine ? null : now));
    keep(next).then(settled, settled);
  };
  // A step that could not be kept left the arrangement as it was: taking it back would do nothing.
  const last = before.findLastIndex((known) => !isSame(known, layout));
  return {
    layout,
    canUndo: last >= 0,
    change(next) {
      if (isSame(next, layout)) return;
      setBefore([...before, layout].slice(-MOST_UNDONE));
      put(next);
    },
    undo() {
      const back = before[last];
      if (back === undefined) return false;
      setBefore(before.slice(0, last));
      put(back);
      return true;
    },
  };
}

function isSame(one: Layout | null, other: Layout | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
