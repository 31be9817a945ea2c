/** What a window may ask the browser for: a table with reasons; all else is denied. */
import type { Session } from 'electron';
import { isAppUrl } from '../hosts/desktop/app-address.ts';

const ALLOWED: ReadonlyMap<string, string> = new Map([
  ['clipboard-sanitized-write', 'tables and figures can be copied'],
  ['notifications', 'the page asks whether alerts can be shown'],
  ['screen-wake-lock', 'a wall screen keeps its monitor awake'],
]);

/** Both handlers: the check answers what a page may assume, the request what it is granted. */
export function restrictPermissions(session: Session): void {
  session.setPermissionCheckHandler(
    (contents, permission, origin) => contents !== null && isAppUrl(`${origin}/`) && ALLOWED.has(permission),
  );
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    answer(details.isMainFrame && isAppUrl(contents.getURL()) && ALLOWED.has(permission));
  });
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
}
