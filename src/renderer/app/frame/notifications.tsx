/** Shows the engine's notifications as the browser's own; in the desktop app the shell does. A click opens what it is about. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { useOpenTarget } from '../../lib/address/index.ts';
import { follow, useConnectionState, useEngine } from '../../lib/engine/index.ts';
import { useNotificationPermission } from './use-notification-permission.ts';

export function Notifications(): ReactNode {
  const { client, api } = useEngine();
  const openTarget = useOpenTarget();
  const host = useQuery(api.session.status.queryOptions()).data?.host;
  const { permission } = useNotificationPermission();
  const open = useConnectionState().kind === 'open';
  useEffect(() => {
    if (host !== 'browser' || permission !== 'granted' || !open) return;
    const stop = new AbortController();
    const { signal } = stop;
    const start = () => client.changes.notifications(undefined, { signal });
    // A lock is noticed by the stream of changes.
    void follow(
      signal,
      start,
      () => undefined,
      (notice) => {
        const shown = new Notification(notice.title, { body: notice.body, tag: notice.id, icon: '/favicon.svg' });
        shown.addEventListener('click', () => {
          window.focus();
          openTarget(notice.target);
          shown.close();
        });
      },
    );
    return () => stop.abort();
  }, [client, host, open, permission, openTarget]);
  return null;
}
