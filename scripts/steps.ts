/** Runs commands of the tool chain and reports each as one line, with its output where it failed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';

export interface Step {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

/** Runs the steps, at most `width` at a time. @returns the names of those that failed. */
export async function runAll(steps: readonly Step[], width: number): Promise<string[]> {
  const queue = [...steps];
  const failed: string[] = [];
  const worker = async (): Promise<void> => {
    for (let step = queue.shift(); step; step = queue.shift()) {
      const started = performance.now();
      const { code, output } = await capture(step);
      const seconds = ((performance.now() - started) / 1_000).toFixed(1);
      if (code === 0) console.log(`  ok    ${step.name} (${seconds} s)`);
      else {
        failed.push(step.name);
        console.log(`  FAIL  ${step.name} (${seconds} s)\n${output.trimEnd().replaceAll(/^/gm, '        ')}`);
      }
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  console.log(failed.length === 0 ? `${steps.length} checks passed` : `failed: ${failed.join(', ')}`);
  return failed;
}

/** Runs one command with the terminal as its output. @returns its exit code. */
export async function runInForeground(step: Step): Promise<number> {
  const child = spawn(step.command, step.args, { stdio: 'inherit', shell: process.platform === 'win32' });
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? 1;
}

async function capture(step: Step): Promise<{ code: number; output: string }> {
  const child = spawn(step.command, step.args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? 1, output };
}
