/** What a build says of itself: which commit it was made from, and under which licences its packages stand. */
import { execFileSync } from 'node:child_process';
import { isAbsolute, join, sep } from 'node:path';
import type { Plugin } from 'vite';
import { instantOfSeconds, systemNow } from '../src/shared/kernel/instant.ts';
import { licencesOf, packageFolders, runtimeDependencies } from './licences.ts';

/** Writes `build.json`: the commit, null where git is not there, and the moment (SOURCE_DATE_EPOCH where it is set). */
export function buildStamp(root: string): Plugin {
  return {
    name: 'vario:build-stamp',
    generateBundle() {
      const epoch = process.env['SOURCE_DATE_EPOCH'];
      const builtAt = epoch === undefined || epoch === '' ? systemNow() : instantOfSeconds(Number(epoch));
      this.emitFile({
        type: 'asset',
        fileName: 'build.json',
        source: JSON.stringify({ commit: commitOf(root), builtAt }),
      });
    },
  };
}

/**
 * Writes `licences.json`: the packages that the program needs at run time, those whose modules are in the pages, and
 * Electron. See scripts/licences.ts.
 */
export function licenceList(root: string): Plugin {
  return {
    name: 'vario:licences',
    generateBundle() {
      const bundled = [...this.getModuleIds()].flatMap(packageOfModule);
      const folders = [
        ...packageFolders(root, runtimeDependencies(root)),
        ...bundled,
        join(root, 'node_modules/electron'),
      ];
      this.emitFile({
        type: 'asset',
        fileName: 'licences.json',
        source: JSON.stringify(licencesOf([...new Set(folders)])),
      });
    },
  };
}

/** The package's folder of a module's file: behind the last `node_modules`, with its scope. */
function packageOfModule(id: string): string[] {
  const path = id.split('?')[0] ?? '';
  const marker = `${sep}node_modules${sep}`;
  const at = path.lastIndexOf(marker);
  if (at < 0 || !isAbsolute(path)) return [];
  const [first = '', second = ''] = path.slice(at + marker.length).split(sep);
  return [path.slice(0, at) + marker + (first.startsWith('@') ? first + sep + second : first)];
}

function commitOf(root: string): string | null {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch (error) {
    // A source without its history, as an archive has it, or a machine without git.
    if (error instanceof Error) return null;
    throw error;
  }
}
