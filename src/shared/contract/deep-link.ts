/** Links to pages of the program from outside it: `vario://customers/12`. */

export const LINK_SCHEME = 'vario';
/** What stands for the cockpit, whose path is empty. */
export const COCKPIT_LINK = 'cockpit';

/**
 * The link that opens an in-app path in the desktop app.
 * @example linkOfPath('/customers/12?why=mrr') // 'vario://customers/12?why=mrr'
 * @example linkOfPath('/?asOf=2026-10-31') // 'vario://cockpit?asOf=2026-10-31'
 */
export function linkOfPath(path: string): string {
  const plain = path.replace(/^\//, '');
  return `${LINK_SCHEME}://${/^[?#]|^$/.test(plain) ? COCKPIT_LINK : ''}${plain}`;
}
