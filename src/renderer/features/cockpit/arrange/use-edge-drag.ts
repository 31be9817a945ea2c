/** Dragging a tile's right edge: it grows and shrinks by whole columns while the pointer is down. */
import { useRef, type PointerEvent, type RefObject } from 'react';

interface Start {
  readonly x: number;
  readonly columns: number;
  /** Pixels that one column takes. */
  readonly pitch: number;
}

export function useEdgeDrag(box: RefObject<HTMLElement | null>, columns: number, onResize: (columns: number) => void) {
  const start = useRef<Start | null>(null);
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      const width = box.current?.clientWidth ?? 0;
      if (width === 0) return;
      // Else the tile itself would be dragged.
      event.preventDefault();
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = { x: event.clientX, columns, pitch: width / columns };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (start.current === null) return;
      const wanted = start.current.columns + Math.round((event.clientX - start.current.x) / start.current.pitch);
      if (wanted !== columns) onResize(wanted);
    },
    onPointerUp() {
      start.current = null;
    },
    onPointerCancel() {
      start.current = null;
    },
  };
}
