/**
 * Drawings one after the other, those in sight first: the page with its figures is there with the first frame, a click
 * or a key between two drawings is answered, and no task holds the window.
 */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';

interface Turn {
  readonly inSight: boolean;
  readonly draw: () => void;
}

/** Milliseconds after which a task leaves the next drawing to another one. From fifty on it would count as long. */
const TASK_MS = 24;

let waiting: Turn[] = [];
let scheduled = false;

/** Draws in a later task, after all who asked before and are as much in sight. @returns the way to withdraw. */
function takeTurn(turn: Turn): () => void {
  waiting.push(turn);
  schedule();
  return () => {
    waiting = waiting.filter((other) => other !== turn);
  };
}

function schedule(): void {
  if (scheduled || waiting.length === 0) return;
  scheduled = true;
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener('message', () => {
    port1.close();
    scheduled = false;
    drawSome();
    schedule();
  });
  port1.start();
  port2.postMessage(null);
}

function drawSome(): void {
  const until = performance.now() + TASK_MS;
  do {
    const next = waiting.find(({ inSight }) => inSight) ?? waiting[0];
    if (next === undefined) return;
    waiting = waiting.filter((other) => other !== next);
    next.draw();
  } while (performance.now() < until);
}

/**
 * Draws its children when their turn has come, a frame or two after the page; keeps their height until then. What is
 * printed does not wait, nor what is written as text where there is no window.
 */
export function InTurn(props: { height: number; waits: boolean; children: ReactNode }): ReactNode {
  const { height, waits, children } = props;
  const [come, setCome] = useState(!waits || typeof window === 'undefined');
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (come || place.current === null) return;
    const inSight = place.current.getBoundingClientRect().top < window.innerHeight;
    return takeTurn({ inSight, draw: () => flushSync(() => setCome(true)) });
  }, [come]);
  return come ? children : <div ref={place} aria-busy="true" style={{ height }} />;
}
