/**
 * How the renderer reaches an engine that runs in `vario serve`: the printed
 * address carries a one-time token in its fragment (a fragment never reaches
 * a server log or a Referer), which is exchanged for a cookie before the
 * socket opens.
 */

/** `http://127.0.0.1:PORT/#token=…` */
export const TOKEN_FRAGMENT = 'token';

/** `POST` with the JSON body `{ "token": "…" }`: 204 and the cookie, or 401 when the token is unknown or used. */
export const SESSION_PATH = '/session';

/** The WebSocket that carries the calls; needs the cookie and the page's own Origin. */
export const SOCKET_PATH = '/rpc';
