/** Everything that changed since the last look, in one list, with the reason for each figure of the past that differs. */
import { Link } from '@tanstack/react-router';
import { ExternalLink as ExternalLinkIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Since } from '../../../../shared/contract/since.ts';
import { currencyCode, isCurrencyCode } from '../../../../shared/kernel/currency.ts';
import { money as moneyOf } from '../../../../shared/kernel/money.ts';
import { ExternalLink, useOpenTarget } from '../../../lib/address/index.ts';
import { classNames } from '../../../lib/class-names.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { moneyUnit } from '../../../lib/unit.ts';
import { Sheet } from '../../../ui/dialog.tsx';
import { partsOf, PART_WORDS } from '../since-words.ts';
import { KIND_WORDS } from './latest-movements.tsx';
import { LinkedName } from './linked-name.tsx';

export function SinceSheet({ since, onClose }: { since: Since; onClose: () => void }): ReactNode {
  const format = useFormat();
  const unit = moneyUnit(since.currency);
  const signed = (amount: number): string => format.value(amount, unit, { signed: true });
  return (
    <Sheet
      open
      onClose={onClose}
      title="Since the last look"
      description={
        since.lookedAt === null
          ? 'This is the first visit.'
          : `The cockpit was last looked at on ${format.instant(since.lookedAt, 'long')}. A visit ends after 30 minutes of absence.`
      }
      className="max-sm:w-screen"
    >
      <div className="-mx-4 flex flex-col gap-5 pt-1.5">
        {since.nothing && <p className="px-4 text-muted">Nothing changed.</p>}
        {since.mrr !== null && (
          <Part title="MRR">
            <table className="mx-4 w-[calc(100%-2rem)]" aria-label="MRR since the last look">
              <tbody>
                <Step label="Then" amount={format.value(since.mrr.from, unit)} strong />
                {partsOf(since.mrr).map(({ part, amount }) => (
                  <Step
                    key={part}
                    label={PART_WORDS[part]}
                    amount={signed(amount)}
                    tone={amount < 0 ? 'loss' : 'gain'}
                  />
                ))}
                <Step label="Now" amount={format.value(since.mrr.to, unit)} strong />
              </tbody>
            </table>
          </Part>
        )}
        <Rows title="Customers" list={since.customers}>
          {(row) => (
            <LinkedName
              key={row.customerId}
              customerId={row.customerId}
              name={row.name}
              day={format.day(row.on, 'short')}
              note={row.converted ? 'Converted from a trial' : KIND_WORDS[row.kind]}
              amount={signed(row.change)}
              tone={row.change < 0 ? 'loss' : 'gain'}
            />
          )}
        </Rows>
        <Rows title="Figures of earlier days that differ now" list={since.past}>
          {(row) => (
            <div key={row.customerId} className="py-0.5">
              <LinkedName
                customerId={row.customerId}
                name={row.name}
                day={format.day(row.on, 'short')}
                note={`${KIND_WORDS[row.kind]}, MRR since then`}
                amount={signed(row.change)}
                tone={row.change < 0 ? 'loss' : 'gain'}
              />
              <p className="flex items-center gap-1.5 pr-4 pl-[4.375rem] text-xs text-pretty text-muted">
                {row.because}
                {row.sourceUrl !== null && (
                  <ExternalLink href={row.sourceUrl}>
                    <span className="sr-only">Evidence</span>
                    <ExternalLinkIcon size={12} aria-hidden />
                  </ExternalLink>
                )}
              </p>
            </div>
          )}
        </Rows>
        {since.closedMonthEntries > 0 && (
          <p className="px-4 text-muted">
            {format.count(since.closedMonthEntries, { one: 'entry', other: 'entries' })} joined the{' '}
            <Link to="/reconciliation" search={{ tab: 'months' }} className="font-medium text-ink underline">
              restatements of closed months
            </Link>
            .
          </p>
        )}
        <Rows title="Called off" list={since.calledOff}>
          {(row) => (
            <LinkedName
              key={`${row.customerId} ${row.at}`}
              customerId={row.customerId}
              name={row.name}
              note={[row.reason, row.endsOn === null ? 'has ended' : `ends ${format.day(row.endsOn, 'short')}`]
                .filter((part) => part !== null)
                .join(', ')}
              amount={row.mrr === null ? '—' : format.value(row.mrr, unit)}
              tone="loss"
            />
          )}
        </Rows>
        <Payments title="Payments that failed" list={since.failed} />
        <Payments title="Payments that were recovered" list={since.recovered} />
        {since.sources.length > 0 && (
          <Part title="Sources that failed">
            {since.sources.map((source) => (
              <p key={source.sourceId} className="px-4 py-1">
                <Link to="/sources" className="font-medium text-ink hover:underline">
                  {source.name}
                </Link>{' '}
                <span className="text-muted">
                  {format.count(source.failures, { one: 'failed sync', other: 'failed syncs' })},{' '}
                  {source.works ? 'works again' : 'still fails'}: {source.message}
                </span>
              </p>
            ))}
          </Part>
        )}
        <Alerts title="Alerts opened" list={since.alertsOpened} />
        <Alerts title="Alerts that are over" list={since.alertsClosed} />
      </div>
    </Sheet>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section aria-label={title}>
      <h3 className="px-4 pb-1 text-xs font-semibold text-subtle">{title}</h3>
      {children}
    </section>
  );
}

function Step(props: { label: string; amount: string; strong?: boolean; tone?: 'gain' | 'loss' }): ReactNode {
  const { label, amount, strong = false, tone } = props;
  const color = tone === 'gain' ? 'text-gain' : tone === 'loss' ? 'text-loss' : 'text-ink';
  return (
    <tr className="border-t border-line first:border-t-0">
      <th scope="row" className={classNames('h-7 text-left', strong ? 'font-semibold' : 'font-normal text-muted')}>
        {label}
      </th>
      <td className={classNames('text-right', strong ? 'font-semibold' : 'font-medium', color)}>{amount}</td>
    </tr>
  );
}

interface List<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
}

/** Nothing where the list is empty; what is cut off is counted. */
function Rows<Row>(props: { title: string; list: List<Row>; children: (row: Row) => ReactNode }): ReactNode {
  const { title, list, children } = props;
  const format = useFormat();
  if (list.total === 0) return null;
  return (
    <Part title={`${title} (${format.count(list.total)})`}>
      {list.rows.map((row) => children(row))}
      {list.total > list.rows.length && (
        <p className="px-4 py-1 text-xs text-subtle">
          {format.count(list.total - list.rows.length)} more are not listed
        </p>
      )}
    </Part>
  );
}

function Payments({ title, list }: { title: string; list: Since['failed'] }): ReactNode {
  const format = useFormat();
  return (
    <Rows title={title} list={list}>
      {(row) => {
        const amount = isCurrencyCode(row.currency)
          ? format.money(moneyOf(row.amount, currencyCode(row.currency)))
          : row.currency;
        const note = [row.code?.replaceAll('_', ' '), format.instant(row.at)].filter((part) => part !== undefined);
        const key = `${row.at} ${row.name} ${row.amount}`;
        return row.customerId === null ? (
          <p key={key} className="flex h-7 items-center gap-2 px-4">
            <span className="flex-1 truncate">{row.name}</span>
            <span className="text-xs text-muted">{note.join(', ')}</span>
            <span className="font-medium">{amount}</span>
          </p>
        ) : (
          <LinkedName key={key} customerId={row.customerId} name={row.name} note={note.join(', ')} amount={amount} />
        );
      }}
    </Rows>
  );
}

function Alerts({ title, list }: { title: string; list: Since['alertsOpened'] }): ReactNode {
  const format = useFormat();
  const openTarget = useOpenTarget();
  return (
    <Rows title={title} list={list}>
      {(alert) => (
        <button
          key={alert.alertId}
          type="button"
          className="flex w-full items-center gap-2 px-4 py-1 text-left hover:bg-hover"
          onClick={() => openTarget(alert.target)}
        >
          <span className="min-w-0 flex-1 truncate text-ink">{alert.title}</span>
          <span className="shrink-0 text-xs text-subtle">{format.instant(alert.at)}</span>
        </button>
      )}
    </Rows>
  );
}
