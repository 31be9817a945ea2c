/** How much script the built page waits for before it draws anything. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * Bytes, gzipped, of the script that starts the program and of all that it cannot run without, by the static imports of
 * the built files. What is fetched beside the first frame (drawings, sheets, other pages) is no part of it.
 * @throws Error where `dir` holds no built renderer.
 */
export function firstFrameBytes(dir: string): number {
  const assets = join(dir, 'assets');
  const start = readdirSync(assets).find((name) => /^start-app-.+\.js$/.test(name));
  if (start === undefined) throw new Error(`There is no start-app in ${assets}: run npm run build`);
  const known = new Set<string>();
  const weigh = (name: string): number => {
    if (known.has(name)) return 0;
    known.add(name);
    const script = readFileSync(join(assets, name));
    const needed = [...script.toString().matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)];
    return needed.reduce((sum, [, other = '']) => sum + weigh(other), gzipSync(script).length);
  };
  return weigh(start);
}
