/** Dragging tiles onto each other by pointer: the half of a tile that is pointed at says before or behind. */
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useEffect, useEffectEvent, useState, type RefObject } from 'react';

export type Side = 'before' | 'behind';

const DRAGS = 'cockpit-tile';

export function useTileDrag(
  box: RefObject<HTMLElement | null>,
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
    const sideOf = (clientX: number): Side => {
      const { left, width } = element.getBoundingClientRect();
      return clientX < left + width / 2 ? 'before' : 'behind';
    };
    return combine(
      draggable({
        element,
        getInitialData: () => ({ [DRAGS]: tile }),
        onDragStart: () => setIsDragged(true),
        onDrop: () => setIsDragged(false),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => typeof source.data[DRAGS] === 'string' && source.data[DRAGS] !== tile,
        onDrag: ({ location }) => setEdge(sideOf(location.current.input.clientX)),
        onDragLeave: () => setEdge(null),
        onDrop: ({ source, location }) => {
          setEdge(null);
          drop(source.data[DRAGS], sideOf(location.current.input.clientX));
        },
      }),
    );
  }, [box, tile]);
  return { edge, isDragged };
}
