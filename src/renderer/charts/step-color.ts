/** The colour of a bridge's step: its kind's, or the level's for opening and closing, which judge nothing. */
import { MOVEMENT_PARTS } from './bars.ts';
import type { BridgeStep } from './bridge-steps.ts';

export function stepColor(id: BridgeStep['id']): string {
  return MOVEMENT_PARTS.find((part) => part.id === id)?.color ?? 'var(--series-1)';
}
