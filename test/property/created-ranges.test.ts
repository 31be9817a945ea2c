/** However objects are spread over time, and however often the walk is torn off: every object once, none missing. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  freshListing,
  ListingSchema,
  walkRanges,
  type Listing,
  type Range,
} from '../../src/main/engine/sources/stripe/ranges.ts';

interface Item {
  readonly id: string;
  readonly created: number;
}

const BASE = 1_600_000_000;

/** A list as Stripe serves it: newest first, in pages of three. Objects of the same second keep their order. */
function serve(items: readonly Item[], options: { readonly repeats: ReadonlySet<number> }) {
  const newestFirst = items.toSorted((a, b) => b.created - a.created || (a.id < b.id ? 1 : -1));
  let requests = 0;
  let before: readonly Item[] = [];
  return async ({ gte, lt, after }: Range) => {
    requests += 1;
    const within = newestFirst.filter(({ created }) => created >= gte && (lt === null || created < lt));
    const from = after === null ? 0 : newestFirst.findIndex(({ id }) => id === after);
    const rest = after === null ? within : within.filter((item) => newestFirst.indexOf(item) > from);
    const page = rest.slice(0, 3);
    // A fault of the vendor: a page that begins with another one that was given already.
    const data = after !== null && options.repeats.has(requests) ? [...before, ...page] : page;
    before = page;
    return { data, hasMore: rest.length > 3 };
  };
}

const items = fc.array(fc.record({ gap: fc.integer({ min: 0, max: 40_000 }) }), { maxLength: 60 }).map((gaps) => {
  let created = BASE;
  return gaps.map(({ gap }, index): Item => ({
    id: `in_${String(index).padStart(3, '0')}`,
    created: (created += gap),
  }));
});

it('lists every object exactly once, torn off or not', async () => {
  await fc.assert(
    fc.asyncProperty(
      items,
      fc.integer({ min: 1, max: 6 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 5 }),
      async (all, workers, tears) => {
        const seen: string[] = [];
        let listing: Listing = freshListing();
        const fetchPage = serve(all, { repeats: new Set() });
        for (const pages of [...tears, Number.POSITIVE_INFINITY]) {
          let stored = 0;
          for await (const page of walkRanges(listing, workers, fetchPage)) {
            for (const object of page.objects) seen.push((object as Item).id);
            // What is stored with the page is all that the next run knows.
            listing = ListingSchema.parse(JSON.parse(JSON.stringify(page.listing)));
            stored += 1;
            if (stored >= pages) break;
          }
          if (listing.ranges.length === 0) break;
        }
        expect(listing.ranges).toEqual([]);
        expect(seen.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
        expect(listing.listed).toBe(all.length);
      },
    ),
    { numRuns: 150 },
  );
});

it('counts nothing twice when pages come again', async () => {
  await fc.assert(
    fc.asyncProperty(items, fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 8 }), async (all, repeats) => {
      const seen: string[] = [];
      let listed = 0;
      for await (const { objects, listing } of walkRanges(
        freshListing(),
        1,
        serve(all, { repeats: new Set(repeats) }),
      )) {
        for (const object of objects) seen.push((object as Item).id);
        listed = listing.listed;
      }
      expect(seen.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
      expect(listed).toBe(all.length);
    }),
    { numRuns: 100 },
  );
});

it('ends with a clear failure when the same page comes for ever', async () => {
  const page = { data: [{ id: 'in_1', created: BASE }], hasMore: true };
  const walk = async () => {
    for await (const { objects } of walkRanges(freshListing(), 1, async () => page))
      expect(objects.length).toBeLessThanOrEqual(1);
  };
  await expect(walk()).rejects.toMatchObject({
    code: 'source_failed',
    message: expect.stringContaining('again and again'),
  });
});
