/** What became known of the month after it was closed: every line as reported and as known, and the largest entries. */
import type { ReactNode } from 'react';
import type { BoardPack } from '../../../../../shared/contract/reports.ts';
import { money } from '../../../../../shared/kernel/money.ts';
import { LINE_WORDS } from '../../../../lib/closing-lines.ts';
import { useFormat } from '../../../../lib/format-context.tsx';
import { Part, Sheet } from './sheet.tsx';

type Restatements = NonNullable<BoardPack['restated']>;
export function Restated({ pack, restated }: { pack: BoardPack; restated: Restatements }): ReactNode {
  const format = useFormat();
  const amount = (value: number, signed = false): string =>
    format.money(money(value, restated.currency), signed ? { signed } : {});
  const head = 'py-1 text-right text-xs font-medium text-muted';
  return (
    <Sheet title="Restatements">
      <Part
        title={`${format.month(pack.month, 'long')}, as reported and as known`}
        note={`The pages before show the month ${pack.shows === 'reported' ? 'as it was reported' : 'as it is known today'}. ARR and its movements are a year’s worth.`}
      >
        <table>
          <thead>
            <tr className="border-b border-line-strong">
              <th scope="col" className="py-1 text-left text-xs font-medium text-muted">
                Line
              </th>
              <th scope="col" className={head}>
                As reported
              </th>
              <th scope="col" className={head}>
                Restated
              </th>
              <th scope="col" className={head}>
                As known
              </th>
            </tr>
          </thead>
          <tbody>
            {restated.lines.map(({ line, reported, restated: change, known }) => (
              <tr key={line} className="border-b border-line">
                <th
                  scope="row"
                  className={`py-[2px] text-left ${line === 'closing' ? 'font-semibold' : 'font-normal'}`}
                >
                  {LINE_WORDS[line]}
                </th>
                <td className="text-right">{amount(reported)}</td>
                <td className="text-right">{change === 0 ? '—' : amount(change, true)}</td>
                <td className="text-right font-semibold">{amount(known)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Part>
      <Part
        title="Why"
        note={
          restated.entries > restated.rows.length
            ? `The largest ${format.count(restated.rows.length)} of ${format.count(restated.entries)} entries`
            : format.count(restated.entries, { one: 'entry', other: 'entries' })
        }
      >
        <table>
          <thead>
            <tr className="border-b border-line-strong">
              <th scope="col" className="w-[24%] py-1 text-left text-xs font-medium text-muted">
                Customer
              </th>
              <th scope="col" className="py-1 pl-3 text-left text-xs font-medium text-muted">
                Line
              </th>
              <th scope="col" className={head}>
                Change
              </th>
              <th scope="col" className="py-1 pl-4 text-left text-xs font-medium text-muted">
                Cause
              </th>
            </tr>
          </thead>
          <tbody>
            {restated.rows.map((row, index) => (
              <tr key={`${row.line} ${row.customerName} ${index}`} className="border-b border-line align-top">
                <th scope="row" className="py-[2px] text-left font-normal">
                  {row.customerName ?? 'All of the company'}
                </th>
                <td className="py-[2px] pl-3 whitespace-nowrap">{LINE_WORDS[row.line]}</td>
                <td className="py-[2px] pl-3 text-right font-medium whitespace-nowrap">{amount(row.change, true)}</td>
                <td className="py-[2px] pl-4 text-pretty text-muted">
                  {row.detail} Found {format.instant(row.foundAt)}.
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Part>
    </Sheet>
  );
}
