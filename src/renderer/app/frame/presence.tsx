/** Tells the engine that the founder is here, and whether the cockpit is on the screen: what changes from then on is news. */
import { useMutation } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useRef, type ReactNode } from 'react';
import { MINUTE_MS } from '../../../shared/kernel/instant.ts';
import { useConnectionState, useEngine } from '../../lib/engine/index.ts';

/** A visit ends after half an hour without a sign: once in a few minutes is enough. */
const PAUSE_MS = 2 * MINUTE_MS;
/** For so long the cockpit has to be on the screen before it counts as looked at. */
const LOOK_MS = 2_000;
const SIGNS = ['pointerdown', 'keydown', 'wheel', 'focus'] as const;

export function Presence(): ReactNode {
  const { api } = useEngine();
  const isOpen = useConnectionState().kind === 'open';
  // A sign that is lost is given again with the next one.
  const { mutate } = useMutation({ ...api.since.look.mutationOptions(), meta: { showsFailure: true } });
  const isCockpit = useLocation({ select: (location) => location.pathname === '/' });
  const told = useRef(Number.NEGATIVE_INFINITY);
  const tell = useEffectEvent((now: number, always: boolean, cockpit: boolean) => {
    if (!isOpen || document.visibilityState !== 'visible' || (!always && now - told.current < PAUSE_MS)) return;
    told.current = now;
    mutate({ cockpit });
  });
  const onSign = useEffectEvent((now: number) => tell(now, false, isCockpit));
  useEffect(() => {
    if (!isOpen) return;
    const timer = setTimeout(() => tell(performance.now(), true, isCockpit), LOOK_MS);
    return () => clearTimeout(timer);
  }, [isOpen, isCockpit]);
  useEffect(() => {
    const sign = (event: Event): void => onSign(event.timeStamp);
    for (const name of SIGNS) window.addEventListener(name, sign, { passive: true });
    return () => {
      for (const name of SIGNS) window.removeEventListener(name, sign);
    };
  }, []);
  return null;
}
