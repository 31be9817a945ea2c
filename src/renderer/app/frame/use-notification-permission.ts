/** The browser's permission to show notifications. It is asked for by a click only, never by itself. */
import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

/** Asked of the browser's other process, which takes milliseconds: once, and again when somebody looks after a change. */
let known: NotificationPermission | null = null;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function permission(): NotificationPermission {
  known ??= 'Notification' in window ? Notification.permission : 'denied';
  return known;
}

/** The permission can be changed in the browser's own settings, which one leaves the window for. */
function askAnew(): void {
  known = null;
  for (const listener of listeners) listener();
}

window.addEventListener('focus', askAnew);

export interface NotificationPermissionState {
  readonly permission: NotificationPermission;
  readonly ask: () => void;
}

export function useNotificationPermission(): NotificationPermissionState {
  return { permission: useSyncExternalStore(subscribe, permission), ask };
}

function ask(): void {
  void Notification.requestPermission().then(askAnew);
}
