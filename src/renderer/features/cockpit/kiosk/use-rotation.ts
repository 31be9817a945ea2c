/** Which screen of a wall screen is shown, and what its keys do. */
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useState } from 'react';
import { SECOND_MS } from '../../../../shared/kernel/instant.ts';

export interface Rotation {
  readonly index: number;
  readonly isPaused: boolean;
  step(by: number): void;
  pause(isPaused: boolean): void;
  leave(): void;
}

/** Goes on to the next screen every so many seconds, in a circle; Space stops and goes on, arrows step, Escape leaves. */
export function useRotation(count: number, seconds: number): Rotation {
  const navigate = useNavigate();
  const [shown, setShown] = useState(0);
  const [isPaused, setIsPaused] = useState(false);
  const index = count === 0 ? 0 : shown % count;
  const step = (by: number): void => setShown(count === 0 ? 0 : (index + by + count) % count);
  const leave = (): void => void navigate({ to: '/' });
  useEffect(() => {
    if (isPaused || count < 2) return;
    // Whoever steps by hand has the full time for what is shown then.
    const timer = setTimeout(() => setShown((index + 1) % count), seconds * SECOND_MS);
    return () => clearTimeout(timer);
  }, [isPaused, count, seconds, index]);
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') leave();
    else if (event.key === 'ArrowRight') step(1);
    else if (event.key === 'ArrowLeft') step(-1);
    // On a focused button Space presses that button.
    else if (event.key === ' ' && !(event.target instanceof HTMLButtonElement)) setIsPaused(!isPaused);
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKeyDown(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  return { index, isPaused, step, pause: setIsPaused, leave };
}
