/** The first sync of the built program, as a user runs it: `vario connect`, measured from outside. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DATABASE_FILE } from '../../src/main/hosts/workspace-host.ts';

const CLI = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));

export interface BuiltSync {
  readonly seconds: number;
  /** Megabytes of the whole process from its start to the end of the sync; NaN where the system does not say. */
  readonly syncPeakMb: number;
  /** And to its own end, through ledger, alerts and compaction. */
  readonly peakMb: number;
  readonly fileBytes: number;
}

/** Null where the program was not built. @throws Error with what the program said when it fails. */
export async function builtSync(apiBase: string): Promise<BuiltSync | null> {
  if (!existsSync(CLI)) return null;
  const dataDir = mkdtempSync(join(tmpdir(), 'vario-bench-built-'));
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [CLI, '--data-dir', dataDir, 'connect', 'stripe', '--set', `apiBase=${apiBase}`],
    {
      env: {
        ...process.env,
        VARIO_PASSPHRASE: 'generated data for benchmarks',
        STRIPE_API_KEY: ['rk', 'live', 'bench000000000000'].join('_'),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()));
  let peakMb = Number.NaN;
  let syncPeakMb = Number.NaN;
  const look = setInterval(() => {
    peakMb = peakOf(child.pid) ?? peakMb;
    // The program says what it goes on with.
    if (!said.includes('Computing the ledger')) syncPeakMb = peakMb;
  }, 20);
  try {
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    if (code !== 0) throw new Error(`vario connect ended with ${code}: ${said}`);
    return {
      seconds: (performance.now() - started) / 1_000,
      syncPeakMb,
      peakMb,
      fileBytes: statSync(join(dataDir, DATABASE_FILE)).size,
    };
  } finally {
    clearInterval(look);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** The most memory that a process has had so far. https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
function peakOf(pid: number | undefined): number | null {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return null;
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf8'))?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) / 1_024;
}
