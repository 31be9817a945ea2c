/** The built renderer's files, and nothing else of the disk. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import type { Caching } from './response-headers.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};

export interface StaticFile {
  readonly type: string;
  readonly caching: Caching;
  /** Read at once: a page asks for some sixty files of a few kilobytes, and a stream costs each of them several turns. */
  readonly body: Buffer;
}

/** Where the bundler puts files with a hash of their content in the name. */
const HASHED = '/assets/';

/**
 * Finds the file for a request's path inside `root`. Paths of the app's own
 * pages (no extension) give `index.html`.
 * @returns null when there is none, or when the path leads out of the folder, also by a link.
 */
export function findStaticFile(root: string, urlPath: string): StaticFile | null {
  const path = decoded(urlPath);
  if (path === null) return null;
  const isPage = extname(path) === '';
  const type = TYPES[extname(path) || '.html'];
  const body = type === undefined ? null : contentOf(root, isPage ? '/index.html' : path);
  if (body === null || type === undefined) return null;
  return { type, caching: path.startsWith(HASHED) ? 'forever' : 'never', body };
}

/** The decoded path, or null for one that an honest renderer never asks for. */
function decoded(urlPath: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(urlPath);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
  const odd = path.includes('\0') || path.includes('\\') || path.split('/').some((part) => part.startsWith('.'));
  return odd || !path.startsWith('/') ? null : path;
}

function contentOf(root: string, path: string): Buffer | null {
  try {
    const inside = realpathSync(root) + sep;
    const real = realpathSync(join(inside, path));
    return real.startsWith(inside) && statSync(real).isFile() ? readFileSync(real) : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
    throw error;
  }
}
