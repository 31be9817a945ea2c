/** Keys as they stand on the keyboard: `mod+k` is ⌘K on Apple machines and Ctrl K elsewhere. */
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

const SIGNS: Record<string, readonly [apple: string, other: string]> = {
  mod: ['⌘', 'Ctrl'],
  shift: ['⇧', 'Shift'],
  alt: ['⌥', 'Alt'],
  enter: ['↵', 'Enter'],
  escape: ['Esc', 'Esc'],
  arrowup: ['↑', '↑'],
  arrowdown: ['↓', '↓'],
  arrowleft: ['←', '←'],
  arrowright: ['→', '→'],
  plus: ['+', '+'],
};

/** The caps of a shortcut such as `mod+shift+k` or the sequence `g c`. */
export function keyCaps(keys: string, apple: boolean): string[] {
  return keys
    .split(/[+ ]/)
    .filter((key) => key !== '')
    .map((key) => SIGNS[key.toLowerCase()]?.[apple ? 0 : 1] ?? `${key.charAt(0).toUpperCase()}${key.slice(1)}`);
}

function isApple(): boolean {
  return typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);
}

export function Kbd({ keys, inverse = false }: { keys: string; inverse?: boolean }): ReactNode {
  return (
    <kbd className="inline-flex gap-0.5 font-sans">
      {keyCaps(keys, isApple()).map((cap) => (
        <span
          key={cap}
          className={classNames(
            'inline-flex h-4 min-w-4 items-center justify-center rounded-sm border px-1 text-2xs font-medium',
            inverse ? 'border-on-ink/30 text-on-ink' : 'border-line-strong bg-fill text-muted',
          )}
        >
          {cap}
        </span>
      ))}
    </kbd>
  );
}
