/** A tile that is being arranged: the whole of it can be dragged, its edges make it wider or higher, keys do all of that. */
import { GripVertical, Minus, Plus, X } from 'lucide-react';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { LAYOUT_COLUMNS } from '../../../../shared/contract/views.ts';
import { classNames } from '../../../lib/class-names.ts';
import { IconButton } from '../../../ui/button.tsx';
import type { Placed } from '../layout.ts';
import { TILES, useTileDrag } from './use-tile-drag.ts';
import { useEdgeDrag } from './use-edge-drag.ts';

/** Of the sentence that says which keys there are. */
export const ARRANGE_KEYS_ID = 'arrange-keys';

export interface ArrangeTileProps {
  placed: Placed;
  place: { place: number; of: number } | null;
  canResize: boolean;
  /** The tile behind it; null: it is the last. */
  after: string | null;
  onStep: (by: number) => void;
  /** Puts a dragged tile before another one; null: at the end. */
  onMove: (dragged: string, before: string | null) => void;
  onResize: (columns: number) => void;
  onHeighten: (rows: number) => void;
  onHide: () => void;
  children: ReactNode;
}

export function ArrangeTile(props: ArrangeTileProps): ReactNode {
  const { placed, place, canResize, after, onStep, onMove, onResize, onHeighten, onHide, children } = props;
  const { kind, columns, rows } = placed;
  const box = useRef<HTMLDivElement>(null);
  const { edge, isDragged } = useTileDrag(box, TILES, kind.tile, (dragged, side) =>
    onMove(dragged, side === 'before' ? kind.tile : after),
  );
  const wider = useEdgeDrag(box, 'x', columns, onResize);
  const higher = useEdgeDrag(box, 'y', rows, onHeighten);
  const where = place === null ? '' : `, place ${place.place} of ${place.of}`;
  return (
    <div ref={box} className={classNames('group relative h-full', isDragged && 'opacity-40')}>
      <div inert className="h-full opacity-60 [&_header]:invisible">
        {children}
      </div>
      <div
        role="group"
        aria-label={kind.title}
        className="absolute inset-0 rounded-lg ring-1 ring-accent/35 hover:ring-2 hover:ring-accent"
      >
        <button
          type="button"
          data-arranges={kind.tile}
          aria-label={`${kind.title}${where}, ${columns} of ${LAYOUT_COLUMNS} columns wide, ${rows} units high`}
          aria-describedby={ARRANGE_KEYS_ID}
          className="absolute inset-0 cursor-grab rounded-lg active:cursor-grabbing"
          onKeyDown={(event) => {
            const step = stepOf(event);
            if (step === null) return;
            event.preventDefault();
            if (step === 'hide') onHide();
            else if (step.changes === 'place') onStep(step.by);
            else if (step.changes === 'height') onHeighten(rows + step.by);
            else if (canResize) onResize(columns + step.by);
          }}
        />
        <span className="pointer-events-none absolute inset-x-0 top-0 flex h-7 items-center gap-1 rounded-t-lg border-b border-line bg-raised pr-0.5 pl-1.5">
          <GripVertical size={14} aria-hidden className="shrink-0 text-muted" />
          <span aria-hidden className="min-w-0 flex-1 truncate text-xs font-medium text-ink">
            {kind.title}
          </span>
          <span className="pointer-events-auto flex shrink-0">
            {canResize && (
              // In a narrow tile its name comes first; the buttons come when the tile is pointed at or has the focus.
              <span className="flex @max-[190px]:hidden @max-[190px]:group-focus-within:flex @max-[190px]:group-hover:flex">
                <IconButton
                  icon={Minus}
                  label={`Make ${kind.title} narrower`}
                  disabled={columns <= kind.least}
                  onClick={() => onResize(columns - 1)}
                />
                <IconButton
                  icon={Plus}
                  label={`Make ${kind.title} wider`}
                  disabled={columns >= LAYOUT_COLUMNS}
                  onClick={() => onResize(columns + 1)}
                />
              </span>
            )}
            <IconButton icon={X} label={`Hide ${kind.title}`} onClick={onHide} />
          </span>
        </span>
        {canResize && (
          <span
            aria-hidden
            className="absolute top-1/4 -right-1.5 h-1/2 w-3 cursor-ew-resize touch-none before:absolute before:inset-y-0 before:left-1 before:w-1 before:rounded-full before:bg-accent/60 hover:before:bg-accent"
            {...wider}
          />
        )}
        <span
          aria-hidden
          className="absolute -bottom-1.5 left-1/4 h-3 w-1/2 cursor-ns-resize touch-none before:absolute before:inset-x-0 before:top-1 before:h-1 before:rounded-full before:bg-accent/60 hover:before:bg-accent"
          {...higher}
        />
      </div>
      {edge !== null && (
        <span
          aria-hidden
          className={classNames(
            'pointer-events-none absolute inset-y-0 w-1 rounded-full bg-accent',
            edge === 'before' ? '-left-2' : '-right-2',
          )}
        />
      )}
    </div>
  );
}

type Step = 'hide' | { readonly changes: 'place' | 'width' | 'height'; readonly by: number } | null;

function stepOf({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): Step {
  if (ctrlKey || metaKey || altKey) return null;
  switch (key) {
    case 'ArrowLeft':
      return { changes: shiftKey ? 'width' : 'place', by: -1 };
    case 'ArrowUp':
      return { changes: shiftKey ? 'height' : 'place', by: -1 };
    case 'ArrowRight':
      return { changes: shiftKey ? 'width' : 'place', by: 1 };
    case 'ArrowDown':
      return { changes: shiftKey ? 'height' : 'place', by: 1 };
    case 'Delete':
    case 'Backspace':
      return 'hide';
    default:
      return null;
  }
}
