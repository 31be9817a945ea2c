import { renderToStaticMarkup } from 'react-dom/server';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { USD } from '../../../../src/shared/kernel/currency.ts';
import { UTC } from '../../../../src/shared/kernel/day.ts';
import { instantOfIso } from '../../../../src/shared/kernel/instant.ts';
import { FormatProvider } from '../../../../src/renderer/lib/format-context.tsx';
import { moneyUnit, PERCENT } from '../../../../src/renderer/lib/unit.ts';
import { DataTable } from '../../../../src/renderer/ui/data-table.tsx';
import { Freshness } from '../../../../src/renderer/ui/freshness.tsx';
import { keyCaps } from '../../../../src/renderer/ui/kbd.tsx';
import { KpiTile } from '../../../../src/renderer/ui/kpi-tile.tsx';
import {
  compareValues,
  exportRows,
  nextSort,
  rowAfterKey,
  type Column,
} from '../../../../src/renderer/ui/table-model.ts';
import { TextField } from '../../../../src/renderer/ui/text-field.tsx';
import { UiProvider } from '../../../../src/renderer/ui/ui-provider.tsx';

const DOLLARS = moneyUnit(USD);
const nothing = (): void => undefined;
const render = (node: ReactNode): string =>
  renderToStaticMarkup(
    <FormatProvider locale="en-US" zone={UTC}>
      <UiProvider>{node}</UiProvider>
    </FormatProvider>,
  );
const textOf = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

describe('a tile', () => {
  const tile = (props: Partial<Parameters<typeof KpiTile>[0]>): string =>
    render(<KpiTile label="MRR" quantity={{ unit: DOLLARS, value: 7_010_283 }} {...props} />);

  it('shows the value, and the exact one in its tooltip', () => {
    const html = tile({});
    expect(textOf(html)).toContain('$70,103');
    expect(html).toContain('title="$70,102.83"');
  });

  it('keeps the decimal of a percentage, whose change is written in tenths of a point', () => {
    expect(textOf(tile({ quantity: { unit: PERCENT, value: 0.914 } }))).toContain('91.4%');
  });

  it('names the period of the change and judges it by sign and arrow as well as colour', () => {
    const html = tile({ previous: { quantity: { unit: DOLLARS, value: 7_210_283 }, period: 'Oct 2026' } });
    expect(textOf(html)).toContain('−2.8% vs Oct 2026');
    expect(html).toContain('lucide-arrow-down-right');
    expect(html).toContain('text-loss');
  });

  it('says why a value is missing instead of showing zero', () => {
    const text = textOf(tile({ quantity: { unit: PERCENT, value: null, reason: 'No customers twelve months ago' } }));
    expect(text).toContain('—');
    expect(text).toContain('No customers twelve months ago');
    expect(text).not.toMatch(/\b0\b/);
  });

  it('measures the target, and ticks it off when it is reached', () => {
    const target = (value: number) => ({ quantity: { unit: DOLLARS, value } });
    expect(textOf(tile({ target: target(10_000_000) }))).toContain('Target $100K 70%');
    expect(textOf(tile({ target: target(7_000_000) }))).toContain('✓ reached');
    expect(
      textOf(
        tile({
          quantity: { unit: PERCENT, value: 0.03 },
          good: 'down',
          target: { quantity: { unit: PERCENT, value: 0.02 } },
        }),
      ),
    ).toContain('missed');
  });

  it('has «why» and «how» where they lead somewhere', () => {
    const html = tile({ onWhy: nothing, onHow: nothing });
    expect(html).toContain('aria-label="Why: the rows behind MRR"');
    expect(html).toContain('aria-label="How MRR is computed"');
    expect(tile({})).not.toContain('<button');
  });

  it('hides a skeleton for the first moments and announces the wait', () => {
    const html = tile({ state: { kind: 'loading' } });
    expect(html).toContain('appear-late');
    expect(textOf(html)).toContain('Loading MRR');
    expect(textOf(html)).not.toContain('$70,103');
  });

  it('keeps stale numbers in sight, with their age and reason', () => {
    const state = {
      kind: 'stale',
      asOf: instantOfIso('2026-11-19T08:00:00Z'),
      reason: 'Stripe is not reachable.',
    } as const;
    const text = textOf(tile({ state }));
    expect(text).toContain('$70,103');
    expect(text).toContain('As of Nov 19, 2026, 08:00 AM. Stripe is not reachable.');
  });
});

interface Row {
  readonly id: string;
  readonly mrr: number | null;
}

const COLUMNS: readonly Column<Row>[] = [
  { id: 'id', header: 'Customer', value: (row) => row.id },
  {
    id: 'mrr',
    header: 'MRR',
    align: 'end',
    value: (row) => row.mrr,
    exported: (row) => (row.mrr === null ? null : row.mrr / 100),
  },
];

describe('a table', () => {
  const table = (rows: readonly Row[], props: Partial<Parameters<typeof DataTable<Row>>[0]> = {}): string =>
    render(<DataTable label="Customers" columns={COLUMNS} rows={rows} rowKey={(row) => row.id} {...props} />);

  it('sorts unknown values last in either direction', () => {
    const rows = [
      { id: 'a', mrr: null },
      { id: 'b', mrr: 1 },
      { id: 'c', mrr: 2 },
    ];
    const order = (html: string) => [...html.matchAll(/>([abc])<\/td>/g)].map(([, id]) => id).join('');
    expect(order(table(rows, { initialSort: { column: 'mrr', descending: true } }))).toBe('cba');
    expect(order(table(rows, { initialSort: { column: 'mrr', descending: false } }))).toBe('bca');
  });

  it('leaves the order to the engine when it sorts', () => {
    const rows = [
      { id: 'b', mrr: 1 },
      { id: 'a', mrr: 2 },
    ];
    const html = table(rows, { sort: { column: 'id', descending: false }, onSort: nothing });
    expect(html.indexOf('>b<')).toBeLessThan(html.indexOf('>a<'));
    expect(html).toContain('aria-sort="ascending"');
  });

  it('draws only what is seen of a long list, and tells its true length', () => {
    const rows = Array.from({ length: 5000 }, (_, index) => ({ id: `c${index}`, mrr: index }));
    const html = table(rows);
    expect(html.match(/data-row=/g)?.length ?? 0).toBeLessThan(200);
    expect(html).toContain('aria-rowcount="5001"');
  });

  it('has one row in the tab order', () => {
    const html = table([
      { id: 'a', mrr: 1 },
      { id: 'b', mrr: 2 },
    ]);
    expect(html.match(/<tr[^>]*tabindex="0"/gi)).toHaveLength(1);
  });

  it('teaches when it is empty', () => {
    const state = { kind: 'empty', title: 'No customers yet', hint: 'Connect Stripe.' } as const;
    expect(textOf(table([], { state }))).toContain('No customers yet Connect Stripe.');
  });

  it('exports all rows', () => {
    expect(exportRows(COLUMNS, [{ id: 'a', mrr: 1250 }])).toEqual([['a', 12.5]]);
  });
});

describe('the keys of a table', () => {
  it.each([
    ['ArrowDown', 3, 4],
    ['ArrowUp', 0, 0],
    ['j', 3, 4],
    ['k', 3, 2],
    ['ArrowDown', 9, 9],
    ['PageDown', 3, 9],
    ['PageUp', 8, 0],
    ['Home', 5, 0],
    ['End', 5, 9],
    ['x', 5, null],
  ])('%s on row %i of ten leads to %s', (key, from, to) => {
    expect(rowAfterKey(key, from, 10, 8)).toBe(to);
  });

  it('begin numbers with the largest and words with A, then turn round', () => {
    expect(nextSort(null, 'mrr', true)).toEqual({ column: 'mrr', descending: true });
    expect(nextSort(null, 'name', false)).toEqual({ column: 'name', descending: false });
    expect(nextSort({ column: 'mrr', descending: true }, 'mrr', true).descending).toBe(false);
  });

  it('order words as people do', () => {
    expect(['item 10', 'Item 2', 'äpfel', 'zebra'].toSorted((a, b) => compareValues(a, b, 'en'))).toEqual([
      'äpfel',
      'Item 2',
      'item 10',
      'zebra',
    ]);
  });
});

describe('a field', () => {
  it('ties its error to the control', () => {
    const html = render(<TextField label="Target" value="x" onChange={nothing} error="Enter an amount." />);
    const id = /aria-describedby="([^"]+)"/.exec(html)?.[1];
    expect(id).toBeDefined();
    expect(html).toContain(`id="${id}" role="alert"`);
    expect(html).toContain('aria-invalid="true"');
  });
});

describe('freshness', () => {
  it('says its state in words beside the mark', () => {
    const now = instantOfIso('2026-11-21T09:00:00Z');
    const at = instantOfIso('2026-11-18T09:00:00Z');
    expect(textOf(render(<Freshness kind="stale" at={at} now={now} source="Stripe" />))).toContain(
      'Stripe stale, synced 3 days ago',
    );
    expect(textOf(render(<Freshness kind="never" at={null} now={now} />))).toContain('never synced');
  });
});

describe('shortcuts', () => {
  it('are written as they stand on the keyboard', () => {
    expect(keyCaps('mod+k', true)).toEqual(['⌘', 'K']);
    expect(keyCaps('mod+shift+k', false)).toEqual(['Ctrl', 'Shift', 'K']);
    expect(keyCaps('g c', false)).toEqual(['G', 'C']);
  });
});
