/** Says what is proven of a stream: that the listing ran to its end, that all of it is stored, that the vendor's totals agree. */
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { ProviderTotal, Stream } from '../sources/kit/index.ts';
import type { ReadDb } from '../store/handles.ts';
import { countsInFigures } from './counting.ts';
import type { CrossCheck } from './cross-check.ts';
import { sumsHeld } from './facts-held.ts';
import type { RawStore } from './raw-store.ts';
import type { Proof, StreamState } from './stream-state.ts';

/**
 * Holds a finished listing against the tables: as many objects, the same sums.
 * Only right before the feed changes them. `unlisted` objects are stored from
 * before and are not part of it; sums are compared where there are none.
 */
export function listingProof(
  db: ReadDb,
  raw: RawStore,
  sourceId: number,
  stream: Stream,
  { proof }: StreamState,
  at: Instant,
  unlisted: number,
): NonNullable<Proof['listing']> {
  const { listed, quarantined, sums } = proof.tally;
  const types = stream.objectTypes.map(({ type }) => type);
  const stored = types.reduce((sum, type) => sum + raw.count(type), 0) - unlisted;
  const held = types.map((type) => sumsHeld(db, sourceId, type));
  const currencies =
    unlisted > 0 || !countsInFigures(db, sourceId)
      ? []
      : [...new Set([...Object.keys(sums), ...held.flatMap((sum) => Object.keys(sum))])].toSorted();
  const compared = currencies.map((currency) => ({
    currency,
    listed: sums[currency] ?? 0,
    stored: held.reduce((sum, of) => sum + (of[currency] ?? 0), 0),
  }));
  const agrees = stored === listed - quarantined && compared.every((sum) => sum.listed === sum.stored);
  return { at, listed, stored, quarantined, sums: compared, agrees };
}

/** Whether a stream's completeness rests on a listing that is held against the tables. */
export function isListing(stream: Stream): boolean {
  return stream.keepsRaw && stream.anchor === undefined;
}

/** Whether a stream has a list to be read to its end, also where nothing of it is kept to be counted. */
export function isToBeListed(stream: Stream): boolean {
  return isListing(stream) || (stream.change === 'events' && stream.anchor === undefined);
}

/** Puts the parts of a stream's proof together. */
export function conclude(stream: Stream, state: StreamState, quarantined: number, check: CrossCheck | null): void {
  const own = stream.proof(state.cursor);
  const { proof } = state;
  const agrees = isListing(stream) ? proof.listing?.agrees === true : true;
  const differing = proof.provider.filter(({ stated, ours }) => stated !== ours);
  state.quarantined = quarantined;
  state.complete = own.complete && proof.gap === null && quarantined === 0 && agrees && differing.length === 0;
  if (check?.holds === false) state.complete = false;
  const sentences = [
    ...(proof.listing ? [listingSentence(proof.listing)] : []),
    proof.gap ? `Missing: ${proof.gap.message}` : own.sentence,
    ...(check && own.complete && proof.gap === null ? [check.sentence] : []),
    ...proof.provider.map(
      ({ currency, stated, ours, statedAs }) =>
        `The vendor's ${statedAs} is ${stated} ${currency} in minor units, the sum stored is ${ours}`,
    ),
    ...(quarantined > 0 ? [`${quarantined} in quarantine`] : []),
  ];
  proof.sentence = sentences.map((sentence) => sentence.replace(/\.$/, '')).join('. ') + '.';
}

function listingSentence({ listed, stored, quarantined, sums, agrees }: NonNullable<Proof['listing']>): string {
  if (agrees)
    return `${storedSentence(listed)}${sums.length > 0 ? `, sums agree in ${sums.map(({ currency }) => currency).join(', ')}` : ''}`;
  const off = sums.filter((sum) => sum.listed !== sum.stored);
  return `Listed ${listed}, stored ${stored}, in quarantine ${quarantined}${off.map((sum) => `; ${sum.currency} listed ${sum.listed}, stored ${sum.stored}`).join('')}`;
}

function storedSentence(listed: number): string {
  if (listed === 0) return 'No objects listed';
  return listed === 1 ? 'The only listed object is stored' : `All ${listed} listed objects are stored`;
}

/** Notes the vendor's own totals beside ours. */
export function compareTotals(
  db: ReadDb,
  sourceId: number,
  streams: readonly Stream[],
  states: ReadonlyMap<string, StreamState>,
  totals: readonly ProviderTotal[],
): void {
  if (!countsInFigures(db, sourceId)) return;
  for (const stream of streams) {
    const stated = totals.filter((total) => total.stream === stream.id);
    const state = states.get(stream.id);
    if (!state) continue;
    const held = stream.objectTypes.map(({ type }) => sumsHeld(db, sourceId, type));
    state.proof.provider = stated.map(({ currency, minor, statedAs }) => ({
      currency,
      stated: minor,
      ours: held.reduce((sum, of) => sum + (of[currency] ?? 0), 0),
      statedAs,
    }));
  }
}
