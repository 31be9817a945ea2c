#!/usr/bin/env node
// Starts the command line with a Node that the SQLite driver runs under: this one, or the one that came with the packages.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NEEDED_NODE_API = 10;
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const built = join(root, 'out', 'main', 'cli.js');
const entry = existsSync(built) ? built : join(root, 'src', 'main', 'hosts', 'headless', 'cli.ts');

/** The path of the pinned Node, or null where npm left it out. */
function pinnedNode() {
  const require = createRequire(import.meta.url);
  const binary = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  for (const name of [`node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`]) {
    try {
      return join(dirname(require.resolve(`${name}/package.json`)), binary);
    } catch (error) {
      if (error.code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  return null;
}

/**
 * On Linux, Node 24's V8 may end a process in which threads come and go, on processors with protection keys
 * (https://github.com/nodejs/node/issues/64500); the engine's threads do. The flag is read before the first line runs,
 * so the process is replaced by itself with it, under the same number.
 */
const STEADY_THREADS = '--no-memory-protection-keys';
const flags = process.platform === 'linux' && process.arch === 'x64' ? [STEADY_THREADS] : [];
const isSteady = flags.every((flag) => process.execArgv.includes(flag)) || !process.versions.node.startsWith('24.');

if (Number(process.versions.napi) >= NEEDED_NODE_API) {
  if (!isSteady) process.execve(process.execPath, [process.execPath, ...process.execArgv, ...flags, ...process.argv.slice(1)], process.env);
  await import(pathToFileURL(entry).href);
} else {
  const node = pinnedNode();
  if (node === null) {
    process.stderr.write(`Vario needs Node.js 24; this is ${process.version}, and the pinned one is not installed. Run npm ci, or use Node.js 24.\n`);
    process.exit(1);
  }
  const child = spawn(node, [...flags, entry, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('close', (code, signal) => process.exit(signal === null ? code : 1));
}
