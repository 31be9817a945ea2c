/** The content security policy of the renderer, the same in both hosts. */

const DIRECTIVES: Readonly<Record<string, string>> = {
  'default-src': `'none'`,
  'script-src': `'self'`,
  'style-src': `'self'`,
  'img-src': `'self' data:`,
  'font-src': `'self'`,
  'connect-src': `'self'`,
  'base-uri': `'none'`,
  'form-action': `'none'`,
  'frame-ancestors': `'none'`,
  'object-src': `'none'`,
};

/**
 * The policy's text. `connect` adds origins that the page may talk to: the
 * browser host names its own WebSocket, because `'self'` does not cover
 * `ws:` in every browser; the desktop shell adds none.
 */
export function contentSecurityPolicy(connect: readonly string[] = []): string {
  return Object.entries(DIRECTIVES)
    .map(([name, value]) => `${name} ${name === 'connect-src' ? [value, ...connect].join(' ') : value}`)
    .join('; ');
}
