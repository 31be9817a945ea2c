/** The one origin that windows may show, and the ways to an address on it. */
import { COCKPIT_LINK, LINK_SCHEME } from '../../../shared/contract/deep-link.ts';
import { ROOM_LIST } from '../../../shared/contract/actions.ts';

export const APP_SCHEME = 'app';
export const APP_HOST = 'vario';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/** True for addresses of the app itself, without credentials or port. */
export function isAppUrl(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null &&
    url.protocol === `${APP_SCHEME}:` &&
    url.hostname === APP_HOST &&
    url.port === '' &&
    url.username === '' &&
    url.password === ''
  );
}

/** The address of an in-app path (`/customers/12`), or null for anything that is not one. */
export function appUrl(path: string): string | null {
  if (!path.startsWith('/') || path.includes('\\')) return null;
  const url = URL.parse(path, `${APP_ORIGIN}/`);
  return url !== null && isAppUrl(url.href) ? url.href : null;
}

/** The first parts of the paths that may be linked to from outside: what shows something, nothing that begins an act. */
const LINKED: ReadonlySet<string> = new Set([
  COCKPIT_LINK,
  ...ROOM_LIST.map(({ path }) => path.slice(1)).filter((first) => first !== ''),
  'customers',
  'handbook',
  'matching',
]);
const PART = /^[\w.-]{1,80}$/;
const CUSTOMER = /^[1-9]\d{0,14}$/;
const LONGEST_QUERY = 2_000;
const ANCHOR = /^(#[\w-]{1,120})?$/;

/**
 * The in-app path of a deep link from outside, or null for what is none: the rooms, customers and pages below them, with
 * what their address says of filters, open sheets and dialogs.
 * @example pathOfLink('vario://customers/12') // '/customers/12'
 * @example pathOfLink('vario://cockpit?why=mrr') // '/?why=mrr'
 */
export function pathOfLink(text: string): string | null {
  const url = URL.parse(text);
  if (url === null || url.protocol !== `${LINK_SCHEME}:` || url.port !== '' || url.username !== '') return null;
  const first = url.host;
  const rest = url.pathname.split('/').filter((part) => part !== '');
  const isKnown = first !== 'customers' || rest.length === 0 || (rest.length === 1 && CUSTOMER.test(rest[0] ?? ''));
  const fits =
    isKnown && rest.every((part) => PART.test(part)) && url.search.length <= LONGEST_QUERY && ANCHOR.test(url.hash);
  const parts = first === COCKPIT_LINK ? rest : [first, ...rest];
  return LINKED.has(first) && fits ? `/${parts.join('/')}${url.search}${url.hash}` : null;
}

/** The first deep link among a command line's arguments, as an in-app path. */
export function pathOfArguments(args: readonly string[]): string | null {
  for (const argument of args) {
    const path = pathOfLink(argument);
    if (path !== null) return path;
  }
  return null;
}
