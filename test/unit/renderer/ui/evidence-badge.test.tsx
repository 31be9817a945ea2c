import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { EvidenceBadge, evidenceText, isReconstructed } from '../../../../src/renderer/ui/evidence-badge.tsx';

describe('evidence', () => {
  it('is marked where it was reconstructed, with where it was read off, and nowhere else', () => {
    expect(renderToStaticMarkup(<EvidenceBadge evidence="invoice" />)).toMatch(
      /title="Read off an invoice.*reconstructed/,
    );
    expect(renderToStaticMarkup(<EvidenceBadge evidence="timestamps" />)).toMatch(
      /title="Read off the dates.*reconstructed/,
    );
    for (const evidence of ['event', 'read', null] as const)
      expect(renderToStaticMarkup(<EvidenceBadge evidence={evidence} />)).toBe('');
  });

  it('has a word for every kind, for tables and their export', () => {
    const kinds = ['event', 'read', 'invoice', 'timestamps'] as const;
    expect(kinds.map(evidenceText)).toEqual([
      'seen: event',
      'seen: read',
      'reconstructed: invoice',
      'reconstructed: dates',
    ]);
    expect(kinds.map(isReconstructed)).toEqual([false, false, true, true]);
    expect(evidenceText(null)).toBeNull();
  });
});
