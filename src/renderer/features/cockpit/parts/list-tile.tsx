/** A tile with a list: as many rows as there is room for, and all of them in a sheet. */
import { lazy, Suspense, use, useState, type ReactNode } from 'react';
import type { DataState } from '../../../lib/data-state.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { StateGate } from '../../../ui/states.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { TileHeight } from '../cockpit-context.tsx';

const Sheet = lazy(async () => ({ default: (await import('../../../ui/dialog.tsx')).Sheet }));

const HEADER = 42;
const SUBTITLE = 14;
const FOOT = 6;

export interface ListTileProps<Row> {
  title: string;
  subtitle?: ReactNode;
  actions?: ReactNode;
  /** Between the heading and the list; `leadHeight` pixels high. */
  lead?: ReactNode;
  leadHeight?: number;
  state: DataState;
  rows: readonly Row[];
  /** Pixels. */
  rowHeight: number;
  /** How many there are in all, where `rows` is cut. */
  total: number;
  /** Another way to all of them than a sheet of this tile. */
  onAll?: () => void;
  children: (row: Row) => ReactNode;
}

export function ListTile<Row>(props: ListTileProps<Row>): ReactNode {
  const { title, subtitle, actions, lead, leadHeight = 0, state, rows, rowHeight, total, onAll, children } = props;
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const room = use(TileHeight) - HEADER - FOOT - leadHeight - (subtitle === undefined ? 0 : SUBTITLE);
  const fits = Math.max(1, Math.floor(room / rowHeight));
  const isCut = state.kind === 'ready' && total > fits;
  return (
    <Tile
      title={title}
      {...(subtitle === undefined ? {} : { subtitle })}
      actions={
        <>
          {actions}
          {isCut && (
            <Button size="sm" kind="ghost" onClick={onAll ?? (() => setOpen(true))}>
              All {format.count(total)}
            </Button>
          )}
        </>
      }
      flush
      className="h-full"
    >
      {state.kind === 'empty' ? (
        <div className="flex h-full flex-col justify-center px-4 pb-4 text-center">
          <p className="font-medium text-ink">{state.title}</p>
          <p className="text-xs text-pretty text-muted">{state.hint}</p>
        </div>
      ) : (
        <StateGate state={state}>
          {lead}
          <ul>{rows.slice(0, fits).map((row) => children(row))}</ul>
        </StateGate>
      )}
      {open && (
        <Suspense fallback={null}>
          <Sheet open onClose={() => setOpen(false)} title={title}>
            <ul className="-mx-4">{rows.map((row) => children(row))}</ul>
            {total > rows.length && (
              <p className="pt-2 text-xs text-subtle">{format.count(total - rows.length)} more are not listed.</p>
            )}
          </Sheet>
        </Suspense>
      )}
    </Tile>
  );
}
