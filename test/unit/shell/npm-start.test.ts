import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../support/engine-ports.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

beforeAll(() => {
  if (!existsSync(join(root, 'out/main/cli.js')))
    execFileSync('electron-vite', ['build', '--logLevel', 'warn'], { cwd: root });
}, 300_000);

describe('npm start', () => {
  it('says in one line that there is no window to be had, and serves the browser host instead', async () => {
    const child = spawn(process.execPath, ['scripts/start.ts', '--no-open'], {
      cwd: root,
      // No display on Linux; a remote session on macOS and Windows.
      env: {
        ...process.env,
        DISPLAY: '',
        WAYLAND_DISPLAY: '',
        SSH_CONNECTION: 'test',
        VARIO_DATA_DIR: temporaryFolder(),
      },
    });
    onTestFinished(() => void child.kill('SIGTERM'));
    let output = '';
    const address = await new Promise<string>((resolve, reject) => {
      child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(output);
        if (found) resolve(found[0]);
      });
      child.once('exit', () => reject(new Error(`It ended without an address:\n${output}`)));
    });
    expect(output.split('\n')[0]).toBe('There is no display for a window, so the cockpit is served to the browser.');
    expect((await fetch(`${address}/`)).status).toBe(200);
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  }, 180_000);
});
