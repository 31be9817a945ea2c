import { renderToStaticMarkup } from 'react-dom/server';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import type { Climb } from '../../../../src/shared/contract/metrics.ts';
import { USD } from '../../../../src/shared/kernel/currency.ts';
import { addDays, plainDay, UTC } from '../../../../src/shared/kernel/day.ts';
import { minor } from '../../../../src/shared/kernel/money.ts';
import { ChartFrame } from '../../../../src/renderer/charts/chart-frame.tsx';
import { tableColumns } from '../../../../src/renderer/charts/chart-table.ts';
import { climbSentence, climbVerdict } from '../../../../src/renderer/charts/climb-words.ts';
import { drawnRows, seriesRows, seriesTable } from '../../../../src/renderer/charts/series.ts';
import { Variometer } from '../../../../src/renderer/charts/variometer.tsx';
import { exportRows } from '../../../../src/renderer/ui/table-model.ts';
import { createFormatter } from '../../../../src/renderer/lib/format.ts';
import { FormatProvider } from '../../../../src/renderer/lib/format-context.tsx';
import { moneyUnit } from '../../../../src/renderer/lib/unit.ts';
import { UiProvider } from '../../../../src/renderer/ui/ui-provider.tsx';

const format = createFormatter('en-US', UTC);
const DOLLARS = moneyUnit(USD);
const render = (node: ReactNode): string =>
  renderToStaticMarkup(
    <FormatProvider locale="en-US" zone={UTC}>
      <UiProvider>{node}</UiProvider>
    </FormatProvider>,
  );

function climb(perWeek: number, change: Partial<Climb> = {}): Climb {
  return {
    asOf: plainDay('2026-11-21'),
    currency: USD,
    arr: minor(84_000_000),
    window: 28,
    perDay: minor(0),
    perWeek: minor(perWeek),
    perMonth: minor(0),
    previousPerWeek: minor(720_000),
    composition: { new: minor(0), expansion: minor(0), loss: minor(0), fx: minor(0) },
    milestone: {
      target: minor(100_000_000),
      distance: minor(16_000_000),
      expectedOn: plainDay('2027-02-18'),
      reason: null,
      dueOn: plainDay('2027-03-14'),
      neededPerWeek: minor(980_000),
    },
    weeks: Array.from({ length: 52 }, (_, week) => ({
      endsOn: addDays(plainDay('2026-11-21'), (week - 51) * 7),
      netNewArr: minor(500_000 + week * 1000),
    })),
    ...change,
  };
}

describe('the variometer in words', () => {
  it.each([
    [climb(1_240_000), 'Climbing $12.4K ARR per week; $9.8K needed for $1M by Mar 14, 2027.', 'above'],
    [climb(610_000), 'Climbing $6.1K ARR per week; $9.8K needed for $1M by Mar 14, 2027.', 'below'],
    [climb(-410_000), 'Falling $4.1K ARR per week; $9.8K needed for $1M by Mar 14, 2027.', 'falling'],
    [climb(320_000, { milestone: null }), 'Climbing $3.2K ARR per week; no next milestone is set.', 'climbing'],
    [climb(0, { milestone: null }), 'Level, no net new ARR per week; no next milestone is set.', 'level'],
  ])('names the instrument', (reading, sentence, verdict) => {
    expect(climbSentence(reading, format)).toBe(sentence);
    expect(climbVerdict(reading)).toBe(verdict);
    expect(render(<Variometer climb={reading} />)).toContain(`aria-label="${sentence}"`);
  });

  it('says «beyond the scale» where the needle leans on its stop', () => {
    expect(render(<Variometer climb={climb(9_000_000)} />)).toContain('beyond the scale');
    expect(render(<Variometer climb={climb(1_000_000)} />)).not.toContain('beyond the scale');
  });

  it('gives the verdict in words as well as in colour', () => {
    expect(render(<Variometer climb={climb(610_000)} />)).toContain('slower than needed');
    expect(render(<Variometer climb={climb(1_240_000)} />)).toContain('faster than needed');
  });

  it('rests without data and says why', () => {
    const html = render(<Variometer climb={null} reason="No revenue is synced yet." />);
    expect(html).toContain('Rate of climb unknown: No revenue is synced yet.');
    expect(html).not.toContain('NaN');
  });

  it('has the width it is given on paper, and no controls', () => {
    const html = render(<Variometer climb={climb(1_240_000)} print={{ width: 600 }} />);
    expect(html).toContain('width="332"');
    expect(html).not.toContain('<button');
  });
});

describe('the frame of a chart', () => {
  const table = seriesTable(
    [{ id: 'mrr', label: 'MRR', points: [{ day: plainDay('2026-11-01'), value: 1 }] }],
    DOLLARS,
  );
  const frame = (props: Partial<Parameters<typeof ChartFrame>[0]>): string =>
    render(
      <ChartFrame title="MRR" period="2026" sentence="MRR rose." table={table} {...props}>
        <p>drawing</p>
      </ChartFrame>,
    );

  it('carries title, period, sentence and the way to the table', () => {
    const html = frame({});
    for (const part of ['MRR', '2026', 'MRR rose.', 'Show as table', 'Copy as table', 'Save as CSV', 'drawing'])
      expect(html).toContain(part);
  });

  it('offers «why» and «how» only where they lead somewhere', () => {
    expect(frame({ onHow: () => undefined })).toContain('How MRR is computed');
    expect(frame({})).not.toContain('How MRR is computed');
  });

  it.each([
    [{ kind: 'loading' } as const, 'Loading MRR'],
    [{ kind: 'empty', title: 'No revenue yet', hint: 'Connect Stripe.' } as const, 'Connect Stripe.'],
    [{ kind: 'error', code: 'unavailable', message: 'No answer.', retry: () => undefined } as const, 'Try again'],
  ])('shows a designed state instead of the drawing', (state, text) => {
    const html = frame({ state });
    expect(html).toContain(text);
    expect(html).not.toContain('drawing');
    expect(html).not.toContain('Copy as table');
  });
});

describe('the table behind a chart', () => {
  const points = Array.from({ length: 3650 }, (_, index) => ({
    day: addDays(plainDay('2016-11-24'), index),
    value: index * 100,
  }));
  const list = [{ id: 'mrr', label: 'MRR', points }];

  it('keeps every point that the drawing leaves out', () => {
    expect(seriesTable(list, DOLLARS).rows).toHaveLength(3650);
    expect(drawnRows(seriesRows(list), 600).length).toBeLessThanOrEqual(600);
  });

  it('exports money as plain decimals under a header that names the currency', () => {
    const table = seriesTable([{ id: 'mrr', label: 'MRR', points: points.slice(0, 2) }], DOLLARS);
    const columns = tableColumns(table, format);
    expect(columns.map((column) => column.header)).toEqual(['Day', 'MRR (USD)']);
    expect(exportRows(columns, table.rows)).toEqual([
      ['2016-11-24', '0.00'],
      ['2016-11-25', '1.00'],
    ]);
  });

  it('lines series with different days up, unknown where one has none', () => {
    const rows = seriesRows([
      { id: 'a', label: 'A', points: [{ day: plainDay('2026-01-02'), value: 1 }] },
      { id: 'b', label: 'B', points: [{ day: plainDay('2026-01-01'), value: 2 }] },
    ]);
    expect(rows).toEqual([
      { day: '2026-01-01', values: [null, 2] },
      { day: '2026-01-02', values: [1, null] },
    ]);
  });
});
