/** Invented figures for the gallery: seeded, so that every screenshot shows the same. */
import { USD } from '../../shared/kernel/currency.ts';
import { addDays, addMonths, plainDay, type PlainDay } from '../../shared/kernel/day.ts';
import { instantOfIso } from '../../shared/kernel/instant.ts';
import type { Fan } from '../charts/fan.ts';
import type { FunnelStep } from '../charts/funnel-model.ts';
import type { Marks } from '../charts/marks.tsx';
import type { ScatterPoint } from '../charts/scatter-model.ts';
import type { DataState } from '../lib/data-state.ts';
import { moneyUnit, type Unit } from '../lib/unit.ts';

export const DOLLARS: Unit = moneyUnit(USD);
export const TODAY: PlainDay = plainDay('2026-11-21');

/** A small seeded generator (mulberry32, https://github.com/cprosche/mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** MRR in cents at each month's start, growing with a bad quarter in the middle. */
export function monthlyMrr(months: number, seed = 7): { day: PlainDay; value: number }[] {
  const random = seeded(seed);
  let value = 420_000;
  return Array.from({ length: months }, (_, month) => {
    const bad = month > months * 0.55 && month < months * 0.63;
    value = Math.round(value * (bad ? 0.965 : 1.055 + random() * 0.045));
    return { day: addMonths(plainDay('2023-12-01'), month), value };
  });
}

/** Ten years of days. */
export function dailyMrr(days: number): { day: PlainDay; value: number }[] {
  const random = seeded(11);
  let value = 300_000;
  return Array.from({ length: days }, (_, index) => {
    value = Math.round(value * (1 + (random() - 0.47) * 0.012));
    return { day: addDays(TODAY, index - days + 1), value };
  });
}

/** Does nothing: the gallery's buttons lead nowhere. */
export const open = (): void => undefined;

/** An invented forecast: nothing in the product forecasts yet. */
export const FAN: Fan = {
  label: 'Forecast',
  levels: [0.95, 0.8, 0.5],
  points: Array.from({ length: 12 }, (_, month) => {
    const value = 4_290_000 + month * 130_000;
    const spread = 60_000 * Math.sqrt(month + 1);
    const bounds = [1.96, 1.28, 0.67].map((width) => [value - width * spread * 3, value + width * spread * 3] as const);
    return { day: addMonths(plainDay('2026-12-01'), month), value, bounds };
  }),
};

export const FUNNEL: readonly FunnelStep[] = [
  { id: 'visited', label: 'Visited', value: 12_480 },
  { id: 'signedUp', label: 'Signed up', value: 1_204 },
  { id: 'activated', label: 'Activated', value: 811, of: 'signedUp' },
  { id: 'trial', label: 'On trial', value: null, of: 'signedUp' },
  { id: 'paid', label: 'Paid', value: 301, of: 'signedUp' },
];

/** Customers by months of being one and monthly revenue in cents. */
export const SCATTER: readonly ScatterPoint[] = (() => {
  const random = seeded(6);
  return Array.from({ length: 80 }, (_, index) => {
    const x = Math.round(random() * 48);
    return {
      id: `c${index}`,
      label: `Customer ${index + 1}`,
      x,
      y: Math.round((random() * 20 + x) * 2_000 * random()),
    };
  });
})();

export const AMOUNTS = {
  opening: 6_710_200,
  new: 421_000,
  expansion: 188_400,
  reactivation: 42_000,
  resumed: 9_900,
  contraction: -61_000,
  churn: -239_500,
  paused: -19_900,
  fx: -40_817,
  closing: 7_010_283,
};

/** The states besides `ready`. */
export const DATA_STATES: readonly DataState[] = [
  { kind: 'loading' },
  {
    kind: 'empty',
    title: 'No revenue yet',
    hint: 'It is drawn here after the first sync.',
    action: { label: 'Connect a source', run: open },
  },
  { kind: 'error', code: 'unavailable', message: 'The engine did not answer within 10 seconds.', retry: open },
  { kind: 'stale', asOf: instantOfIso('2026-11-19T08:00:00Z'), reason: 'Stripe is not reachable.', retry: open },
];

/** Notes and releases of the invented company. */
export const MARKS: Marks = {
  list: [
    { key: 'a', day: plainDay('2024-06-15'), kind: 'note', text: 'Price change', link: null },
    { key: 'b', day: plainDay('2025-02-01'), kind: 'release', text: '2.0', link: 'https://example.com/2.0' },
    { key: 'c', day: plainDay('2025-11-01'), kind: 'release', text: '2.4', link: null },
    { key: 'd', day: plainDay('2025-11-04'), kind: 'note', text: 'Campaign with the newsletter', link: null },
    { key: 'e', day: plainDay('2025-11-09'), kind: 'note', text: 'Second seller starts', link: null },
  ],
  acts: { add: open, edit: open, remove: open },
};
