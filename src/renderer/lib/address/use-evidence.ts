/** Opens the rows behind a figure, or its definition: by address, so that Back closes it and it can be linked to. */
import { useNavigate } from '@tanstack/react-router';
import { createContext, use, useCallback } from 'react';
import type { EvidenceSearch } from './search-schemas.ts';

/** What to explain: a metric, its period, and for movements the kind. */
export type EvidenceRequest = Pick<EvidenceSearch, 'why' | 'kind' | 'from' | 'to' | 'how'>;

const CLOSED: EvidenceRequest & Pick<EvidenceSearch, 'whole'> = {
  why: undefined,
  kind: undefined,
  from: undefined,
  to: undefined,
  how: undefined,
  whole: undefined,
};

/** Around figures of the whole company on a page that shows a part of it: their rows do not follow the page's slice. */
export const WholeCompany = createContext(false);

export interface EvidenceActions {
  open(request: EvidenceRequest): void;
  close(): void;
}

export function useEvidence(): EvidenceActions {
  const navigate = useNavigate();
  const whole = use(WholeCompany) ? ('yes' as const) : undefined;
  const open = useCallback(
    (request: EvidenceRequest) =>
      void navigate({ to: '.', search: (known) => ({ ...known, ...CLOSED, ...request, whole }), resetScroll: false }),
    [navigate, whole],
  );
  const close = useCallback(
    () => void navigate({ to: '.', search: (known) => ({ ...known, ...CLOSED }), replace: true, resetScroll: false }),
    [navigate],
  );
  return { open, close };
}
