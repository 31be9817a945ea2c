/** Reads the filters of all rooms from the address, and puts others into it; every change is a step back in the history. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { NO_FILTERS, type FiltersText } from './filters.ts';

export interface FilterActions {
  /** Sets those that are named; undefined takes one away. */
  set(part: Partial<FiltersText>): void;
  reset(): void;
}

/** Within the frame only. */
export function useFilters(): FiltersText {
  const { period, asOf, rates, policy, slice } = useSearch({ from: '/frame' });
  return useMemo(() => ({ period, asOf, rates, policy, slice }), [period, asOf, rates, policy, slice]);
}

export function useFilterActions(): FilterActions {
  const navigate = useNavigate();
  const set = useCallback(
    (part: Partial<FiltersText>) =>
      void navigate({ to: '.', search: (known) => ({ ...known, ...part }), resetScroll: false }),
    [navigate],
  );
  const reset = useCallback(() => set(NO_FILTERS), [set]);
  return { set, reset };
}
