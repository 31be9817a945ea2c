/** Whom the program speaks with: every request is counted by host and day, and written down every few seconds. */
import type { Contact } from '../../../shared/contract/diagnostics.ts';
import { addDays, dayAt, plainDay, type PlainDay, type TimeZone } from '../../../shared/kernel/day.ts';
import { instant, SECOND_MS, type Instant } from '../../../shared/kernel/instant.ts';
import type { Clock, Http, Logger } from '../runtime/index.ts';
import type { ReadDb, WriteDb } from '../store/index.ts';

const WRITE_AFTER_MS = 5 * SECOND_MS;
const KEPT_DAYS = 400;
/** Addresses of the demo's servers and of sign-ins: nothing leaves the machine. */
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);
const THIS_COMPUTER = 'this computer';

export interface ContactLog {
  /** The same exchanges, counted. */
  readonly http: Http;
  /** Writes down what was counted, now, and stops writing by itself. */
  close(): void;
}

export interface ContactDeps {
  readonly db: WriteDb;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The company's zone, which says what a day is. */
  readonly zone: () => TimeZone;
}

type Counted = Omit<Contact, 'lastAt'> & { lastAt: Instant };

/** Counts exchanges of `http`. A day's counts of a host are one row; rows of more than 400 days ago go. */
export function createContactLog(deps: ContactDeps, http: Http): ContactLog {
  const { clock, logger } = deps;
  const waiting = new Map<string, Counted>();
  let timer: NodeJS.Timeout | null = null;
  const write = () => {
    timer = null;
    try {
      store(deps.db, [...waiting.values()]);
      waiting.clear();
    } catch (error) {
      // Boundary: a timer. What was counted stays and is written with the next.
      logger.warn('The hosts that were spoken with could not be written down', { error });
    }
  };
  const count = (url: string, sent: number, got: number, failed: boolean) => {
    const at = clock.now();
    const host = hostOf(url);
    const on = dayAt(at, deps.zone());
    const key = `${on} ${host}`;
    const known = waiting.get(key);
    waiting.set(key, {
      host,
      on,
      requests: (known?.requests ?? 0) + 1,
      failures: (known?.failures ?? 0) + Number(failed),
      bytesSent: (known?.bytesSent ?? 0) + sent,
      bytesGot: (known?.bytesGot ?? 0) + got,
      lastAt: at,
    });
    timer ??= setTimeout(write, WRITE_AFTER_MS).unref();
  };
  return {
    async http(request) {
      const sent = request.body === undefined ? 0 : Buffer.byteLength(request.body);
      let received = 0;
      const receive = request.receive && measured(request.receive, (bytes) => (received += bytes));
      try {
        const response = await http({ ...request, ...(receive && { receive }) });
        count(request.url, sent, received + response.body.byteLength, response.status >= 400);
        return response;
      } catch (error) {
        count(request.url, sent, received, true);
        throw error;
      }
    },
    close() {
      if (timer) clearTimeout(timer);
      write();
    },
  };
}

/** Contacts of the days kept, newest day first, the busiest host of a day first. */
export function listContacts(db: ReadDb): Contact[] {
  const rows = db.all(
    db.build.selectFrom('contact').selectAll().orderBy('contacted_on', 'desc').orderBy('requests', 'desc'),
  );
  return rows.map((row) => ({
    host: row.host,
    on: plainDay(row.contacted_on),
    requests: row.requests,
    failures: row.failures,
    bytesSent: row.bytes_sent,
    bytesGot: row.bytes_got,
    lastAt: instant(row.last_at),
  }));
}

function store(db: WriteDb, counted: readonly Counted[]): void {
  if (counted.length === 0) return;
  const add = db.prepareWrite<[string, string, number, number, number, number, number]>(
    `INSERT INTO contact (host, contacted_on, requests, failures, bytes_sent, bytes_got, last_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (host, contacted_on) DO UPDATE SET
       requests = requests + excluded.requests, failures = failures + excluded.failures,
       bytes_sent = bytes_sent + excluded.bytes_sent, bytes_got = bytes_got + excluded.bytes_got,
       last_at = excluded.last_at`,
  );
  const newest = counted.reduce<PlainDay>((last, { on }) => (on > last ? on : last), counted[0]!.on);
  db.transaction(() => {
    for (const { host, on, requests, failures, bytesSent, bytesGot, lastAt } of counted)
      add.run(host, on, requests, failures, bytesSent, bytesGot, lastAt);
    db.run(db.build.deleteFrom('contact').where('contacted_on', '<', addDays(newest, -KEPT_DAYS)));
  });
}

function hostOf(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return 'no address';
  return LOOPBACK.has(parsed.hostname) ? THIS_COMPUTER : parsed.host;
}

function measured(
  receive: () => (chunk: Uint8Array) => void,
  onBytes: (bytes: number) => void,
): () => (chunk: Uint8Array) => void {
  return () => {
    const take = receive();
    return (chunk) => {
      onBytes(chunk.byteLength);
      take(chunk);
    };
  };
}
