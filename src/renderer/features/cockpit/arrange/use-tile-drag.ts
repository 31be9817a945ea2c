/** Dragging things of a list onto each other by pointer: the half that is pointed at says before or behind. */
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useEffect, useEffectEvent, useState, type RefObject } from 'react';

export type Side = 'before' | 'behind';

/** What lies beside each other is halved across, what lies below each other along. */
export interface DragKind {
  readonly drags: string;
  readonly axis: 'x' | 'y';
}

export const TILES: DragKind = { drags: 'cockpit-tile', axis: 'x' };

/** @param kind a constant: only things of one kind are dropped on each other */
export function useTileDrag(
  box: RefObject<HTMLElement | null>,
  { drags, axis }: DragKind,
  tile: string,
  onDrop: (dragged: string, side: Side) => void,
): { edge: Side | null; isDragged: boolean } {
  const [edge, setEdge] = useState<Side | null>(null);
  const [isDragged, setIsDragged] = useState(false);
  const drop = useEffectEvent((dragged: unknown, side: Side) => {
    if (typeof dragged === 'string' && dragged !== tile) onDrop(dragged, side);
  });
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const sideOf = ({ clientX, clientY }: { clientX: number; clientY: number }): Side => {
      const { left, top, width, height } = element.getBoundingClientRect();
      const isFirstHalf = axis === 'x' ? clientX < left + width / 2 : clientY < top + height / 2;
      return isFirstHalf ? 'before' : 'behind';
    };
    return combine(
      draggable({
        element,
        getInitialData: () => ({ [drags]: tile }),
        onDragStart: () => setIsDragged(true),
        onDrop: () => setIsDragged(false),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => typeof source.data[drags] === 'string' && source.data[drags] !== tile,
        onDrag: ({ location }) => setEdge(sideOf(location.current.input)),
        onDragLeave: () => setEdge(null),
        onDrop: ({ source, location }) => {
          setEdge(null);
          drop(source.data[drags], sideOf(location.current.input));
        },
      }),
    );
  }, [box, tile, drags, axis]);
  return { edge, isDragged };
}
