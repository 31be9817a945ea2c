/** Dragging a tile's edge: it grows and shrinks by whole columns, or units of height, while the pointer is down. */
import { useRef, type PointerEvent, type RefObject } from 'react';

interface Start {
  readonly at: number;
  readonly size: number;
  /** Pixels that one column or unit takes. */
  readonly pitch: number;
}

/** @param size columns for `x`, units of height for `y`. */
export function useEdgeDrag(
  box: RefObject<HTMLElement | null>,
  axis: 'x' | 'y',
  size: number,
  onResize: (size: number) => void,
) {
  const start = useRef<Start | null>(null);
  const at = (event: PointerEvent): number => (axis === 'x' ? event.clientX : event.clientY);
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      const pixels = (axis === 'x' ? box.current?.clientWidth : box.current?.clientHeight) ?? 0;
      if (pixels === 0) return;
      // Else the tile itself would be dragged.
      event.preventDefault();
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = { at: at(event), size, pitch: pixels / size };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (start.current === null) return;
      const wanted = start.current.size + Math.round((at(event) - start.current.at) / start.current.pitch);
      if (wanted !== size) onResize(wanted);
    },
    onPointerUp() {
      start.current = null;
    },
    onPointerCancel() {
      start.current = null;
    },
  };
}
