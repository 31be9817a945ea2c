/** A tile that is being arranged: the whole of it can be dragged, its right edge makes it wider, keys do all of that. */
import { GripVertical, Minus, Plus, X } from 'lucide-react';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { LAYOUT_COLUMNS } from '../../../../shared/contract/views.ts';
import { classNames } from '../../../lib/class-names.ts';
import { IconButton } from '../../../ui/button.tsx';
import type { Placed } from '../layout.ts';
import { useTileDrag } from './use-tile-drag.ts';
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
  onHide: () => void;
  children: ReactNode;
}

export function ArrangeTile(props: ArrangeTileProps): ReactNode {
  const { placed, place, canResize, after, onStep, onMove, onResize, onHide, children } = props;
  const { kind, columns } = placed;
  const box = useRef<HTMLDivElement>(null);
  const { edge, isDragged } = useTileDrag(box, kind.tile, (dragged, side) =>
    onMove(dragged, side === 'before' ? kind.tile : after),
  );
  const drag = useEdgeDrag(box, columns, onResize);
  const where = place === null ? '' : `, place ${place.place} of ${place.of}`;
  return (
    <div ref={box} className={classNames('group relative h-full', isDragged && 'opacity-40')}>
      <div inert className="h-full opacity-60">
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
          aria-label={`${kind.title}${where}, ${columns} of ${LAYOUT_COLUMNS} columns wide`}
          aria-describedby={ARRANGE_KEYS_ID}
          className="absolute inset-0 cursor-grab rounded-lg active:cursor-grabbing"
          onKeyDown={(event) => {
            const step = stepOf(event);
            if (step === null) return;
            event.preventDefault();
            if (step === 'hide') onHide();
            else if (step.resizes) {
              if (canResize) onResize(columns + step.by);
            } else onStep(step.by);
          }}
        />
        <span className="pointer-events-none absolute inset-x-0 top-0 flex h-7 items-center gap-1 rounded-t-lg border-b border-line bg-raised pr-0.5 pl-1.5">
          <GripVertical size={14} aria-hidden className="shrink-0 text-muted" />
          <span aria-hidden className="min-w-0 flex-1 truncate text-xs font-medium text-ink">
            {kind.title}
          </span>
          <span className="pointer-events-auto flex shrink-0">
            {canResize && (
              <>
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
              </>
            )}
            <IconButton icon={X} label={`Hide ${kind.title}`} onClick={onHide} />
          </span>
        </span>
        {canResize && (
          <span
            aria-hidden
            className="absolute top-1/4 -right-1.5 h-1/2 w-3 cursor-ew-resize touch-none before:absolute before:inset-y-0 before:left-1 before:w-1 before:rounded-full before:bg-accent/60 hover:before:bg-accent"
            {...drag}
          />
        )}
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

type Step = 'hide' | { readonly resizes: boolean; readonly by: number } | null;

function stepOf({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): Step {
  if (ctrlKey || metaKey || altKey) return null;
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowUp':
      return { resizes: shiftKey, by: -1 };
    case 'ArrowRight':
    case 'ArrowDown':
      return { resizes: shiftKey, by: 1 };
    case 'Delete':
    case 'Backspace':
      return 'hide';
    default:
      return null;
  }
}
