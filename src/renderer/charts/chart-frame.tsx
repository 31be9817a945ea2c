/**
 * Around every chart: title, definition, period, legend, the designed states,
 * and the switch to the table, which is also the way to copy, save and listen.
 */
import { ChartLine, CircleHelp, Image, ListTree, NotebookPen, Table2 } from 'lucide-react';
import { lazy, Suspense, useId, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react';
import { classNames } from '../lib/class-names.ts';
import { READY, type DataState } from '../lib/data-state.ts';
import { useFormat } from '../lib/format-context.tsx';
import { IconButton } from '../ui/button.tsx';
import { ExportButtons, saveFile, saveText } from '../ui/export-buttons.tsx';
import { Menu } from '../ui/menu.tsx';
import { useToast } from '../ui/toast.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { EmptyState, ErrorState, StaleNote } from '../ui/states.tsx';
import { exportRows } from '../ui/table-model.ts';
import { tableColumns, type ChartTable } from './chart-table.ts';
import { InTurn } from '../ui/in-turn.tsx';
import { Legend, type LegendItem } from './legend.tsx';
import { tableWithMarks } from './mark-groups.ts';
import { useChartMarks } from './marks.tsx';
import { pictureOf, pngOf, svgText } from './picture.ts';

/** Few look at the table: its parts are fetched for those who do. */
const TableView = lazy(async () => ({ default: (await import('./table-view.tsx')).TableView }));

export interface ChartFrameProps {
  title: string;
  /** The period shown, in words: «Dec 2023 – Nov 2026, by month». */
  period: string;
  /** What the picture says, as one sentence; the accessible description. */
  sentence: string;
  /** Every value that is drawn (and those left out while drawing). */
  table: ChartTable;
  legend?: readonly LegendItem[];
  state?: DataState;
  /** Opens the definition of what is shown. */
  onHow?: () => void;
  /** Opens the rows behind it. */
  onWhy?: () => void;
  /** Further controls (range, grouping). */
  actions?: ReactNode;
  /** Height of the picture in pixels; kept in every state so that nothing jumps. Default 240. */
  height?: number;
  /** False where the content is a table or a list and no drawing. Default true. */
  drawing?: boolean;
  /** For paper: no controls. */
  print?: boolean;
  className?: string;
  children: ReactNode;
}

export function ChartFrame(given: ChartFrameProps): ReactNode {
  const props = useMarkedTable(given);
  const { title, period, sentence, legend, state = READY, onHow, onWhy, actions, height = 240, print = false } = props;
  const [asTable, setAsTable] = useState(false);
  const figure = useRef<HTMLElement>(null);
  const titleId = useId();
  const sentenceId = useId();
  const hasData = (state.kind === 'ready' || state.kind === 'stale') && props.table.rows.length > 0;
  return (
    <figure
      ref={figure}
      aria-labelledby={titleId}
      aria-describedby={hasData ? sentenceId : undefined}
      className={classNames(
        'forced-outline m-0 flex min-w-0 flex-col rounded-lg border border-line bg-surface break-inside-avoid',
        props.className,
      )}
    >
      <header className="flex min-h-12 items-start gap-x-2 px-4 pt-2.5 max-[760px]:flex-wrap">
        <div className="min-w-0 flex-1 basis-44">
          <h2 id={titleId} className="truncate text-sm font-semibold text-ink">
            {title}
          </h2>
          <p className="text-xs text-pretty text-subtle">{period}</p>
        </div>
        {!print && (
          <div className="no-print flex max-w-full items-center gap-0.5 max-[760px]:flex-wrap">
            {actions}
            {onWhy !== undefined && (
              <IconButton icon={ListTree} label={`Why: the rows behind ${title}`} onClick={onWhy} />
            )}
            {onHow !== undefined && <IconButton icon={CircleHelp} label={`How ${title} is computed`} onClick={onHow} />}
            {hasData && <NoteButton {...props} />}
            {state.kind === 'loading' && <span aria-hidden className="h-6 w-26" />}
            {hasData && <TableExport {...props} />}
            {hasData && !asTable && <PictureExport {...props} figure={figure} />}
            {hasData && (
              <IconButton
                icon={asTable ? ChartLine : Table2}
                label={asTable ? 'Show as chart' : 'Show as table'}
                onClick={() => setAsTable(!asTable)}
              />
            )}
          </div>
        )}
      </header>
      {state.kind === 'stale' && (
        <div className="px-4 pb-1">
          <StaleNote state={state} />
        </div>
      )}
      {hasData && (
        <figcaption id={sentenceId} className="sr-only">
          {sentence}
        </figcaption>
      )}
      <div className={classNames('min-w-0', !asTable && 'px-4 pb-3')} style={{ minHeight: height }}>
        <Content {...props} state={state} height={height} asTable={asTable} />
      </div>
      {legend !== undefined && hasData && <Legend items={legend} />}
      {/* The room of a legend of one line, so that nothing moves when it comes. */}
      {legend !== undefined && state.kind === 'loading' && <div aria-hidden className="h-7" />}
    </figure>
  );
}

function Content(props: ChartFrameProps & { state: DataState; height: number; asTable: boolean }): ReactNode {
  const { state, height, asTable, title, table, print = false, children } = props;
  switch (state.kind) {
    case 'loading':
      return (
        <output className="block" style={{ height }}>
          <span className="sr-only">Loading {title}</span>
          <Skeleton className="h-full w-full opacity-50" />
        </output>
      );
    case 'empty':
      return <EmptyState {...state} />;
    case 'error':
      return <ErrorState {...state} />;
    case 'ready':
    case 'stale':
      if (!asTable)
        return (
          <InTurn height={height} waits={!print}>
            {children}
          </InTurn>
        );
      return (
        <Suspense fallback={<div style={{ height }} />}>
          <TableView title={title} table={table} height={height} />
        </Suspense>
      );
  }
}

/** Charts over time have the page's notes and releases in their table as well as in their drawing. */
function useMarkedTable(props: ChartFrameProps): ChartFrameProps {
  const { list } = useChartMarks();
  const format = useFormat();
  const { table, print = false } = props;
  const marked = useMemo(() => (print ? table : tableWithMarks(table, list, format)), [print, table, list, format]);
  return marked === table ? props : { ...props, table: marked };
}

function NoteButton({ title, table }: ChartFrameProps): ReactNode {
  const { acts } = useChartMarks();
  const [time] = table.columns;
  if (acts === null || (time?.holds !== 'day' && time?.holds !== 'month')) return null;
  return <IconButton icon={NotebookPen} label={`Note something on a day of ${title}`} onClick={() => acts.add(null)} />;
}

function TableExport({ title, table }: ChartFrameProps): ReactNode {
  const format = useFormat();
  const columns = tableColumns(table, format);
  return (
    <ExportButtons
      name={title}
      header={columns.map((column) => column.header)}
      rows={() => exportRows(columns, table.rows)}
    />
  );
}

/** The drawing as a file. A chart that is a table or a list in itself has none. */
function PictureExport(props: ChartFrameProps & { figure: RefObject<HTMLElement | null> }): ReactNode {
  const { title, period, legend = [], figure, drawing = true } = props;
  const toast = useToast();
  if (!drawing) return null;
  const refuse = (): void =>
    toast({ text: `No picture of “${title}” could be made; the table can be saved`, tone: 'warn' });
  const save = async (kind: 'png' | 'svg'): Promise<void> => {
    const picture = figure.current && pictureOf(figure.current, { title, period, legend });
    if (!picture) return refuse();
    if (kind === 'svg') return saveText(`${title}.svg`, svgText(picture), 'image/svg+xml');
    saveFile(`${title}.png`, await pngOf(picture));
  };
  const start = (kind: 'png' | 'svg') => () => void save(kind).catch(refuse);
  return (
    <Menu
      trigger={<IconButton icon={Image} label="Save as picture" />}
      groups={[
        [
          { id: 'png', label: 'PNG, for documents', run: start('png') },
          { id: 'svg', label: 'SVG, for drawing programs', run: start('svg') },
        ],
      ]}
    />
  );
}
