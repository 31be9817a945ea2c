/** The order of the views, which their keys 1 to 9 follow: dragged, or moved by buttons and by Alt with an arrow. */
import { ArrowDown, ArrowUp, GripVertical } from 'lucide-react';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { View } from '../../../../shared/contract/views.ts';
import { classNames } from '../../../lib/class-names.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { useTileDrag, type DragKind } from '../arrange/use-tile-drag.ts';

export interface ViewOrderDialogProps {
  all: readonly View[];
  /** Puts a view before another one; null: at the end. */
  onMove: (view: View, before: View | null) => void;
  onClose: () => void;
}

const VIEWS: DragKind = { drags: 'cockpit-view', axis: 'y' };

export function ViewOrderDialog({ all, onMove, onClose }: ViewOrderDialogProps): ReactNode {
  const [said, setSaid] = useState('');
  const put = (view: View, before: View | null): void => {
    const rest = all.filter((known) => known !== view);
    const at = before === null ? rest.length : rest.indexOf(before);
    setSaid(`${view.name}: place ${at + 1} of ${all.length}`);
    onMove(view, before);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Order of the views"
      description="Keys 1 to 9 and the wall screen follow it. Drag a view, or press Alt with an arrow on one."
      footer={
        <Button kind="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <ol aria-label="Views" className="flex flex-col gap-1">
        {all.map((view, index) => (
          <Line
            key={view.viewId}
            view={view}
            place={index + 1}
            isLast={index === all.length - 1}
            onStep={(by) => {
              const before = by < 0 ? all[index - 1] : all[index + 2];
              if (index + by >= 0 && index + by < all.length) put(view, before ?? null);
            }}
            onDrop={(dragged, side) => {
              const moved = all.find(({ viewId }) => String(viewId) === dragged);
              if (moved !== undefined) put(moved, (side === 'before' ? view : all[index + 1]) ?? null);
            }}
          />
        ))}
      </ol>
      <p role="status" className="sr-only">
        {said}
      </p>
    </Dialog>
  );
}

interface LineProps {
  view: View;
  place: number;
  isLast: boolean;
  onStep: (by: -1 | 1) => void;
  onDrop: (dragged: string, side: 'before' | 'behind') => void;
}

function Line({ view, place, isLast, onStep, onDrop }: LineProps): ReactNode {
  const box = useRef<HTMLLIElement>(null);
  const { edge, isDragged } = useTileDrag(box, VIEWS, String(view.viewId), onDrop);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onStep(event.key === 'ArrowUp' ? -1 : 1);
  };
  return (
    <li
      ref={box}
      className={classNames(
        'relative flex h-9 cursor-grab items-center gap-2 rounded-md border border-line bg-surface pr-1 pl-2',
        isDragged && 'opacity-40',
      )}
    >
      <GripVertical size={14} aria-hidden className="shrink-0 text-subtle" />
      <span className="w-4 text-right text-xs text-subtle">{place}</span>
      <span className="min-w-0 flex-1 truncate text-ink">{view.name}</span>
      <IconButton
        icon={ArrowUp}
        label={`Move ${view.name} up`}
        disabled={place === 1}
        onClick={() => onStep(-1)}
        onKeyDown={onKeyDown}
      />
      <IconButton
        icon={ArrowDown}
        label={`Move ${view.name} down`}
        disabled={isLast}
        onClick={() => onStep(1)}
        onKeyDown={onKeyDown}
      />
      {edge !== null && (
        <span
          aria-hidden
          className={classNames(
            'pointer-events-none absolute inset-x-0 h-0.5 rounded-full bg-accent',
            edge === 'before' ? '-top-1' : '-bottom-1',
          )}
        />
      )}
    </li>
  );
}
