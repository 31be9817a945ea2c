/** The program over the large database, as a window has it: calls go to the engine and its reader threads. */
import { startHeadless, type Client } from '../../src/main/hosts/headless/headless.ts';
import { dataset, PASSPHRASE } from '../dataset.ts';
import { ms, percentile, timed, type Row } from './table.ts';

export async function withClient(
  report: (line: string) => void,
  work: (client: Client) => Promise<void>,
): Promise<void> {
  const data = await dataset('ledger', report);
  const headless = startHeadless({
    dataDir: data.dataDir,
    documentsDir: data.dataDir,
    program: 'bench',
    stderrLevel: 'error',
  });
  try {
    await headless.client.session.unlock({ passphrase: PASSPHRASE });
    await work(headless.client);
  } finally {
    await headless.close();
    data.release();
  }
}

/**
 * Waits until the reader threads have loaded their code, which takes them longer from the sources than in the program as
 * it is built; `serve` measures that. Nothing of what questions share is made by it.
 */
export async function threadsUp({ views }: Client): Promise<void> {
  await Promise.all(Array.from({ length: 8 }, () => views.list()));
}

export interface Measured {
  readonly first: number;
  readonly median: number;
  readonly p95: number;
}

/** Milliseconds of a call: the first one, and the rest. `call` is given the number of the round, to ask for something else each time. */
export async function measure(rounds: number, call: (round: number) => Promise<unknown>): Promise<Measured> {
  const { ms: first } = await timed(() => call(0));
  const times: number[] = [];
  for (let round = 1; round <= rounds; round++) times.push((await timed(() => call(round))).ms);
  return { first, median: percentile(times, 0.5), p95: percentile(times, 0.95) };
}

/** A row of the table: p95 against the target, the first call beside it. @param targetMs null where the figure is told without one. */
export function rowOf(what: string, { first, median, p95 }: Measured, targetMs: number | null): Row {
  return {
    what,
    target: targetMs === null ? '' : `< ${targetMs} ms`,
    measured: `${ms(p95)} (median ${ms(median)}, the first ${ms(first)})`,
    met: targetMs === null ? null : p95 < targetMs,
  };
}
