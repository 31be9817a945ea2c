/** The colour of a bridge's step: its kind's, the level's for opening and closing, or one that judges nothing. */
import { MOVEMENT_PARTS } from './bars.ts';

export function stepColor(id: string): string {
  if (id === 'opening' || id === 'closing') return 'var(--series-1)';
  return MOVEMENT_PARTS.find((part) => part.id === id)?.color ?? 'var(--series-neutral)';
}
