import { describe, expect, it } from 'vitest';
import { USD } from '../../../../src/shared/kernel/currency.ts';
import { addDays, plainDay, UTC } from '../../../../src/shared/kernel/day.ts';
import { barModel } from '../../../../src/renderer/charts/bar-model.ts';
import { createCrosshair } from '../../../../src/renderer/charts/crosshair.ts';
import { plotModel } from '../../../../src/renderer/charts/line-model.ts';
import { bandPath, boxPath, linePath, nearestStop, placing } from '../../../../src/renderer/charts/plot-paths.ts';
import { tooltipPlace } from '../../../../src/renderer/charts/tooltip-place.ts';
import { createFormatter } from '../../../../src/renderer/lib/format.ts';
import { moneyUnit } from '../../../../src/renderer/lib/unit.ts';

const format = createFormatter('en-US', UTC);
const unit = moneyUnit(USD);

describe('the path of a line', () => {
  it('goes straight from point to point and is broken where a value is unknown', () => {
    expect(
      linePath([
        { x: 0, y: 10 },
        { x: 5, y: 8.126 },
        { x: 10, y: null },
        { x: 15, y: 4 },
        { x: 20, y: 2 },
      ]),
    ).toBe('M0,10L5,8.13M15,4L20,2');
  });

  it('stays level until the next point where it is drawn in steps', () => {
    expect(
      linePath(
        [
          { x: 0, y: 10 },
          { x: 5, y: 8 },
        ],
        true,
      ),
    ).toBe('M0,10L5,10L5,8');
  });

  it('is closed around a band, back along its lower side in the same steps', () => {
    const band = [
      { x: 0, low: 9, high: 1 },
      { x: 5, low: 8, high: 2 },
    ];
    expect(bandPath(band)).toBe('M0,1L5,2L5,8L0,9Z');
    expect(bandPath(band, true)).toBe('M0,1L5,1L5,2L5,8L5,9L0,9Z');
    expect(bandPath([null, ...band, null, { x: 9, low: 3, high: 3 }])).toBe('M0,1L5,2L5,8L0,9ZM9,3L9,3Z');
  });

  it('goes around a bar', () => {
    expect(boxPath(10, 4, 100, 60)).toBe('M10,100h4V60h-4Z');
  });
});

describe('places', () => {
  it('lie along an axis, and in its middle where it has no length', () => {
    const place = placing(0, 10, 100, 200);
    expect([place(0), place(2.5), place(10)]).toEqual([100, 125, 200]);
    expect(placing(7, 7, 100, 200)(7)).toBe(150);
  });

  it('are taken by the pointer that is nearest', () => {
    const stops = [{ x: 10 }, { x: 20 }, { x: 40 }];
    expect([0, 14, 16, 29, 31, 99].map((pixels) => nearestStop(stops, pixels))).toEqual([0, 0, 1, 1, 2, 2]);
    expect(nearestStop([], 5)).toBe(-1);
  });
});

describe('the box beside a crosshair', () => {
  const area = { left: 40, right: 440, top: 10, bottom: 210 };
  const size = { width: 120, height: 60 };

  it('stands right of and below what is pointed at, left and above where it would leave the plot', () => {
    expect(tooltipPlace({ x: 100, y: 50 }, size, area)).toEqual({ left: 110, top: 60 });
    expect(tooltipPlace({ x: 400, y: 190 }, size, area)).toEqual({ left: 270, top: 120 });
  });

  it('never begins before the plot, however wide it is', () => {
    expect(tooltipPlace({ x: 100, y: 50 }, { width: 500, height: 300 }, area)).toEqual({ left: 40, top: 10 });
  });
});

describe('a crosshair', () => {
  it('tells whoever watches where it is, once per move, until they stop', () => {
    const crosshair = createCrosshair();
    const seen: (number | null)[] = [];
    const stop = crosshair.watch(() => seen.push(crosshair.now()?.at ?? null));
    crosshair.move({ at: 3, top: 10, readBy: null });
    crosshair.move({ at: 3, top: 10, readBy: null });
    crosshair.move(null);
    stop();
    crosshair.move({ at: 4, top: 10, readBy: null });
    expect(seen).toEqual([3, null]);
  });
});

describe('what a line chart draws', () => {
  const from = plainDay('2026-01-01');
  const rows = [0, 1, 2, 3].map((day) => ({ day: addDays(from, day), values: [day * 1_000] }));
  const given = { rows, bounds: new Map(), unit, fromZero: true, width: 440, height: 240, marks: [], format };

  it('reaches from the first day at the axis to the last at the right, from zero at the bottom', () => {
    const model = plotModel(given);
    expect(model?.stops.map(({ x }) => Math.round(x))).toEqual([32, 165, 299, 432]);
    expect(model?.top(0)).toBe(216);
    expect(model?.top(model.scale.max)).toBe(8);
  });

  it('leaves room for flags above, and none on a small drawing', () => {
    const marks = [{ key: 'a', kind: 'note' as const, day: addDays(from, 1), text: 'A', link: null, id: 1 }];
    expect(plotModel({ ...given, marks })).toMatchObject({ area: { top: 26 }, groups: [{ marks: [{ text: 'A' }] }] });
    expect(plotModel({ ...given, marks, height: 60 })?.groups).toEqual([]);
  });

  it('is nothing without a row', () => {
    expect(plotModel({ ...given, rows: [] })).toBeNull();
  });
});

describe('what a bar chart draws', () => {
  const rows = [
    { label: 'Jan', values: [4_000, -2_000, 1_000] },
    { label: 'Feb', values: [null, 0, -1_000] },
  ];
  const model = barModel({ rows, parts: 3, unit, width: 244, height: 150, marks: [], format });

  it('piles gains up from zero and losses down, one path for each part', () => {
    const zero = model.top(0);
    const boxes = (path: string | undefined): number => path?.match(/M/g)?.length ?? 0;
    expect(model.paths.map(boxes)).toEqual([1, 1, 2]);
    const round = (value: number): number => Math.round(value * 100) / 100;
    expect(model.paths[0]).toContain(`,${round(zero)}h48V${round(model.top(4_000))}`);
    expect(model.paths[1]).toContain(`,${round(zero)}h48V${round(model.top(-2_000))}`);
    // The third part stands on the first in January, and below zero in February.
    expect(model.paths[2]).toContain(`,${round(model.top(4_000))}h48V${round(model.top(5_000))}`);
    expect(model.paths[2]).toContain(`,${round(zero)}h48V${round(model.top(-1_000))}`);
  });

  it('leaves out names under bars that have no room', () => {
    const many = Array.from({ length: 36 }, (_, index) => ({ label: `M${index}`, values: [1_000] }));
    const { ticks } = barModel({ rows: many, parts: 1, unit, width: 444, height: 150, marks: [], format });
    expect(ticks.map(({ text }) => text)).toEqual(['M0', 'M4', 'M8', 'M12', 'M16', 'M20', 'M24', 'M28', 'M32']);
  });
});
