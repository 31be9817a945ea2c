/**
 * Who may use the browser host: one-time tokens that are exchanged for session
 * cookies. Both live in this process's memory only; ending it ends them.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export interface BrowserSessions {
  /** A fresh token for one exchange. */
  issueToken(): string;
  /** The value of a new session's cookie, or null when the token is unknown or was used before. */
  exchange(token: string): string | null;
  /** A session without a token, for the host's own browser (printing). */
  open(): string;
  end(cookieValue: string): void;
  /** Whether a request's `Cookie` header carries an open session. */
  isOpen(cookieHeader: string | undefined): boolean;
  /** The `Set-Cookie` header for a session. */
  setCookie(cookieValue: string): string;
  readonly cookieName: string;
}

const SECRET_BYTES = 32;

/** Cookies are shared between the ports of a host, so the name carries the port: two Varios do not disturb each other. */
export function createSessions(port: number): BrowserSessions {
  const tokens = new Set<Buffer>();
  const sessions = new Set<Buffer>();
  const cookieName = `vario_${port}`;
  const open = () => {
    const value = randomBytes(SECRET_BYTES).toString('base64url');
    sessions.add(digest(value));
    return value;
  };
  return {
    cookieName,
    open,
    issueToken() {
      const token = randomBytes(SECRET_BYTES).toString('base64url');
      tokens.add(digest(token));
      return token;
    },
    exchange(token) {
      const found = findEqual(tokens, token);
      if (!found) return null;
      tokens.delete(found);
      return open();
    },
    end(cookieValue) {
      const found = findEqual(sessions, cookieValue);
      if (found) sessions.delete(found);
    },
    isOpen(cookieHeader) {
      const value = cookieOf(cookieHeader, cookieName);
      return value !== null && findEqual(sessions, value) !== null;
    },
    setCookie: (cookieValue) => `${cookieName}=${cookieValue}; HttpOnly; SameSite=Strict; Path=/`,
  };
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}

/** Compares with every known secret in constant time each. */
function findEqual(known: ReadonlySet<Buffer>, secret: string): Buffer | null {
  const wanted = digest(secret);
  let found: Buffer | null = null;
  for (const each of known) if (timingSafeEqual(each, wanted)) found = each;
  return found;
}

function cookieOf(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const [key, value] = pair.split('=', 2);
    if (key?.trim() === name && value !== undefined) return value.trim();
  }
  return null;
}
