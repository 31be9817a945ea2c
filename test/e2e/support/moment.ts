/**
 * The moment at which every run begins, for the engine, the vendors and the pages alike; time goes on from there. So the
 * company of the demo has the same history on every day, and no test fails in a leap year, at midnight or on the first
 * of a month.
 */
import { UTC, dayAt, type PlainDay } from '../../../src/shared/kernel/day.ts';
import { addMs, instantOfIso, systemNow, type Instant } from '../../../src/shared/kernel/instant.ts';

/** A Saturday; the last whole month is October 2026. */
const BEGINNING = instantOfIso('2026-11-21T13:00:00Z');

const VARIABLE = 'VARIO_E2E_AHEAD_MS';

/** Called once, before the workers are there: they and the programs under test have it from the environment. */
export function beginRun(): void {
  process.env[VARIABLE] = String(BEGINNING - systemNow());
}

/** Milliseconds from the machine's clock to the run's. @throws Error outside a run. */
export function aheadMs(): number {
  const ahead = process.env[VARIABLE];
  if (ahead === undefined) throw new Error('No run has begun: playwright test --config test/e2e/playwright.config.ts');
  return Number(ahead);
}

/** Now, as the run has it. */
export function runNow(): Instant {
  return addMs(systemNow(), aheadMs());
}

/** Today in UTC, as the run has it. */
export function runToday(): PlainDay {
  return dayAt(runNow(), UTC);
}

/** To be run in a page before its own scripts. */
export function setPageAhead(ahead: number): void {
  const origin = performance.timeOrigin + ahead;
  Object.defineProperty(performance, 'timeOrigin', { configurable: true, value: origin });
}
