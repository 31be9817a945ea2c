/**
 * Faults planted in the sources, one at a time, as they are bundled: the random lives must find each, and none in the
 * bundle without a fault. What each would have broken: README.md.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';
import { afterAll, expect, test } from 'vitest';
import { BUNDLED } from '../../scripts/bundled-packages.ts';

const ROOT = join(import.meta.dirname, '../..');
const METRICS = join(ROOT, 'src/main/engine/metrics');
const LIVES_FILE = fileURLToPath(new URL('./lives/run.ts', import.meta.url));
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
    name: 'an item’s own coupon ignores the products that it is for',
    file: 'core/discount.ts',
    is: `lower([entry].filter(appliesTo(discount)), discount, context);`,
    becomes: `lower([entry], discount, context);`,
  },
  {
    name: 'a coupon for once lowers every yearly term',
    file: 'core/discount.ts',
    is: `return discount.coupon.duration !== 'once' || discount.start`,
    becomes: `return discount.start < Number.POSITIVE_INFINITY || discount.start`,
  },
  {
    name: 'contained tax is left in where the price does not speak of it',
    file: 'history/tax-evidence.ts',
    is: `if (taxBehavior === 'exclusive') return null;`,
    becomes: `if (taxBehavior !== 'inclusive') return null;`,
  },
  {
    name: 'a tier’s flat amount counts in every tier below',
    file: 'core/price-amount.ts',
    is: `if (index > 0 && quantity.lte(below)) return total;`,
    becomes: `if (index < 0 && quantity.lte(below)) return total;`,
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

// Below the project: packages that are not bundled are found from there.
mkdirSync(join(ROOT, 'out'), { recursive: true });
const dir = mkdtempSync(join(ROOT, 'out', 'faults-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** The text of a file of the metrics, with the fault. @throws AssertionError where the text it replaces is not there once. */
function planted({ file, is, becomes }: Fault): string {
  const source = readFileSync(join(METRICS, file), 'utf8');
  expect(source.split(is), `${file} has the text once that the fault replaces`).toHaveLength(2);
  return source.replace(is, () => becomes);
}

function planting(fault: Fault): Plugin {
  const text = planted(fault);
  const path = join(METRICS, fault.file);
  return { name: 'planted-fault', enforce: 'pre', load: (id) => (id === path ? text : null) };
}

/** Runs the lives over the sources with this fault. @returns whether they passed, and what they said. */
async function lives(fault: Fault | null): Promise<{ passed: boolean; said: string }> {
  const outDir = mkdtempSync(join(dir, 'bundle-'));
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    plugins: fault === null ? [] : [planting(fault)],
    ssr: { noExternal: BUNDLED },
    build: {
      ssr: true,
      outDir,
      target: 'node24',
      copyPublicDir: false,
      rolldownOptions: { input: { run: LIVES_FILE }, output: { format: 'es', entryFileNames: '[name].js' } },
    },
  });
  return await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(outDir, 'run.js'), LIVES, SEED]);
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ passed: code === 0, said }));
  });
}

test('without a fault the lives pass', { timeout: 300_000 }, async () => {
  const { passed, said } = await lives(null);
  expect(passed, said).toBe(true);
});

test.each(FAULTS)('$name: is found', { timeout: 300_000 }, async (fault) => {
  const { passed, said } = await lives(fault);
  expect(passed).toBe(false);
  // By a life that the ledger and the oracle read differently, and not because nothing ran.
  expect(said).toMatch(/Property failed after \d+ tests/);
  expect(said).toMatch(/AssertionError/);
});
