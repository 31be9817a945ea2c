/** Counting different ones without remembering them. */
import { expect, it } from 'vitest';
import { distinctSketch, hash53, mondayOf } from '../../../src/main/engine/domain/index.ts';
import { plainDay } from '../../../src/shared/kernel/day.ts';

function sketchOf(from: number, to: number) {
  const sketch = distinctSketch();
  for (let index = from; index < to; index++) sketch.add(`person ${index}`);
  return sketch;
}

it.each([10, 100, 1_000, 20_000, 200_000])('is right to five per cent for %i different ones', (many) => {
  const error = Math.abs(sketchOf(0, many).estimate() - many) / many;
  expect(error).toBeLessThan(0.05);
});

it('counts nobody as nobody, and somebody who comes again once', () => {
  expect(distinctSketch().estimate()).toBe(0);
  const sketch = distinctSketch();
  for (let times = 0; times < 50; times++) sketch.add('ada');
  expect(sketch.estimate()).toBe(1);
});

it('merges parts that overlap into the sketch of the whole', () => {
  const merged = distinctSketch();
  merged.merge(sketchOf(0, 6_000).text());
  merged.merge(sketchOf(4_000, 10_000).text());
  expect(merged.text()).toBe(sketchOf(0, 10_000).text());
});

it('tells a million texts apart by their hash', () => {
  const hashes = new Set(Array.from({ length: 1_000_000 }, (_, index) => hash53(`event ${index}`)));
  expect(hashes.size).toBe(1_000_000);
  for (const hash of [...hashes].slice(0, 100)) expect(Number.isSafeInteger(hash)).toBe(true);
});

it.each([
  ['2026-11-16', '2026-11-16'],
  ['2026-11-22', '2026-11-16'],
  ['2026-11-23', '2026-11-23'],
  ['1970-01-01', '1969-12-29'],
])('finds the Monday of %s', (day, monday) => {
  expect(mondayOf(plainDay(day))).toBe(monday);
});
