/**
 * Faults planted in a copy of the sources, one at a time: the random lives must
 * find each, and none in the copy without a fault. What each would have broken:
 * README.md.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
/** Enough lives for every fault, of a seed that was not chosen for them. */
const LIVES = '240';
const SEED = '1';

interface Fault {
  readonly name: string;
  readonly file: string;
  /** Text that is in the file once, and what stands there instead. */
  readonly is: string;
  readonly becomes: string;
}

const FAULTS: readonly Fault[] = [
  {
    name: 'a week counts 48 times a year',
    file: 'core/interval.ts',
    is: `rational(interval === 'week' ? policy.week : policy.day).mul(12)`,
    becomes: `rational(interval === 'week' ? 4 : policy.day).mul(12)`,
  },
  {
    name: 'an amount off is taken off every item whole',
    file: 'core/discount.ts',
    is: `const total = billed.reduce((sum, amount) => sum.add(amount), ZERO);`,
    becomes: `const total = billed[0] ?? ZERO;`,
  },
  {
    name: 'a limited discount never ends',
    file: 'core/discount.ts',
    is: `return monthsLater(start, coupon.durationInMonths);`,
    becomes: `return Number.POSITIVE_INFINITY;`,
  },
  {
    name: 'whoever comes back is new',
    file: 'core/movement.ts',
    is: `if (!everPaid) return 'new';`,
    becomes: `if (!everPaid || net > 0) return 'new';`,
  },
  {
    name: 'a scheduled end is not looked at until it is seen',
    file: 'history/status-steps.ts',
    is: `if (end !== null) putStep(steps, { at: end, value: 'canceled', ...by });`,
    becomes: `if (end === 0) putStep(steps, { at: end, value: 'canceled', ...by });`,
  },
  {
    name: 'a pause does not end by itself',
    file: 'history/status-steps.ts',
    is: `if (before && resumesAt !== null && resumesAt > before.seenAt)`,
    becomes: `if (before && resumesAt !== null && resumesAt < before.seenAt)`,
  },
  {
    name: 'days are those of UTC',
    file: 'ledger/customer-history.ts',
    is: `dayAt(state.effectiveAt, zone)`,
    becomes: `dayAt(state.effectiveAt, 'UTC' as typeof zone)`,
  },
  {
    name: 'only the first subscription of a customer is netted',
    file: 'core/movement.ts',
    is: `return changes.every(({ delta, is }) => delta >= 0 || is === 'paused');`,
    becomes: `return changes.slice(0, 1).every(({ delta, is }) => delta >= 0 || is === 'paused');`,
  },
];

let copy = '';

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'vario-faults-'));
  for (const part of [
    'src',
    'resources',
    'test/property',
    'test/unit/metrics/support',
    'test/support',
    'vitest.config.ts',
    'package.json',
  ])
    cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  mkdirSync(join(copy, 'tmp'));
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Runs the lives over the copy. @returns whether they passed, and what they said. */
function lives(): Promise<{ passed: boolean; said: string }> {
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vitest, 'run', 'test/property/lives.test.ts', '--no-color'], {
      cwd: copy,
      env: { ...process.env, VARIO_LIVES: LIVES, VARIO_SEED: SEED, TMPDIR: join(copy, 'tmp') },
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ passed: code === 0, said }));
  });
}

test('without a fault the copy passes', { timeout: 300_000 }, async () => {
  const { passed, said } = await lives();
  expect(passed, said).toBe(true);
});

test.each(FAULTS)('$name: is found', { timeout: 300_000 }, async ({ file, is, becomes }) => {
  const path = join(copy, 'src/main/engine/metrics', file);
  const source = readFileSync(path, 'utf8');
  expect(source.split(is), `${file} has the text once that the fault replaces`).toHaveLength(2);
  writeFileSync(
    path,
    source.replace(is, () => becomes),
  );
  try {
    const { passed, said } = await lives();
    expect(passed).toBe(false);
    // By a life that the ledger and the oracle read differently, and not because nothing ran.
    expect(said).toMatch(/Property failed after \d+ tests/);
    expect(said).toMatch(/AssertionError/);
  } finally {
    writeFileSync(path, source);
  }
});
