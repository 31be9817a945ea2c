/** The demo company as built, in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Demo {
  /** With a token that opens one browser, once. */
  readonly address: string;
  end(): Promise<void>;
}

/** @throws Error when the demo ends before it says where it is. */
export async function startDemo(root: string): Promise<Demo> {
  const cli = join(root, 'out/main/cli.js');
  // As `npm run demo` starts it: V8 may end a process where threads come and go, on processors with protection keys.
  const flags = ['--no-memory-protection-keys', cli, 'demo', '--no-open', '--no-install'];
  const demo = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: demo.stdout })) {
    const address = /http:\/\/127\.0\.0\.1:\d+\/\S*#token=\S+/.exec(line)?.[0];
    if (address === undefined) continue;
    const end = async (): Promise<void> => {
      const gone = once(demo, 'exit');
      demo.kill('SIGINT');
      await gone;
    };
    return { address, end };
  }
  throw new Error('The demo ended before it printed an address');
}
