/** From keys pressed to the action meant. */

/** What of a keyboard event decides. */
export interface Stroke {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/**
 * The stroke as shortcuts are written. Shift is named only for letters: other
 * characters that need it (`?`) differ by keyboard and carry it in themselves.
 * @example strokeText({ key: 'K', metaKey: true, shiftKey: true, … }) // 'mod+shift+k'
 */
export function strokeText(stroke: Stroke): string {
  const letter = /^[a-z]$/i.test(stroke.key);
  const parts = [
    stroke.ctrlKey || stroke.metaKey ? 'mod' : '',
    stroke.altKey ? 'alt' : '',
    stroke.shiftKey && (letter || stroke.key.length > 1) ? 'shift' : '',
    stroke.key.length === 1 ? stroke.key.toLowerCase() : stroke.key.toLowerCase(),
  ];
  return parts.filter((part) => part !== '').join('+');
}

export type Matched =
  | { readonly kind: 'none' }
  | { readonly kind: 'begun' }
  | { readonly kind: 'found'; readonly keys: string };

/** What the last strokes mean among the known shortcuts: one of them, the beginning of a sequence, or nothing. */
export function matchStrokes(known: readonly string[], before: string | null, stroke: string): Matched {
  const sequence = before === null ? null : `${before} ${stroke}`;
  if (sequence !== null && known.includes(sequence)) return { kind: 'found', keys: sequence };
  if (known.includes(stroke)) return { kind: 'found', keys: stroke };
  if (known.some((keys) => keys.startsWith(`${stroke} `))) return { kind: 'begun' };
  return { kind: 'none' };
}

/** True where a plain key writes text or belongs to a control, so that only shortcuts with a modifier may act. */
export function writesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target.closest('input, textarea, select, [role="textbox"], [role="combobox"]') !== null
  );
}
