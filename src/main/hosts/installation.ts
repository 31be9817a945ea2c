/** Where this program's own files are: the same whether it runs from TypeScript in a checkout or from the build. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const isCheckout = import.meta.url.endsWith('.ts');

/** The folder of the built entries; shared code is bundled into a folder of chunks beside them. */
const builtMain = new URL(import.meta.url.includes('/chunks/') ? '../' : './', import.meta.url);
const root = isCheckout ? new URL('../../../', import.meta.url) : new URL('../../', builtMain);

/** The entry file of the reader's thread: .ts in a checkout, .js beside the other entries when built. */
export const READER_WORKER_URL = isCheckout
  ? new URL('../engine/api/reader-worker.ts', import.meta.url)
  : new URL('reader-worker.js', builtMain);

/** The root of the program: package.json lies there. */
export const ROOT_DIR = fileURLToPath(root);

/** The built renderer; null before it was built. */
export function rendererDir(): string | null {
  const dir = fileURLToPath(new URL('out/renderer/', root));
  return existsSync(`${dir}index.html`) ? dir : null;
}

/** What the build was made from and when; nulls in a checkout, where no build is run. */
export function buildStamp(): { commit: string | null; builtAt: number | null } {
  const file = new URL('build.json', builtMain);
  if (isCheckout || !existsSync(file)) return { commit: null, builtAt: null };
  return z
    .object({ commit: z.string().nullable(), builtAt: z.number().int() })
    .parse(JSON.parse(readFileSync(file, 'utf8')));
}

export function programVersion(): string {
  const text = readFileSync(new URL('package.json', root), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
