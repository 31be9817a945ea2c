/**
 * Whether memory stays where it is while 1.5 million invoices go by: a first sync of customers, subscriptions and
 * invoices from a local server that makes them up as they are asked for. `VARIO_COPIES` sets another size (of which
 * 810 is the 1.5 million).
 */
import { startStripe, runOwn } from './support/stripe-process.ts';
import type { LongRun, MemorySample } from './support/long-run.ts';
import { count, ms, printTable } from './support/table.ts';

const COPIES = Number(process.env['VARIO_COPIES'] ?? '810');

export async function run(report: (line: string) => void): Promise<void> {
  const stripe = await startStripe(COPIES, 0, 'bills');
  try {
    const long = (await runOwn('./long-run.ts', [stripe.apiBase, stripe.objects])) as LongRun;
    const { samples } = long;
    // The first tenth fills caches; from there on nothing may grow with the number of objects.
    const settled = samples.slice(Math.ceil(samples.length / 10));
    const half = Math.ceil(settled.length / 2);
    const [early, late] = [median(settled.slice(0, half)), median(settled.slice(half))];
    printTable(
      [
        {
          what: `first sync of ${count(long.invoices)} invoices with ${count(long.lines)} lines, ${count(long.objects)} objects in all`,
          target: 'complete',
          measured: `${ms(long.seconds * 1_000)}, ${count(long.objects / long.seconds)}/s, ${((long.cpuSeconds / long.objects) * 1e6).toFixed(0)} µs of processor time each`,
          met: long.incomplete.length === 0,
        },
        {
          what: 'memory, median of the later half against the earlier (RSS, after the first tenth)',
          target: 'flat: < 1.1',
          measured: `${count(late)} MB against ${count(early)} MB (${(late / early).toFixed(2)})`,
          met: late / early < 1.1,
        },
        {
          what: 'memory, peak (RSS)',
          target: '< 500 MB',
          measured: `${count(long.peakMb)} MB`,
          met: long.peakMb < 500,
        },
        {
          what: 'database, before it is compacted',
          target: '',
          measured: `${count(long.fileBytes / 1e6)} MB, ${count(long.fileBytes / long.invoices)} bytes an invoice`,
          met: null,
        },
      ],
      report,
    );
    report(samples.map(({ objects, rssMb }) => `${count(objects)}: ${count(rssMb)} MB`).join(' · '));
    for (const line of long.incomplete) report(line);
  } finally {
    stripe.stop();
  }
}

function median(samples: readonly MemorySample[]): number {
  const sorted = samples.map(({ rssMb }) => rssMb).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
