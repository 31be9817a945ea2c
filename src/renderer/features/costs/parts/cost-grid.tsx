/** Months across, kinds and channels down: typed into like a spreadsheet. Sums stand in the reporting currency. */
import { useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { COST_KIND_TITLES, type CostSheet } from '../../../../shared/contract/costs.ts';
import { monthOf, type PlainDay, type PlainMonth } from '../../../../shared/kernel/day.ts';
import { money } from '../../../../shared/kernel/money.ts';
import { classNames } from '../../../lib/class-names.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { NO_VALUE } from '../../../../shared/formats/number.ts';
import { Button } from '../../../ui/button.tsx';
import { cellId, costsByCell, type GridGroup, type GridRow } from '../grid-model.ts';
import type { CostActs } from '../use-costs.ts';
import { useGrid } from '../use-grid.ts';
import { CellNote } from './cell-note.tsx';
import { CostCell } from './cost-cell.tsx';

export interface CostGridProps {
  sheet: CostSheet;
  months: readonly PlainMonth[];
  groups: readonly GridGroup[];
  today: PlainDay;
  acts: CostActs;
}

/** More rows than a screen holds many times over come in steps. */
const STEP = 150;
const HEAD = 'sticky left-0 z-10 bg-surface px-3 text-left font-normal';

export function CostGrid({ sheet, months, groups, today, acts }: CostGridProps): ReactNode {
  const format = useFormat();
  const [most, setMost] = useState(STEP);
  const scroller = useRef<HTMLDivElement>(null);
  const all = groups.flatMap((group) => group.rows);
  const rows = all.slice(0, most);
  const places = new Map(rows.map((row, index) => [row.id, index]));
  const nameOf = (row: GridRow, month: PlainMonth): string =>
    `${[COST_KIND_TITLES[row.kind], row.channel].filter((part) => part !== null).join(', ')}, ${format.month(month)}`;
  const table = useRef<HTMLTableElement>(null);
  const costs = useMemo(() => costsByCell(sheet), [sheet]);
  const grid = useGrid({ table, rows, months, costs, acts, nameOf });
  const count = months.length;
  // The newest months are what one comes for.
  useLayoutEffect(() => {
    if (count > 0 && scroller.current !== null) scroller.current.scrollLeft = scroller.current.scrollWidth;
  }, [count]);
  const sums = new Map(sheet.months.map((each) => [each.month, each]));
  return (
    <div data-costs className="flex min-w-0 flex-col">
      <div ref={scroller} className="overflow-x-auto">
        <table
          ref={table}
          aria-label="Costs by month"
          className="w-full border-separate border-spacing-0 text-sm tabular-nums"
        >
          <thead>
            <tr>
              <th scope="col" className={classNames(HEAD, 'h-8 min-w-48 border-b border-line text-xs text-muted')}>
                Kind and channel
              </th>
              {months.map((month) => (
                <th
                  key={month}
                  scope="col"
                  className="h-8 min-w-20 border-b border-line px-2 text-right text-xs font-medium whitespace-nowrap text-muted"
                >
                  {format.month(month)}
                  {month === monthOf(today) && <span className="block text-2xs font-normal text-subtle">so far</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <GroupRows key={group.kind} group={group} sums={sums} months={months} sheet={sheet}>
                {group.rows.map((row) => {
                  const place = places.get(row.id);
                  return (
                    place !== undefined && (
                      <tr key={row.id} className="hover:bg-hover/50">
                        <th
                          scope="row"
                          title={row.label}
                          className={classNames(
                            HEAD,
                            'h-8 max-w-56 truncate border-b border-line/60 text-ink',
                            row.inside && 'pl-7',
                          )}
                        >
                          {row.label} <span className="text-2xs text-subtle">{row.currency}</span>
                        </th>
                        {months.map((month, column) => (
                          <CostCell
                            key={month}
                            grid={grid}
                            row={row}
                            month={month}
                            place={{ row: place, column }}
                            name={nameOf(row, month)}
                          />
                        ))}
                      </tr>
                    )
                  );
                })}
              </GroupRows>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" className={classNames(HEAD, 'h-9 font-semibold! text-ink')}>
                Total in {sheet.currency}
              </th>
              {months.map((month) => {
                const sum = sums.get(month);
                return (
                  <td
                    key={month}
                    title={sum?.reason ?? undefined}
                    className={classNames(
                      'px-2 text-right font-semibold',
                      sum?.total == null ? 'text-subtle' : 'text-ink',
                    )}
                  >
                    {amountText(sum?.total ?? null, sheet, format)}
                  </td>
                );
              })}
            </tr>
          </tfoot>
        </table>
      </div>
      {grid.cell !== null && (
        <CellNote
          key={`${cellId(grid.cell.row, grid.cell.month)} ${grid.costAt(grid.cell.row, grid.cell.month)?.note ?? ''}`}
          name={nameOf(grid.cell.row, grid.cell.month)}
          cost={grid.costAt(grid.cell.row, grid.cell.month)}
          onKeep={grid.note}
          onLeave={() => grid.select(grid.active)}
        />
      )}
      {grid.problem !== null && (
        <p role="alert" className="border-t border-line px-3 py-2 text-loss">
          {grid.problem}
        </p>
      )}
      {all.length > rows.length && (
        <div className="border-t border-line p-3">
          <Button size="sm" onClick={() => setMost(most + STEP)}>
            Show more of {format.count(all.length)} rows
          </Button>
        </div>
      )}
    </div>
  );
}

interface GroupRowsProps {
  group: GridGroup;
  sums: ReadonlyMap<PlainMonth, CostSheet['months'][number]>;
  months: readonly PlainMonth[];
  sheet: CostSheet;
  children: ReactNode;
}

/** A kind’s rows below its sums, where it has several. */
function GroupRows({ group, sums, months, sheet, children }: GroupRowsProps): ReactNode {
  const format = useFormat();
  if (!group.summed) return children;
  return (
    <>
      <tr>
        <th scope="row" className={classNames(HEAD, 'h-8 border-b border-line/60 text-ink')}>
          {group.title}
        </th>
        {months.map((month) => (
          <td key={month} className="border-b border-line/60 px-2 text-right text-muted">
            {amountText(sums.get(month)?.kinds[group.kind] ?? null, sheet, format)}
          </td>
        ))}
      </tr>
      {children}
    </>
  );
}

function amountText(amount: CostSheet['months'][number]['total'], { currency }: CostSheet, format: Formatter): string {
  return amount === null ? NO_VALUE : format.money(money(amount, currency), { form: 'whole' });
}
