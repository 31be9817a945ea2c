/**
 * How fast a first sync of Stripe is: from a local server without limits, and
 * under Stripe's own limits with answers that take as long as Stripe's. The
 * server and the engine are processes of their own.
 */
import { startStripe, runOwn } from './support/stripe-process.ts';
import { builtSync, type BuiltSync } from './support/built-sync.ts';
import type { InvoiceBytes, SyncRun } from './support/sync-run.ts';
import { count, ms, printTable } from './support/table.ts';

const LARGE = 60;
const SMALL = 16;
const LATENCY_MS = 150;
const LIMIT = 100;
/** An endpoint takes a quarter of the limit: so many must be busy for it to be used up. */
const ENDPOINTS_FOR_THE_LIMIT = 4;

export async function run(report: (line: string) => void): Promise<void> {
  const free = await syncFrom(LARGE, 0, 'free');
  const limited = await syncFrom(SMALL, LATENCY_MS, 'limited');
  const perSecond = free.fetched / free.seconds;
  const built = await builtFrom(LARGE);
  const used = usedShare(limited);
  const perfect = (one: SyncRun) => one.quarantined === 0 && one.incomplete.length === 0;
  printTable(
    [
      {
        what: `first sync of ${count(free.fetched)} objects (${count(free.invoices)} invoices), no limits`,
        target: '≥ 10,000/s',
        measured: `${count(perSecond)}/s over ${ms(free.seconds * 1_000)}`,
        met: perSecond >= 10_000,
      },
      {
        what: 'processor time of the engine per object',
        target: '',
        measured: `${((free.cpuSeconds / free.fetched) * 1e6).toFixed(0)} µs`,
        met: null,
      },
      {
        what: 'proven complete, nothing in quarantine',
        target: 'yes',
        measured: perfect(free) && perfect(limited) ? 'yes' : [...free.incomplete, ...limited.incomplete].join('; '),
        met: perfect(free) && perfect(limited),
      },
      {
        what: `Stripe's limits (${LIMIT}/s, 25 per endpoint), answers after ${LATENCY_MS} ms: share of the limit used`,
        target: '≥ 90 %',
        measured: `${(used * 100).toFixed(1)} %`,
        met: used >= 0.9,
      },
      {
        what: 'memory of the engine alone during the sync, from the sources, peak (RSS)',
        target: '< 500 MB',
        measured: `${count(free.peakMb)} MB`,
        met: free.peakMb < 500,
      },
      {
        what: 'and until the ledger is computed and the database compacted (every thread strips types of its own)',
        target: '',
        measured: `${count(free.peakWithLedgerMb)} MB`,
        met: null,
      },
      {
        what: 'memory of the built program, `vario connect`: the whole process while it syncs, peak (RSS)',
        target: '< 500 MB',
        measured: built === null ? 'not built' : `${count(built.syncPeakMb)} MB`,
        met: built === null ? null : built.syncPeakMb < 500,
      },
      {
        what: 'and until its end: ledger on threads, alerts, compaction',
        target: '< 500 MB',
        measured: built === null ? 'not built' : `${count(built.peakMb)} MB over ${ms(built.seconds * 1_000)}`,
        met: built === null ? null : built.peakMb < 500,
      },
      {
        what: `database per invoice with its lines (${(free.lines / free.invoices).toFixed(1)}), rows and kept record`,
        target: '< 1,000 bytes',
        measured: `${bytesText(free.invoiceBytes, free)}; ${bytesText(free.invoiceBytesBefore, free)} before it is compacted`,
        met: (free.invoiceBytes.facts + free.invoiceBytes.kept) / free.invoices < 1_000,
      },
      {
        what: 'the whole database, compacted',
        target: '',
        measured: `${count(free.fileBytes / 1e6)} MB of ${count(free.fileBytesBefore / 1e6)}, in ${ms(free.compactSeconds * 1_000)}`,
        met: null,
      },
      {
        what: `ledger from invoices, ${count(free.customers)} customers`,
        target: '',
        measured: `${ms(free.ledgerSeconds * 1_000)} (${count(free.customers / free.ledgerSeconds)} customers/s)`,
        met: null,
      },
    ],
    report,
  );
}

function bytesText({ facts, kept }: InvoiceBytes, { invoices }: SyncRun): string {
  return `${count((facts + kept) / invoices)} bytes (${count(facts / invoices)} + ${count(kept / invoices)})`;
}

async function builtFrom(copies: number): Promise<BuiltSync | null> {
  const stripe = await startStripe(copies, 0);
  try {
    return await builtSync(stripe.apiBase);
  } finally {
    stripe.stop();
  }
}

async function syncFrom(copies: number, latencyMs: number, mode: 'free' | 'limited'): Promise<SyncRun> {
  const stripe = await startStripe(copies, latencyMs);
  try {
    return (await runOwn('./sync-run.ts', [stripe.apiBase, mode])) as SyncRun;
  } finally {
    stripe.stop();
  }
}

/** Requests sent while enough endpoints had something to give, as a part of what the limit allows in that time. */
function usedShare({ requests }: SyncRun): number {
  const lists = Object.values(requests).filter((times) => times.length > 20);
  const lasts = lists.map((times) => times.at(-1) ?? 0).toSorted((a, b) => b - a);
  const start = Math.min(...lists.map(([first = 0]) => first));
  const end = lasts[ENDPOINTS_FOR_THE_LIMIT - 1] ?? start;
  const sent = Object.values(requests).reduce(
    (sum, times) => sum + times.filter((at) => at >= start && at <= end).length,
    0,
  );
  return sent / (((end - start) / 1_000) * LIMIT);
}
