/** Keys of the cockpit alone: 1 to 9 show its views. Single keys can be switched off in the settings. */
import { useEffect, useEffectEvent } from 'react';

const WRITES = 'input, textarea, select, [contenteditable="true"]';

export function useDigits(enabled: boolean, onDigit: (digit: number) => void): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!enabled || event.defaultPrevented || event.repeat) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (!/^[1-9]$/.test(event.key) || document.querySelector('dialog:modal, [role="menu"]') !== null) return;
    if (event.target instanceof Element && event.target.closest(WRITES) !== null) return;
    onDigit(Number(event.key));
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKeyDown(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
