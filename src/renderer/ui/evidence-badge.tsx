/** What shows a state or a movement: seen as it happened, or reconstructed afterwards. */
import type { ReactNode } from 'react';
import type { Evidence } from '../../shared/contract/evidence.ts';
import { Badge } from './badge.tsx';

const FROM: Record<Evidence, string> = {
  event: 'Told by an event of the vendor',
  read: 'Seen when the subscription was read',
  invoice: 'Read off an invoice: nobody saw it happen',
  timestamps: 'Read off the dates that the subscription carries: nobody saw it happen',
};

export function isReconstructed(evidence: Evidence | null): boolean {
  return evidence === 'invoice' || evidence === 'timestamps';
}

/** In words, for a table's text and its export; null where nothing needs showing. */
export function evidenceText(evidence: Evidence | null): string | null {
  if (evidence === null) return null;
  if (!isReconstructed(evidence)) return evidence === 'event' ? 'seen: event' : 'seen: read';
  return evidence === 'invoice' ? 'reconstructed: invoice' : 'reconstructed: dates';
}

/** Nothing where it was seen: only what was reconstructed is marked. */
export function EvidenceBadge({ evidence }: { evidence: Evidence | null }): ReactNode {
  if (evidence === null || !isReconstructed(evidence)) return null;
  return (
    <span title={FROM[evidence]} className="inline-flex align-middle">
      <Badge>reconstructed</Badge>
    </span>
  );
}
