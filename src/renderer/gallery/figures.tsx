/** Numbers and tables in all their states. */
import { useMemo, type ReactNode } from 'react';
import { USD } from '../../shared/kernel/currency.ts';
import { plainDay } from '../../shared/kernel/day.ts';
import { instantOfIso } from '../../shared/kernel/instant.ts';
import { decimalText, minor, money } from '../../shared/kernel/money.ts';
import type { DataState } from '../lib/data-state.ts';
import type { Formatter } from '../lib/format.ts';
import { useFormat } from '../lib/format-context.tsx';
import { countUnit, PERCENT, RATIO } from '../lib/unit.ts';
import { Badge } from '../ui/badge.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { KpiTile } from '../ui/kpi-tile.tsx';
import type { Column } from '../ui/table-model.ts';
import { Tile } from '../ui/tile.tsx';
import { Exhibit, Room } from './frame.tsx';
import { DATA_STATES, DOLLARS, open, seeded } from './sample.ts';

export function FigureRoom(): ReactNode {
  return (
    <>
      <Room title="Tiles">
        <div className="grid grid-cols-[repeat(auto-fill,minmax(220px,1fr))] items-start gap-3">
          <KpiTile
            label="ARR"
            quantity={{ unit: DOLLARS, value: 84_123_400 }}
            previous={{ quantity: { unit: DOLLARS, value: 79_010_000 }, period: 'Oct 2026' }}
            target={{ quantity: { unit: DOLLARS, value: 100_000_000 }, label: 'by 14 Mar 2027' }}
            note="of which past due $1,204"
            onWhy={open}
            onHow={open}
          />
          <KpiTile
            label="Monthly churn"
            quantity={{ unit: PERCENT, value: 0.0231 }}
            form="full"
            good="down"
            previous={{ quantity: { unit: PERCENT, value: 0.0189 }, period: 'Oct 2026' }}
            target={{ quantity: { unit: PERCENT, value: 0.02 } }}
            onWhy={open}
            onHow={open}
          />
          <KpiTile
            label="Customers"
            quantity={{ unit: countUnit('customer'), value: 1204 }}
            previous={{ quantity: { unit: countUnit('customer'), value: 1204 }, period: 'Oct 2026' }}
            onHow={open}
          />
          <KpiTile
            label="Net revenue retention"
            quantity={{ unit: PERCENT, value: null, reason: 'No customers twelve months ago' }}
            onHow={open}
          />
          <KpiTile label="Quick ratio" quantity={{ unit: RATIO, value: 4.2 }} form="full" state={{ kind: 'loading' }} />
          <KpiTile
            label="Cash collected"
            quantity={{ unit: DOLLARS, value: 0 }}
            state={{ kind: 'error', code: 'storage_failed', message: 'The database could not be read.', retry: open }}
          />
          <KpiTile
            label="MRR"
            quantity={{ unit: DOLLARS, value: 7_010_283 }}
            previous={{ quantity: { unit: DOLLARS, value: 7_210_283 }, period: 'Oct 2026' }}
            state={{
              kind: 'stale',
              asOf: instantOfIso('2026-11-19T08:00:00Z'),
              reason: 'Stripe is not reachable.',
              retry: open,
            }}
          />
        </div>
      </Room>
      <Room title="Tables">
        <div className="grid grid-cols-1 gap-3 lg:grid-cols-2">
          <Exhibit name="5,000 rows, sortable, keyboard, totals">
            <Tile flush>
              <CustomerTable count={5000} state={{ kind: 'ready' }} />
            </Tile>
          </Exhibit>
          <div className="flex flex-col gap-3">
            {DATA_STATES.map((state) => (
              <Tile key={state.kind} flush title={state.kind}>
                <CustomerTable count={4} state={state} />
              </Tile>
            ))}
          </div>
        </div>
      </Room>
    </>
  );
}

interface Customer {
  readonly id: string;
  readonly name: string;
  readonly plan: string;
  readonly mrr: number;
  readonly since: string;
  readonly health: number | null;
}

function customers(count: number): Customer[] {
  const random = seeded(3);
  const plans = ['Starter', 'Team', 'Business', 'Enterprise'];
  return Array.from({ length: count }, (_, index) => ({
    id: `c${index}`,
    name: `${['Acme', 'Borealis', 'Cumulus', 'Drift', 'Ember', 'Fjord'][Math.floor(random() * 6)]} ${index + 1}`,
    plan: plans[Math.floor(random() * 4)] ?? 'Starter',
    mrr: Math.floor(random() * 500_000),
    since: `202${3 + Math.floor(random() * 4)}-0${1 + Math.floor(random() * 9)}-1${Math.floor(random() * 10)}`,
    health: random() < 0.1 ? null : Math.floor(random() * 100),
  }));
}

function customerColumns(format: Formatter): Column<Customer>[] {
  return [
    { id: 'name', header: 'Customer', value: (row) => row.name, total: 'Total' },
    { id: 'plan', header: 'Plan', value: (row) => row.plan, cell: (row) => <Badge>{row.plan}</Badge>, width: 110 },
    {
      id: 'since',
      header: 'Since',
      value: (row) => row.since,
      text: (row) => format.day(plainDay(row.since)),
      width: 120,
    },
    { id: 'health', header: 'Health', value: (row) => row.health, align: 'end', width: 80 },
    {
      id: 'mrr',
      header: 'MRR',
      align: 'end',
      width: 120,
      value: (row) => row.mrr,
      text: (row) => format.money(money(row.mrr, USD)),
      exported: (row) => decimalText(minor(row.mrr), USD),
      total: '$12,345.00',
    },
  ];
}

function CustomerTable({ count, state }: { count: number; state: DataState }): ReactNode {
  const format = useFormat();
  const columns = useMemo(() => customerColumns(format), [format]);
  const rows = useMemo(() => customers(count), [count]);
  return (
    <DataTable
      label="Customers"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      state={state}
      initialSort={{ column: 'mrr', descending: true }}
      exportName="customers"
      toolbar={format.count(count, { one: 'customer', other: 'customers' })}
      onOpen={open}
    />
  );
}
