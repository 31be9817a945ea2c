import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('../../../bin/vario.js', import.meta.url));

it('ends without a word when nobody reads its output any more, as in `vario --help | head -1`', async () => {
  const child = spawn(process.execPath, [BIN, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let complaint = '';
  child.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect({ complaint, code }).toEqual({ complaint: '', code: 0 });
});
