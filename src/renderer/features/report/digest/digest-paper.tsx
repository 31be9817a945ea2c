/** A digest on paper: heading, sentences, figures, what belongs to the week alone, and every section. */
import type { ReactNode } from 'react';
import type { DigestLine, DigestReport, DigestSection } from '../../../../shared/contract/digest.ts';
import { changeBetween, changeText } from '../../../lib/change.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { moneyUnit, type Quantity } from '../../../lib/unit.ts';
import { figureValue, groupsOf, GROUP_TITLES, stretchText, sumText } from '../../../ui/digest/digest-words.ts';
import { Sentence } from '../../../ui/digest/sentence.tsx';
import { Mark } from '../../../ui/mark.tsx';
import type { Paper } from '../board/paper.ts';

export interface DigestPaperProps {
  report: DigestReport;
  paper: Paper;
  /** What the second column of the figures holds. */
  before: string;
  children?: ReactNode;
}

export function DigestPaper({ report, paper, before, children }: DigestPaperProps): ReactNode {
  const format = useFormat();
  return (
    <main data-theme="light" className={paper === 'A4' ? 'board board-a4 relative' : 'board board-letter relative'}>
      <header className="flex items-start gap-4 border-b border-line-strong pb-3">
        <div className="min-w-0 flex-1">
          <p className="text-sm text-muted">{report.companyName}</p>
          <h1 className="text-2xl font-semibold tracking-tight">{report.kind === 'daily' ? 'Today' : 'The week'}</h1>
          <p className="text-sm text-muted">{stretchText(report, format)}</p>
        </div>
        <p className="flex items-center gap-2 text-sm text-muted">
          <Mark size={18} />
          Vario
        </p>
      </header>
      <section className="board-part" aria-label="In short">
        <ul className="flex flex-col gap-1">
          {report.summary.map((sentence) => (
            <li key={sentence} className="border-l-2 border-accent pl-3 leading-snug text-pretty">
              <Sentence text={sentence} />
            </li>
          ))}
        </ul>
      </section>
      <FigureTable report={report} before={before} />
      {children}
      {groupsOf(report.sections).map((of) => (
        <section key={of.group} className="mt-5">
          <h2 className="border-b border-line-strong pb-1 text-base font-semibold">{GROUP_TITLES[of.group]}</h2>
          {of.filled.map((section) => (
            <PaperSection key={section.id} section={section} report={report} />
          ))}
          <div className="mt-2 text-xs text-pretty text-subtle">
            {of.empty.length > 0 && <p>None: {format.list(of.empty.map(({ title }) => title.toLowerCase()))}</p>}
            {of.unknown.map(({ id, title, reason }) => (
              <p key={id}>
                {title}: — ({reason})
              </p>
            ))}
          </div>
        </section>
      ))}
      <Foot report={report} />
    </main>
  );
}

function FigureTable({ report, before }: Pick<DigestPaperProps, 'report' | 'before'>): ReactNode {
  const format = useFormat();
  const head = 'py-1 text-right text-xs font-medium text-muted';
  return (
    <section className="board-part">
      <h2 className="text-base font-semibold">Figures</h2>
      <table>
        <thead>
          <tr className="border-b border-line-strong">
            <th scope="col" className="py-1 text-left text-xs font-medium text-muted">
              Figure
            </th>
            <th scope="col" className={head}>
              Now
            </th>
            <th scope="col" className={head}>
              {before}
            </th>
            <th scope="col" className={head}>
              Change
            </th>
          </tr>
        </thead>
        <tbody>
          {report.figures.map((figure) => {
            const { now, before: then } = figureValue(figure, report.currency);
            const change = changeBetween(now, then, figure.better);
            return (
              <tr key={figure.id} className="border-b border-line">
                <th scope="row" className="py-[2px] text-left font-normal">
                  {figure.label}
                  {now.value === null && <span className="text-xs text-subtle"> ({now.reason})</span>}
                </th>
                <td className="text-right font-semibold">{written(now, format)}</td>
                <td className="text-right text-muted">{written(then, format)}</td>
                <td className="text-right font-medium text-muted">
                  {change === null ? '—' : changeText(change, now, format)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** Money without decimals; shares with one, because a week moves them by less than a whole one. */
function written(value: Quantity, format: Formatter): string {
  return format.quantity(value, { form: value.unit.kind === 'money' ? 'whole' : 'full' });
}

function PaperSection({ section, report }: { section: DigestSection; report: DigestReport }): ReactNode {
  const format = useFormat();
  return (
    // Long lists go over pages: kept together they would leave half of one empty.
    <div className="mt-3.5">
      <h3 className="flex gap-2 text-sm font-semibold">
        {section.title}
        <span className="font-normal text-muted">{format.count(section.count)}</span>
        <span className="ml-auto">{sumText(section, report.currency, format)}</span>
      </h3>
      {section.note !== null && <p className="text-xs text-muted">{section.note}</p>}
      <table>
        <tbody>
          {section.lines.map((line, index) => (
            <PaperLine key={`${line.who} ${index}`} line={line} />
          ))}
        </tbody>
      </table>
      {section.more > 0 && <p className="text-xs text-subtle">and {format.count(section.more)} more</p>}
    </div>
  );
}

function PaperLine({ line }: { line: DigestLine }): ReactNode {
  const format = useFormat();
  const { who, on, what, note, amount, currency } = line;
  const details = [what, note].filter((part) => part !== null).join(' · ');
  return (
    <tr className="border-b border-line">
      <td className="w-16 py-[2px] pr-3 align-baseline text-xs whitespace-nowrap text-muted">
        {on === null ? '' : format.day(on, 'short')}
      </td>
      <th scope="row" className="py-[2px] text-left font-normal">
        {who}
        {details !== '' && <span className="ml-2 text-xs text-muted">{details}</span>}
      </th>
      <td className="w-24 text-right align-baseline">
        {amount === null || currency === null ? '' : format.value(amount, moneyUnit(currency), { form: 'whole' })}
      </td>
    </tr>
  );
}

function Foot({ report }: { report: DigestReport }): ReactNode {
  const format = useFormat();
  return (
    <footer className="board-part flex flex-col gap-1 border-t border-line-strong pt-2 text-xs text-muted">
      {report.caveats.map((caveat) => (
        <p key={caveat}>{caveat}</p>
      ))}
      <p>
        Sources:{' '}
        {report.sources.length === 0
          ? 'none is connected'
          : report.sources
              .map(({ name, syncedAt }) =>
                syncedAt === null ? `${name} (not synced)` : `${name} (synced ${format.instant(syncedAt)})`,
              )
              .join(', ')}
        . Computed {format.instant(report.computedAt, 'long')}; days in {report.timeZone.replaceAll('_', ' ')}; amounts
        in {report.currency}; policy “{report.policy}”.
      </p>
    </footer>
  );
}
