/** The cover: whose figures, of which month, as of when, from which sources, by which rules. */
import type { ReactNode } from 'react';
import type { BoardPack } from '../../../../../shared/contract/reports.ts';
import { money } from '../../../../../shared/kernel/money.ts';
import type { Formatter } from '../../../../lib/format.ts';
import { useFormat } from '../../../../lib/format-context.tsx';
import { Mark } from '../../../../ui/mark.tsx';

/** `logo`: the company's picture as a data address; null: none. */
export function Cover({ pack, logo }: { pack: BoardPack; logo: string | null }): ReactNode {
  const format = useFormat();
  return (
    <header className="board-cover">
      <div className="flex items-center gap-2 text-sm text-muted">
        <Mark size={20} />
        Vario
        {logo !== null && <img src={logo} alt={pack.companyName} className="ml-auto h-10 max-w-48 object-contain" />}
      </div>
      <div className="mt-44">
        <p className="text-lg text-muted">{pack.companyName}</p>
        <h1 className="mt-1 text-3xl leading-tight font-semibold tracking-tight">
          Board pack
          <br />
          {format.month(pack.month, 'long')}
        </h1>
        {format.calendar.fiscalYearStartMonth !== 1 && (
          <p className="mt-1 text-lg text-muted">Fiscal quarter {format.quarter(pack.month)}</p>
        )}
        {!pack.final && (
          <p className="mt-3 inline-block rounded-sm bg-warn-soft px-2 py-0.5 text-sm text-warn">
            Preliminary: the month is still running
          </p>
        )}
        <Headline pack={pack} />
      </div>
      <dl className="mt-auto grid grid-cols-[9rem_1fr] gap-y-1.5 border-t border-line-strong pt-4 text-sm">
        <dt className="text-muted">Figures as of</dt>
        <dd>
          {format.day(pack.asOf, 'long')}, end of the day in {pack.timeZone.replaceAll('_', ' ')}
        </dd>
        <dt className="text-muted">Shown</dt>
        <dd>{basisText(pack, format)}</dd>
        <dt className="text-muted">Computed</dt>
        <dd>{format.instant(pack.computedAt, 'long')}</dd>
        <dt className="text-muted">Currency</dt>
        <dd>{pack.currency}</dd>
        <dt className="text-muted">Rules</dt>
        <dd>Policy “{pack.policy}”; every definition is on the last pages</dd>
        <dt className="text-muted">Sources</dt>
        <dd>
          {pack.sources.length === 0 && 'none'}
          {pack.sources.map((source) => (
            <p key={source.name}>
              {source.name}, {source.syncedAt === null ? 'not synced' : `synced ${format.instant(source.syncedAt)}`},{' '}
              {source.complete ? 'proven complete' : 'not proven complete'}
            </p>
          ))}
        </dd>
      </dl>
    </header>
  );
}

/** Which of two truths the pack prints: what was reported when the month was closed, or what is known today. */
function basisText({ shows, close, restated }: BoardPack, format: Formatter): string {
  if (close === null) return 'As known today; the month is not closed';
  const closed = `${format.instant(close.closedAt)}, version ${close.version}, seal ${close.hash.slice(0, 12)}`;
  const later =
    restated === null
      ? 'nothing was restated since'
      : `${format.count(restated.entries, { one: 'restatement', other: 'restatements' })} since, on a page of their own`;
  return shows === 'reported'
    ? `As reported at the close of ${closed}; ${later}`
    : `As known today; closed ${closed}; ${later}`;
}

function Headline({ pack }: { pack: BoardPack }): ReactNode {
  const format = useFormat();
  const { current } = pack;
  const amount = (value: number | null): string =>
    value === null ? '—' : format.money(money(value, current.currency), { form: 'whole' });
  const facts = [
    { name: 'ARR', value: amount(current.arr) },
    { name: 'MRR', value: amount(current.mrr) },
    { name: 'Customers', value: format.count(current.customers) },
    { name: 'NRR, 12 months', value: format.percent(current.nrr) },
  ];
  return (
    <dl className="mt-12 grid grid-cols-4 gap-4 border-y border-line py-4">
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt className="text-xs text-muted">{name}</dt>
          <dd className="text-xl font-semibold tracking-tight">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
