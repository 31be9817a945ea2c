/** The one origin that windows may show, and the ways to an address on it. */
import { z } from 'zod';

export const APP_SCHEME = 'app';
export const APP_HOST = 'vario';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
export const LINK_SCHEME = 'vario';

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

const CustomerLinkSchema = z.tuple([z.literal('customers'), z.string().regex(/^[1-9]\d{0,14}$/)]);

/**
 * The in-app path of a deep link from outside, or null: only customers can be linked to.
 * @example pathOfLink('vario://customers/12') // '/customers/12'
 */
export function pathOfLink(text: string): string | null {
  const url = URL.parse(text);
  if (url === null || url.protocol !== `${LINK_SCHEME}:` || url.search !== '' || url.hash !== '') return null;
  const parts = CustomerLinkSchema.safeParse([url.host, ...url.pathname.split('/').slice(1)]);
  return parts.success ? `/${parts.data.join('/')}` : null;
}

/** The first deep link among a command line's arguments, as an in-app path. */
export function pathOfArguments(args: readonly string[]): string | null {
  for (const argument of args) {
    const path = pathOfLink(argument);
    if (path !== null) return path;
  }
  return null;
}
