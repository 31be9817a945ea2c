/** Native notifications; a click opens what they are about. */
import { Notification } from 'electron';
import type { EngineMessage } from '../hosts/engine-messages.ts';

type NotifyMessage = Extract<EngineMessage, { type: 'notify' }>;

/** A notification with a known id replaces the one that is still shown, so that nothing is told twice. */
export function notifier(open: (path: string) => void): (message: NotifyMessage) => void {
  // Held until they are gone: a notification that is collected takes its click with it.
  const shown = new Map<string, Notification>();
  return ({ id, title, body, target }) => {
    if (!Notification.isSupported()) return;
    shown.get(id)?.close();
    const notification = new Notification({ id, title, body });
    notification.on('click', () => open(target));
    notification.on('close', () => {
      if (shown.get(id) === notification) shown.delete(id);
    });
    shown.set(id, notification);
    notification.show();
  };
}
