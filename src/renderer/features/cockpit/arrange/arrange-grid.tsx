/** Arranging tiles by pointer and by keyboard: every change is kept at once, and can be taken back. */
import { Plus, RotateCcw, Undo2 } from 'lucide-react';
import { useEffect, useEffectEvent, useLayoutEffect, useState, type ReactNode } from 'react';
import type { Layout, View } from '../../../../shared/contract/views.ts';
import { Button } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { heightened, hiddenOf, moved, placeOf, resized, stepped, tilesOf, without, withTile } from '../layout.ts';
import { TileGrid } from '../parts/tile-grid.tsx';
import type { Period } from '../period.ts';
import { ARRANGE_KEYS_ID, ArrangeTile } from './arrange-tile.tsx';
import { useArrangement } from './use-arrangement.ts';

export interface ArrangeGridProps {
  view: View;
  period: Period;
  /** Rejects when the arrangement was not kept. */
  onLayout: (layout: Layout | null) => Promise<void>;
  onDone: () => void;
}

export function ArrangeGrid({ view, period, onLayout, onDone }: ArrangeGridProps): ReactNode {
  const [said, setSaid] = useState('');
  const [focused, setFocused] = useState<string | null>(null);
  const arrangement = useArrangement(view.layout, onLayout);
  const { layout } = arrangement;
  const tiles = tilesOf(layout);
  const hidden = hiddenOf(layout);
  const change = (next: Layout | null, words: string, focus: string | null): void => {
    setSaid(words);
    setFocused(focus);
    arrangement.change(next);
  };
  const undo = (): void => {
    if (arrangement.undo()) setSaid('Undone');
  };
  useRefocus(focused, layout);
  useArrangeKeys(undo, onDone);
  const place = (next: Layout | null, tile: string): string => {
    const stands = placeOf(next, tile);
    return stands === null ? '' : `place ${stands.place} of ${stands.of}`;
  };
  return (
    <>
      <div
        role="toolbar"
        aria-label="Arrange tiles"
        className="flex flex-wrap items-center gap-2 rounded-lg bg-accent-soft px-3 py-1.5 text-accent-strong"
      >
        <p id={ARRANGE_KEYS_ID} className="min-w-0 flex-1 text-xs text-pretty max-[760px]:basis-full">
          Drag tiles, or focus one: arrows move it, Shift and arrows make it wider, narrower, higher or lower, Delete
          hides it.
        </p>
        <Menu
          trigger={
            <Button size="md" icon={Plus} disabled={hidden.length === 0}>
              Add tile
            </Button>
          }
          groups={[
            hidden.map((kind) => ({
              id: kind.tile,
              label: kind.title,
              run: () => change(withTile(layout, kind.tile), `${kind.title} added at the end`, null),
            })),
          ]}
        />
        <Button size="md" icon={Undo2} disabled={!arrangement.canUndo} onClick={undo}>
          Undo
        </Button>
        <Button
          size="md"
          icon={RotateCcw}
          disabled={layout === null}
          onClick={() => change(null, 'Tiles stand as they did at first', null)}
        >
          Reset
        </Button>
        <Button size="md" kind="primary" onClick={onDone}>
          Done
        </Button>
      </div>
      <p role="status" className="sr-only">
        {said}
      </p>
      <TileGrid tiles={tiles} period={period}>
        {(placed, tile, form) => (
          <ArrangeTile
            placed={placed}
            place={placeOf(layout, placed.kind.tile)}
            canResize={form === 'wide'}
            onStep={(by) => {
              const next = stepped(layout, placed.kind.tile, by);
              change(next, `${placed.kind.title}: ${place(next, placed.kind.tile)}`, placed.kind.tile);
            }}
            onMove={(dragged, target) => {
              const title = tiles.find(({ kind }) => kind.tile === dragged)?.kind.title ?? dragged;
              const next = moved(layout, dragged, target);
              change(next, `${title}: ${place(next, dragged)}`, dragged);
            }}
            after={tiles[tiles.indexOf(placed) + 1]?.kind.tile ?? null}
            onResize={(columns) => {
              const next = resized(layout, placed.kind.tile, columns);
              const width = placeOf(next, placed.kind.tile)?.columns ?? columns;
              change(next, `${placed.kind.title}: ${width} of 24 columns wide`, placed.kind.tile);
            }}
            onHeighten={(rows) => {
              const next = heightened(layout, placed.kind.tile, rows);
              const height = placeOf(next, placed.kind.tile)?.rows ?? rows;
              change(next, `${placed.kind.title}: ${height} units high`, placed.kind.tile);
            }}
            onHide={() => {
              const next = without(layout, placed.kind.tile);
              const index = tiles.indexOf(placed);
              const neighbour = tiles[index + 1] ?? tiles[index - 1];
              change(next, `${placed.kind.title} hidden`, neighbour?.kind.tile ?? null);
            }}
          >
            {tile}
          </ArrangeTile>
        )}
      </TileGrid>
    </>
  );
}

/** A tile that changed its place in the document loses the focus; whoever works by keyboard gets it back. */
function useRefocus(focused: string | null, layout: Layout | null): void {
  useLayoutEffect(() => {
    if (focused === null || placeOf(layout, focused) === null) return;
    document.querySelector<HTMLElement>(`[data-arranges="${focused}"]`)?.focus();
  }, [focused, layout]);
}

function useArrangeKeys(undo: () => void, onDone: () => void): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || document.querySelector('dialog:modal, [role="menu"]') !== null) return;
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
    if (!isUndo && event.key !== 'Escape') return;
    event.preventDefault();
    if (isUndo) undo();
    else onDone();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKeyDown(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
