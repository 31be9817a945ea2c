/** The headers of every answer of the browser host. */
import { contentSecurityPolicy } from '../csp.ts';

export type Caching = 'never' | 'forever';

/** `host` is the request's checked Host: the page may open a socket to exactly that. */
export function securityHeaders(host: string, caching: Caching = 'never'): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy([`ws://${host}`]),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    // Hashed file names change with their content; everything else may hold or lead to figures.
    'Cache-Control': caching === 'forever' ? 'public, max-age=31536000, immutable' : 'no-store',
  };
}
