/** What became, or would become, of the rows: how many were taken in, what they changed, and why others were not. */
import type { ReactNode } from 'react';
import type { ImportReport } from '../../../../shared/contract/files.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import type { Formatter } from '../../../lib/format.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { reportText } from '../words.ts';
import { RejectedTable } from './rejected-rows.tsx';

export function Report({ report, actions }: { report: ImportReport; actions?: ReactNode }): ReactNode {
  const format = useFormat();
  const { reasons, rejected, rejectedRows, notes, dryRun } = report;
  return (
    <Tile
      title={dryRun ? 'What the import would do' : `${report.file} is imported`}
      subtitle={reportText(report, format)}
      actions={actions}
    >
      <div className="flex flex-col gap-4">
        <dl className="grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-3">
          {countsOf(report, format).map(({ label, text }) => (
            <div key={label} className="flex flex-col">
              <dt className="text-xs text-muted">{label}</dt>
              <dd className="text-md font-semibold tabular-nums">{text}</dd>
            </div>
          ))}
        </dl>
        {notes.length > 0 && (
          <ul className="flex list-disc flex-col gap-0.5 pl-4 text-muted">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
        {reasons.length > 0 && (
          <section className="flex flex-col gap-1">
            <h3 className="text-sm font-semibold">
              Why {format.count(rejected, { one: 'row is', other: 'rows are' })} left out
            </h3>
            <DataTable
              label="Reasons"
              rows={reasons}
              rowKey={({ reason }) => reason}
              maxHeight={240}
              columns={[
                { id: 'reason', header: 'Reason', value: ({ reason }) => reason },
                {
                  id: 'rows',
                  header: 'Rows',
                  align: 'end',
                  width: 90,
                  value: ({ rows }) => rows,
                  text: ({ rows }) => format.count(rows),
                },
                {
                  id: 'first',
                  header: 'First on line',
                  align: 'end',
                  width: 110,
                  value: ({ firstLine }) => firstLine,
                  text: ({ firstLine }) => format.count(firstLine),
                },
              ]}
            />
          </section>
        )}
        {rejectedRows.length > 0 && (
          <section className="flex flex-col gap-1">
            <h3 className="text-sm font-semibold">
              {rejectedRows.length < rejected ? `The first ${format.count(rejectedRows.length)} of them` : 'The rows'}
            </h3>
            <RejectedTable rows={rejectedRows} />
          </section>
        )}
      </div>
    </Tile>
  );
}

function countsOf(report: ImportReport, format: Formatter): { label: string; text: string }[] {
  const all = [
    { label: 'New', count: report.added, always: true },
    { label: 'Changed', count: report.changed, always: true },
    { label: 'Known already', count: report.unchanged, always: true },
    { label: 'Twice in the file', count: report.repeated, always: false },
    { label: 'Left to a connected source', count: report.conflicts, always: false },
    { label: 'Left out', count: report.rejected, always: true },
  ];
  return all
    .filter(({ count, always }) => always || count > 0)
    .map(({ label, count }) => ({ label, text: format.count(count) }));
}
