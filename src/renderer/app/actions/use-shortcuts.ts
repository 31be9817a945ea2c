/** Listens for the shortcuts of actions, everywhere but inside open dialogs and (without a modifier) text fields. */
import { useEffect, useEffectEvent, useRef } from 'react';
import { SECOND_MS } from '../../../shared/kernel/instant.ts';
import { keysOf } from '../../../shared/contract/actions.ts';
import { available, type Action, type ActionContext } from './action-list.ts';
import { matchStrokes, strokeText, writesText } from './shortcut.ts';

const SEQUENCE_MS = 1.2 * SECOND_MS;

export function useShortcuts(actions: readonly Action[], context: ActionContext): void {
  const begun = useRef<{ stroke: string; at: number } | null>(null);
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.repeat) return;
    if (document.querySelector('dialog:modal') !== null) return;
    if (writesText(event.target) && !event.ctrlKey && !event.metaKey) return;
    // Keys that the desktop app's menu has are caught by it before the page sees them.
    const usable = available(actions, context).flatMap((action) =>
      keysOf(action, context).map((keys) => ({ action, keys })),
    );
    const stroke = strokeText(event);
    const before =
      begun.current !== null && event.timeStamp - begun.current.at < SEQUENCE_MS ? begun.current.stroke : null;
    const matched = matchStrokes(
      usable.map(({ keys }) => keys),
      before,
      stroke,
    );
    begun.current = matched.kind === 'begun' ? { stroke, at: event.timeStamp } : null;
    if (matched.kind !== 'found') return;
    event.preventDefault();
    usable.find(({ keys }) => keys === matched.keys)?.action.run(context);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKeyDown(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
