/** Who carries the revenue, how much hangs on few, who left and who may leave. */
import type { ReactNode } from 'react';
import type { BoardPack } from '../../../../../shared/contract/reports.ts';
import { moneyUnit } from '../../../../lib/unit.ts';
import { useFormat } from '../../../../lib/format-context.tsx';
import { CustomerLink, FigureLink } from './row-links.tsx';
import { Part, Sheet } from './sheet.tsx';

type CustomerLine = BoardPack['largest'][number];

export function Customers({ pack }: { pack: BoardPack }): ReactNode {
  const format = useFormat();
  return (
    <Sheet title="Customers">
      <Part title="Concentration" note="Share of MRR with the largest customers.">
        <Concentration pack={pack} />
      </Part>
      <Part title="Largest customers" note={`By MRR on ${format.day(pack.asOf)}.`}>
        <Lines pack={pack} lines={pack.largest} empty="No paying customer." shares />
      </Part>
      <Part title="Churned in the month" note="Largest first; MRR is what they paid before.">
        <Lines pack={pack} lines={pack.churned} empty="No customer churned in this month." />
      </Part>
      <Part title="At risk" note="Past due, cancelling, or with a failed payment; largest first.">
        <Lines pack={pack} lines={pack.atRisk} empty="No customer shows a sign of leaving." />
      </Part>
    </Sheet>
  );
}

function Concentration({ pack }: { pack: BoardPack }): ReactNode {
  const format = useFormat();
  const shares = [
    { title: 'Largest', value: pack.concentration.top1 },
    { title: 'Top 5', value: pack.concentration.top5 },
    { title: 'Top 10', value: pack.concentration.top10 },
    { title: 'Top 20', value: pack.concentration.top20 },
  ];
  return (
    <dl className="grid grid-cols-4 gap-4">
      {shares.map(({ title, value }) => (
        <div key={title}>
          <dt className="flex justify-between text-sm">
            <span className="text-muted">{title}</span>
            <span className="font-semibold">
              <FigureLink why="concentration" to={pack.asOf}>
                {format.percent(value)}
              </FigureLink>
            </span>
          </dt>
          <dd aria-hidden className="mt-1 h-1.5 rounded-full bg-fill">
            <span
              className="block h-full rounded-full bg-accent"
              style={{ width: `${Math.min(1, value ?? 0) * 100}%` }}
            />
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface LinesProps {
  pack: BoardPack;
  lines: readonly CustomerLine[];
  empty: string;
  shares?: boolean;
}

function Lines({ pack, lines, empty, shares = false }: LinesProps): ReactNode {
  const format = useFormat();
  const unit = moneyUnit(pack.currency);
  if (lines.length === 0) return <p className="text-muted">{empty}</p>;
  const head = 'py-1 text-xs font-medium text-muted';
  return (
    <table>
      <thead>
        <tr className="border-b border-line-strong text-left">
          <th scope="col" className={head}>
            Customer
          </th>
          <th scope="col" className={head}>
            Plan
          </th>
          <th scope="col" className={`${head} text-right`}>
            MRR
          </th>
          {shares && (
            <th scope="col" className={`${head} text-right`}>
              Share
            </th>
          )}
          <th scope="col" className={`${head} pl-5`}>
            Note
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.customerId} className="border-b border-line">
            <th scope="row" className="py-[3px] text-left font-medium">
              <CustomerLink customerId={line.customerId}>{line.name}</CustomerLink>
            </th>
            <td className="text-muted">{line.plan ?? '—'}</td>
            <td className="text-right font-semibold">{format.value(line.mrr, unit)}</td>
            {shares && <td className="text-right text-muted">{format.percent(line.share)}</td>}
            <td className="pl-5 text-muted">{line.note}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
