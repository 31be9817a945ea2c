/**
 * Marks beside days on every chart over time: the founder's notes and what was
 * released. Whoever knows them provides them once for all charts of a page.
 */
import { createContext, use, type ReactNode } from 'react';
import type { PlainDay } from '../../shared/kernel/day.ts';

export interface ChartMark {
  /** Stable key. */
  readonly key: string;
  readonly day: PlainDay;
  readonly kind: 'note' | 'release';
  readonly text: string;
  /** Where a release is described. */
  readonly link: string | null;
}

export interface Marks {
  /** By day, the oldest first. */
  readonly list: readonly ChartMark[];
  /** Null where marks can only be read. */
  readonly acts: {
    /** Asks for a new note, on a day if one was pointed at. */
    readonly add: (day: PlainDay | null) => void;
    readonly edit: (mark: ChartMark) => void;
    readonly remove: (mark: ChartMark) => void;
  } | null;
}

const NONE: Marks = { list: [], acts: null };
const Context = createContext<Marks>(NONE);

export function ChartMarks({ value, children }: { value: Marks; children: ReactNode }): ReactNode {
  return <Context value={value}>{children}</Context>;
}

/** The marks of the page; none outside of a provider. */
export function useChartMarks(): Marks {
  return use(Context);
}
