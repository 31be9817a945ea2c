/** The rows behind a figure. Their amounts add up to it; each leads to its customer and to the object at the vendor. */
import { CircleHelp } from 'lucide-react';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ExplainRow } from '../../../shared/contract/metrics.ts';
import { WholeCompany, type EvidenceSearch } from '../../lib/address/index.ts';
import type { Formatter } from '../../lib/format.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { PERCENT } from '../../lib/unit.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Sheet } from '../../ui/dialog.tsx';
import { isReconstructed } from '../../ui/evidence-badge.tsx';
import { FilterNote } from '../../ui/filter-note.tsx';
import type { Column } from '../../ui/table-model.ts';
import { AllRowsButton } from './all-rows-button.tsx';
import { DividedBy } from './divided-by.tsx';
import { evidenceColumns, evidenceUnit } from './evidence-columns.tsx';
import { useExplain, type Explained, type ReadingAnswer } from './use-explain.ts';

export interface WhySheetProps {
  request: EvidenceSearch;
  onClose: () => void;
  onHow: (metric: string) => void;
}

/** Columns that no row fills take no room: a stock has no day and no kind. Among customers, other rows stand in their column. */
function hasValues(column: Column<ExplainRow>, rows: readonly ExplainRow[]): boolean {
  if (column.id === 'what' && rows.some(({ customerName }) => customerName !== null)) return false;
  return rows.length === 0 || rows.some((row) => column.value(row) !== null);
}

const READING: Readonly<Record<ReadingAnswer['as'], string>> = {
  mean: 'Each row is one of those counted; the figure is the mean of these rows.',
  median: 'These rows do not add up to the figure: it is the middle one of them.',
  nineTenths: 'These rows do not add up to the figure: nine in ten of them are within it.',
};

/** The figure as the rows give it, in its definition’s own unit: a mean of ones and noughts is a share. */
function readingText({ reading, unit, currency, definition }: Explained, format: Formatter): string {
  if (unit === undefined || reading === null || reading.value === null) return '';
  const shown = definition?.unit === 'ratio' ? PERCENT : evidenceUnit(unit, currency);
  return shown === undefined ? '' : format.value(reading.value, shown);
}

export function WhySheet({ request, onClose, onHow }: WhySheetProps): ReactNode {
  const explain = useExplain(request);
  const format = useFormat();
  const navigate = useNavigate();
  const { definition, currency } = explain;
  const title = definition?.title ?? request.why ?? '';
  const unit = explain.unit === undefined ? undefined : evidenceUnit(explain.unit, currency);
  const when =
    request.from === undefined
      ? `at the end of ${format.day(explain.input?.to ?? null)}`
      : `from ${format.day(request.from)} to ${format.day(explain.input?.to ?? null)}`;
  const total = unit === undefined || explain.total === undefined ? '' : format.value(explain.total, unit);
  const is = explain.reading === null ? (explain.dividedBy === null ? total : '') : readingText(explain, format);
  return (
    <Sheet
      open={request.why !== undefined}
      onClose={onClose}
      title={`Why ${title}${request.kind === undefined ? '' : `: ${request.kind}`} ${is === '' ? '' : `is ${is}`}`}
      description={`The rows behind it, ${when}.`}
      className="w-[min(76rem,100vw)]"
    >
      {explain.dividedBy !== null && (
        <WholeCompany value={request.whole === 'yes'}>
          <DividedBy sum={total} dividedBy={explain.dividedBy} currency={currency} />
        </WholeCompany>
      )}
      <FilterNote ignores={['rates']} because="each row is as it was recorded" className="mb-2" />
      {request.whole === 'yes' && (
        <FilterNote ignores={['slice', 'policy']} because="the figure does not follow the filters" className="mb-2" />
      )}
      {explain.reading !== null && <p className="mb-2 text-pretty text-muted">{READING[explain.reading.as]}</p>}
      {explain.unit === 'ratio' && (
        <p className="mb-2 text-pretty text-muted">
          A ratio has no rows that add up to it; these are the customers and amounts it is computed from.
        </p>
      )}
      {explain.rows.some(({ evidence }) => isReconstructed(evidence)) && (
        <p className="mb-2 text-pretty text-muted">
          Reconstructed rows are read off invoices and dates: they lie before the first look at the subscription.
        </p>
      )}
      <DataTable
        label={`Rows behind ${title}`}
        columns={evidenceColumns(unit, currency, format).filter((column) => hasValues(column, explain.rows))}
        rows={explain.rows}
        rowKey={explain.keyOf}
        state={explain.state}
        maxHeight={Math.max(320, window.innerHeight - 150)}
        onEnd={explain.loadMore}
        onOpen={(row) => {
          if (row.customerId === null) return;
          void navigate({ to: '/customers/$customerId', params: { customerId: row.customerId } });
        }}
        toolbar={
          <span className="flex flex-wrap items-center gap-x-2">
            {explain.rowCount !== undefined && format.count(explain.rowCount, { one: 'row', other: 'rows' })}
            {explain.hasMore && (
              <Button size="sm" kind="ghost" busy={explain.loadingMore} onClick={explain.loadMore}>
                Show more
              </Button>
            )}
            <span className="flex-1" />
            {explain.input !== null && explain.rows.length > 0 && (
              <AllRowsButton input={explain.input} unit={unit} currency={currency} />
            )}
            {definition !== undefined && (
              <IconButton
                icon={CircleHelp}
                label={`How ${definition.title} is computed`}
                onClick={() => onHow(definition.id)}
              />
            )}
          </span>
        }
      />
    </Sheet>
  );
}
