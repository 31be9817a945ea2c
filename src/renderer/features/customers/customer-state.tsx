/** Where a customer stands, in a word and a tone. */
import type { ReactNode } from 'react';
import type { CustomerRow } from '../../../shared/contract/customers.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';

export const STATE_WORDS: Record<CustomerRow['state'], { label: string; tone: Tone }> = {
  paying: { label: 'Paying', tone: 'gain' },
  past_due: { label: 'Past due', tone: 'warn' },
  trialing: { label: 'In trial', tone: 'accent' },
  cancelling: { label: 'Cancelling', tone: 'warn' },
  paused: { label: 'Paused', tone: 'neutral' },
  free: { label: 'Free', tone: 'neutral' },
  churned: { label: 'Churned', tone: 'loss' },
  lead: { label: 'Lead', tone: 'neutral' },
};

export function CustomerState({ state }: { state: CustomerRow['state'] }): ReactNode {
  const { label, tone } = STATE_WORDS[state];
  return <Badge tone={tone}>{label}</Badge>;
}
