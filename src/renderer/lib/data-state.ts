/**
 * The states in which anything that shows data can be, designed once and shown
 * alike by charts, tables and tiles.
 */
import type { Instant } from '../../shared/kernel/instant.ts';

export type DataState =
  | { readonly kind: 'ready' }
  | { readonly kind: 'loading' }
  /** Nothing to show yet: what would stand here and how to get it. */
  | { readonly kind: 'empty'; readonly title: string; readonly hint: string; readonly action?: StateAction }
  /** The call failed: closed error code, sentence for people, optional retry. */
  | { readonly kind: 'error'; readonly code: string; readonly message: string; readonly retry?: () => void }
  /** Data is shown, but it is older than it should be; `reason` says why. */
  | { readonly kind: 'stale'; readonly asOf: Instant; readonly reason: string; readonly retry?: () => void };

export interface StateAction {
  readonly label: string;
  readonly run: () => void;
}

export const READY: DataState = { kind: 'ready' };
