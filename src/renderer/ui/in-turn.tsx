/**
 * Drawings and long lists one after the other, those in sight first: the page with its figures does not wait for all of
 * them, a click or a key in between is answered, and no task holds the window. What is out of sight waits until the
 * browser has nothing else to do.
 */
import { createContext, use, useEffect, useRef, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';

interface Turn {
  readonly inSight: boolean;
  readonly draw: () => void;
}

/** Milliseconds after which a task leaves the next drawing to another one. From fifty on it would count as long. */
const TASK_MS = 24;
/** Milliseconds after which a drawing out of sight is drawn, however busy the window is. */
const LATEST_MS = 1_000;

let waiting: Turn[] = [];
/** A task for those in sight is on its way, and one for the others. */
let soon = false;
let later = false;

/** Draws after all who asked before and are as much in sight. @returns the way to withdraw. */
function takeTurn(turn: Turn): () => void {
  waiting.push(turn);
  schedule();
  return () => {
    waiting = waiting.filter((other) => other !== turn);
  };
}

/** The first of those in sight are drawn before the next frame, which would otherwise be painted without them. */
function schedule(run: (task: () => void) => void = queueMicrotask): void {
  if (!soon && waiting.some(({ inSight }) => inSight)) {
    soon = true;
    run(() => {
      soon = false;
      drawSome(true);
      schedule(inTask);
    });
  }
  if (!later && waiting.some(({ inSight }) => !inSight)) {
    later = true;
    requestIdleCallback(
      () => {
        later = false;
        drawSome(false);
        schedule(inTask);
      },
      { timeout: LATEST_MS },
    );
  }
}

/** In a task of its own, between which clicks and keys are answered. */
function inTask(run: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener('message', () => {
    port1.close();
    run();
  });
  port1.start();
  port2.postMessage(null);
}

function drawSome(inSight: boolean): void {
  const until = performance.now() + TASK_MS;
  do {
    const next = waiting.find((turn) => turn.inSight === inSight);
    if (next === undefined) return;
    waiting = waiting.filter((other) => other !== next);
    next.draw();
  } while (performance.now() < until);
}

const RoomWidth = createContext<number | null>(null);

/** Pixels of the room that waited for a drawing, measured once for all that wait; null where nothing waited. */
export function useRoomWidth(): number | null {
  return use(RoomWidth);
}

export interface InTurnProps {
  /** Pixels to be kept until then. */
  height: number;
  /** False draws at once: on paper. Default true. */
  waits?: boolean;
  children: ReactNode;
}

/**
 * Draws its children when their turn has come, a frame or two after the page; keeps their height until then. What is
 * printed does not wait, nor what is written as text where there is no window.
 */
export function InTurn(props: InTurnProps): ReactNode {
  const { height, waits = true, children } = props;
  const [come, setCome] = useState<{ readonly width: number | null } | null>(
    waits && typeof window !== 'undefined' ? null : { width: null },
  );
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (come !== null || place.current === null) return;
    const { top, width } = place.current.getBoundingClientRect();
    const inSight = top < window.innerHeight;
    return takeTurn({ inSight, draw: () => flushSync(() => setCome({ width: Math.floor(width) })) });
  }, [come]);
  return come === null ? (
    <div ref={place} aria-busy="true" style={{ height }} />
  ) : (
    <RoomWidth value={come.width}>{children}</RoomWidth>
  );
}
