/** Serves the built renderer under app://vario: files of its folder, and nothing else of the disk. */
import { protocol } from 'electron';
import { contentSecurityPolicy } from '../hosts/csp.ts';
import { findStaticFile } from '../hosts/headless/static-files.ts';
import { APP_SCHEME, isAppUrl } from '../hosts/desktop/app-address.ts';

/** Must run before the app is ready, once. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

const HEADERS = {
  'Content-Security-Policy': contentSecurityPolicy(),
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
} as const;

/** Answers one request of a window. Every answer, a refusal too, carries the policy. */
export function answerAppRequest(root: string, request: Pick<Request, 'method' | 'url'>): Response {
  if (request.method !== 'GET') return refusal(405);
  if (!isAppUrl(request.url)) return refusal(404);
  const file = findStaticFile(root, new URL(request.url).pathname);
  if (file === null) return refusal(404);
  return new Response(new Uint8Array(file.body), {
    headers: {
      ...HEADERS,
      'Content-Type': file.type,
      'Content-Length': String(file.body.length),
      'Cache-Control': 'no-store',
    },
  });
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: HEADERS });
}

export function serveApp(root: string): void {
  protocol.handle(APP_SCHEME, (request) => answerAppRequest(root, request));
}
