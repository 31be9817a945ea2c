/** Whether the sidebar shows pictures alone: chosen for this window, else by its width. */
import { useSyncExternalStore } from 'react';

const KEY = 'vario.sidebar';
const NARROW = '(max-width: 1100px)';
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  const media = window.matchMedia(NARROW);
  listeners.add(listener);
  media.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    media.removeEventListener('change', listener);
  };
}

function isFolded(): boolean {
  const chosen = window.sessionStorage.getItem(KEY);
  return chosen === null ? window.matchMedia(NARROW).matches : chosen === 'folded';
}

export function useSidebarFolded(): boolean {
  return useSyncExternalStore(subscribe, isFolded);
}

/** Holds for this window, through reloads. */
export function toggleSidebar(): void {
  window.sessionStorage.setItem(KEY, isFolded() ? 'open' : 'folded');
  for (const listener of listeners) listener();
}
