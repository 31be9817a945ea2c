/** The browser's permission to show notifications. It is asked for by a click only, never by itself. */
import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function permission(): NotificationPermission {
  return 'Notification' in window ? Notification.permission : 'denied';
}

export interface NotificationPermissionState {
  readonly permission: NotificationPermission;
  readonly ask: () => void;
}

export function useNotificationPermission(): NotificationPermissionState {
  return { permission: useSyncExternalStore(subscribe, permission), ask };
}

function ask(): void {
  void Notification.requestPermission().then(() => {
    for (const listener of listeners) listener();
  });
}
