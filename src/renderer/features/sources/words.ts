/** What the states of a source are called, and what is to be done about each. */
import type { Source } from '../../../shared/contract/sources.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { Tone } from '../../ui/badge.tsx';

export type Stream = Source['streams'][number];

/** The state as a person needs it: finer than the stored one. */
export type Standing = 'key' | 'failing' | 'stale' | 'syncing' | 'ready' | 'paused' | 'disconnected';

export const STANDINGS: Readonly<Record<Standing, { readonly label: string; readonly tone: Tone }>> = {
  key: { label: 'Needs a new key', tone: 'loss' },
  failing: { label: 'Failing', tone: 'loss' },
  stale: { label: 'Out of date', tone: 'warn' },
  syncing: { label: 'Syncing', tone: 'accent' },
  ready: { label: 'Connected', tone: 'gain' },
  paused: { label: 'Paused', tone: 'neutral' },
  disconnected: { label: 'Disconnected', tone: 'neutral' },
};

/** What stands first when sources are listed: whatever a person has to look at. */
const ORDER: readonly Standing[] = ['key', 'failing', 'stale', 'syncing', 'ready', 'paused', 'disconnected'];

export function standingOf(source: Source, now: Instant): Standing {
  if (source.state === 'disconnected' || source.state === 'paused' || source.state === 'syncing') return source.state;
  if (source.state === 'failing')
    return source.waitsFor === 'key' || source.lastError?.code === 'auth_failed' ? 'key' : 'failing';
  return source.staleAt !== null && source.staleAt < now ? 'stale' : 'ready';
}

export function needsAttention(standing: Standing): boolean {
  return standing === 'key' || standing === 'failing' || standing === 'stale';
}

/** Those to be looked at first, else in the order of connecting. */
export function sorted(sources: readonly Source[], now: Instant): Source[] {
  const rank = (source: Source): number => ORDER.indexOf(standingOf(source, now));
  return sources.toSorted((a, b) => rank(a) - rank(b) || a.sourceId - b.sourceId);
}

export const FAMILIES: Readonly<Record<Source['family'], string>> = {
  billing: 'Billing',
  crm: 'CRM',
  analytics: 'Product analytics',
  support: 'Support and feedback',
  files: 'Files',
  rates: 'Exchange rates',
};

export const FAMILY_ORDER: readonly Source['family'][] = ['billing', 'crm', 'analytics', 'support', 'files', 'rates'];

export const OUTCOMES: Readonly<
  Record<NonNullable<Stream['outcome']>, { readonly label: string; readonly tone: Tone }>
> = {
  done: { label: 'Done', tone: 'gain' },
  gap: { label: 'Gap', tone: 'warn' },
  failed: { label: 'Failed', tone: 'loss' },
  stopped: { label: 'Stopped', tone: 'neutral' },
};

/** What the next sync waits for, for the end of a sentence. */
export const WAITS: Readonly<Record<Source['waitsFor'], string>> = {
  turn: 'in its turn',
  network: 'as soon as the network is back',
  vendor: 'when the vendor may have recovered',
  limit: 'when the vendor allows more requests',
  key: 'with a new key',
};

/** `credit_note` → `Credit note`. */
export function kindText(kind: string): string {
  const words = kind.replaceAll(/[_.]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
