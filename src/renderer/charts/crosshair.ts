/** Where the crosshair of a chart stands, kept outside of the drawing: what is drawn does not change when it moves. */
import { useSyncExternalStore } from 'react';

export interface CrosshairPlace {
  /** On the bottom axis, in its own measure: a day's number, an age, the index of a bar. */
  readonly at: number;
  /** Pixels of the pointer from the top of the drawing; null where keys moved it. */
  readonly top: number | null;
  /** The chart that its keys moved it in, which reads it out; null by the pointer. */
  readonly readBy: string | null;
}

export interface Crosshair {
  /** Null: nothing is pointed at. */
  now(): CrosshairPlace | null;
  move(place: CrosshairPlace | null): void;
  /** @returns the way to stop. */
  watch(listener: () => void): () => void;
}

export function createCrosshair(): Crosshair {
  let place: CrosshairPlace | null = null;
  const listeners = new Set<() => void>();
  return {
    now: () => place,
    move(next) {
      if (next?.at === place?.at && next?.top === place?.top && next?.readBy === place?.readBy) return;
      place = next;
      for (const listener of listeners) listener();
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const nowhere = (): null => null;

/** The place, drawn anew whenever it moves. */
export function useCrosshairPlace({ watch, now }: Crosshair): CrosshairPlace | null {
  return useSyncExternalStore(watch, now, nowhere);
}
