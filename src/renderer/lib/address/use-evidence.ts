/** Opens the rows behind a figure, or its definition: by address, so that Back closes it and it can be linked to. */
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { EvidenceSearch } from './search-schemas.ts';

/** What to explain: a metric, its period, and for movements the kind. */
export type EvidenceRequest = Pick<EvidenceSearch, 'why' | 'kind' | 'from' | 'to' | 'how'>;

const CLOSED: EvidenceRequest = { why: undefined, kind: undefined, from: undefined, to: undefined, how: undefined };

export interface EvidenceActions {
  open(request: EvidenceRequest): void;
  close(): void;
}

export function useEvidence(): EvidenceActions {
  const navigate = useNavigate();
  const open = useCallback(
    (request: EvidenceRequest) =>
      void navigate({ to: '.', search: (known) => ({ ...known, ...CLOSED, ...request }), resetScroll: false }),
    [navigate],
  );
  const close = useCallback(
    () => void navigate({ to: '.', search: (known) => ({ ...known, ...CLOSED }), replace: true, resetScroll: false }),
    [navigate],
  );
  return { open, close };
}
