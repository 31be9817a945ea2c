/**
 * Euro reference rates of the European Central Bank: the cross-check of Frankfurter.
 * Answers: what did the ECB publish for the currencies of the facts, day by day?
 * Never: fills a day that the ECB left out.
 */
import { z } from 'zod';
import { plainDay } from '../../../../shared/kernel/day.ts';
import { HOUR_MS } from '../../../../shared/kernel/instant.ts';
import type { Http } from '../../runtime/ports.ts';
import {
  defineSource,
  exchangeRateType,
  gapError,
  mirrorableAddress,
  politeLimits,
  PUBLIC_RATES,
  RATE_BASE,
  ratesNeeded,
  type Page,
  type SourceRecord,
  type Stream,
  type StreamRun,
} from '../kit/index.ts';
import { historyRows, unzipped, type DayRow } from './history-file.ts';

const ConfigSchema = mirrorableAddress('https://www.ecb.europa.eu', 'Address');

/** The ECB publishes once a working day; the file holds the whole history, so it is not fetched at every sync. */
const FRESH_MS = 4 * HOUR_MS;
const DAYS_PER_PAGE = 250;

export const ecbSource = defineSource({
  ...PUBLIC_RATES,
  id: 'ecb',
  title: 'European Central Bank',
  description: 'Euro reference rates of some 30 currencies since 1999. No account, no key.',
  config: ConfigSchema,
  limits: () => politeLimits(1, 1, 5),
  open({ apiBase }, _secrets, { http }) {
    return {
      streams: [ratesStream(apiBase, http)],
      async check() {
        const [newest] = historyRows(await historyFile(apiBase, http));
        return {
          ok: newest !== undefined,
          accountId: null,
          accountName: null,
          liveMode: null,
          missingScopes: [],
          warnings: [],
          problem: newest ? null : 'The file of rates is empty',
        };
      },
      plan: () => ({ relist: false, notes: [] }),
    };
  },
});

/** The bank serves the file packed; a mirror may serve it as it is. */
async function historyFile(apiBase: string, http: Http): Promise<string> {
  for (const name of ['eurofxref-hist.zip', 'eurofxref-hist.csv']) {
    const response = await http({
      method: 'GET',
      url: new URL(`/stats/eurofxref/${name}`, apiBase).href,
      headers: { accept: '*/*' },
    });
    if (response.status === 200) return unzipped(response.body);
    if (response.status !== 404)
      throw gapError('refused', `The European Central Bank answers ${response.status} for ${name}`);
  }
  throw gapError('not_found', `There is no file of rates at ${new URL(apiBase).host}/stats/eurofxref/`);
}

const CursorSchema = z.object({
  readAt: z.number(),
  from: z.string().transform(plainDay),
  to: z.string().transform(plainDay),
  quotes: z.array(z.string()),
});

function ratesStream(apiBase: string, http: Http): Stream {
  return {
    id: 'rates',
    title: 'Exchange rates',
    change: 'snapshot',
    phase: 1,
    objectTypes: [exchangeRateType],
    keepsRaw: false,
    scope: null,
    isDue: () => true,
    read: (run) => pages(run, apiBase, http),
    proof(cursor) {
      const known = CursorSchema.safeParse(cursor).data;
      if (!known) return { complete: false, sentence: 'No rates have been read yet' };
      const quotes = known.quotes.join(', ') || 'no other currency than the euro';
      return { complete: true, sentence: `The whole file read for ${quotes} from ${known.from} to ${known.to}` };
    },
  };
}

async function* pages(run: StreamRun, apiBase: string, http: Http): AsyncGenerator<Page> {
  const needed = ratesNeeded(run);
  const known = CursorSchema.safeParse(run.cursor).data ?? null;
  const covered =
    known !== null && known.from <= needed.from && needed.quotes.every((code) => known.quotes.includes(code));
  if (covered && run.now - known.readAt < FRESH_MS) return;
  const rows = [...historyRows(await historyFile(apiBase, http))].filter(
    ({ date }) => date >= needed.from && (!covered || date > known.to),
  );
  // Oldest first: a run that is cut off leaves a cursor that claims no more than is stored.
  const ordered = rows.toReversed();
  for (let at = 0; at === 0 || at < ordered.length; at += DAYS_PER_PAGE) {
    const days = ordered.slice(at, at + DAYS_PER_PAGE);
    const isLast = at + DAYS_PER_PAGE >= ordered.length;
    yield {
      records: days.flatMap((row) => recordsOf(row, needed.quotes)),
      cursor: {
        readAt: isLast ? run.now : 0,
        from: covered ? known.from : needed.from,
        to: days.at(-1)?.date ?? known?.to ?? needed.to,
        quotes: [...needed.quotes],
      },
      remaining: ordered.length - at - days.length,
      listing: false,
    };
  }
}

function recordsOf({ date, rates }: DayRow, quotes: readonly string[]): SourceRecord[] {
  return quotes.flatMap((quote): SourceRecord[] => {
    const rate = rates.get(quote);
    if (rate === undefined) return [];
    return [{ kind: 'object', type: exchangeRateType.type, value: { date, base: RATE_BASE, quote, rate } }];
  });
}
