/** Invented figures for the gallery: seeded, so that every screenshot shows the same. */
import { USD } from '../../shared/kernel/currency.ts';
import { addDays, addMonths, plainDay, type PlainDay } from '../../shared/kernel/day.ts';
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
