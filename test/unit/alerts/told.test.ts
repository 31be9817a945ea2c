import { describe, expect, it } from 'vitest';
import { addMs, DAY_MS } from '../../../src/shared/kernel/instant.ts';
import { inLocale } from '../../../src/main/engine/wording/index.ts';
import { company } from './company.ts';

/** Locales put spaces that do not break and marks of direction; the tests read better without. */
const plain = (text: string | undefined): string =>
  (text ?? '').replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll(/[\u200e\u200f\u061c]/g, '');

/** Acme called off in November; the alert was raised with the figures of the United States. */
function raised() {
  const world = company();
  world.source();
  const acme = world.customer('Acme Ltd', 124_000);
  world.customer('Everybody else', 9_376_000);
  world.subscription(acme);
  world.evaluate();
  const calledOffAt = world.clock.now();
  world.subscription(acme, { calledOffAt, cancelAt: addMs(calledOffAt, 23 * DAY_MS) });
  inLocale('en-US', () => world.evaluate());
  return { ...world, acme };
}

describe('an alert that was raised', () => {
  it.each([
    ['en-US', 'Acme Ltd is leaving: $1,240 MRR (1.3%) ends on Dec 14'],
    ['en-GB', 'Acme Ltd is leaving: US$1,240 MRR (1.3%) ends on 14 Dec'],
    ['de-DE', 'Acme Ltd is leaving: 1.240 $ MRR (1,3 %) ends on 14. Dez.'],
    ['fr-FR', 'Acme Ltd is leaving: 1 240 $US MRR (1,3 %) ends on 14 déc.'],
    ['ja-JP', 'Acme Ltd is leaving: $1,240 MRR (1.3%) ends on 12月14日'],
    ['hi-IN', 'Acme Ltd is leaving: $1,240 MRR (1.3%) ends on 14 दिस॰'],
    ['ar-EG', 'Acme Ltd is leaving: ١٬٢٤٠ US$ MRR (١٫٣٪) ends on ١٤ ديسمبر'],
  ])('is told in the locale of whoever reads it: %s', (locale, title) => {
    const { inbox } = raised();
    expect(plain(inLocale(locale, () => inbox())[0]?.title)).toBe(title);
  });

  it('names the customer as they are called now', () => {
    const { acme, db, inbox } = raised();
    db.run(db.build.updateTable('customer').set({ name: 'Acme Group' }).where('customer_id', '=', acme));
    expect(inbox()[0]?.title).toContain('Acme Group is leaving');
  });

  it('tells the year of its days once that is over', async () => {
    const { clock, inbox } = raised();
    await clock.advance(60 * DAY_MS);
    expect(inbox()[0]?.title).toContain('ends on Dec 14, 2026');
  });

  it('by an earlier version keeps the sentences it was raised with, and so does one whose facts are of another kind', () => {
    const { db, inbox } = raised();
    const asRaised = 'Acme Ltd is leaving: $1,240 MRR (1.3%) ends on Dec 14';
    db.run(db.build.updateTable('alert').set({ facts: null }));
    expect(inLocale('de-DE', () => inbox())[0]?.title).toBe(asRaised);
    db.run(db.build.updateTable('alert').set({ facts: JSON.stringify({ rule: 'moon_phase' }) }));
    expect(inLocale('de-DE', () => inbox())[0]?.title).toBe(asRaised);
  });
});
