/** How far the figures on the screen can be trusted now, in words: the engine, the network, the sync and the history. */
import { instant, type Instant } from '../../../shared/kernel/instant.ts';
import type { PlainDay } from '../../../shared/kernel/day.ts';
import type { Formatter } from '../../lib/format.ts';

export type Trust = 'good' | 'waiting' | 'doubtful' | 'broken';

/** What is known of one of them. */
export interface StandingLine {
  readonly about: 'Engine' | 'Network' | 'Sync' | 'History';
  readonly trust: Trust;
  readonly text: string;
}

export interface Standing {
  /** The worst of all. */
  readonly trust: Trust;
  /** The most telling few words. */
  readonly short: string;
  readonly lines: readonly StandingLine[];
}

/** What is looked at of a source. */
export interface SyncedSource {
  readonly name: string;
  readonly family: string;
  readonly state: 'ready' | 'syncing' | 'paused' | 'failing' | 'disconnected';
  readonly lastSyncedAt: Instant | null;
  /** From when on it counts as out of date; null: never. */
  readonly staleAt: Instant | null;
  readonly streams: readonly { readonly complete: boolean }[];
}

export interface Seen {
  readonly connection: 'connecting' | 'open' | 'lost';
  readonly online: boolean;
  readonly sources: readonly SyncedSource[] | undefined;
  readonly history: { readonly complete: boolean; readonly from: PlainDay | null } | undefined;
  readonly now: Instant;
}

const ORDER: readonly Trust[] = ['good', 'waiting', 'doubtful', 'broken'];

export function standingOf(seen: Seen, format: Formatter): Standing {
  const sync = syncLine(seen, format);
  const lines = [engineLine(seen), networkLine(seen), ...sync.lines, historyLine(seen, format)].filter(
    (line) => line !== null,
  );
  const trust = lines.reduce<Trust>(
    (worst, line) => (ORDER.indexOf(line.trust) > ORDER.indexOf(worst) ? line.trust : worst),
    'good',
  );
  const worst = lines.find((line) => line.trust === trust);
  const short = trust === 'good' || worst === undefined ? sync.short : (SHORT[worst.about][trust] ?? sync.short);
  return { trust, short, lines };
}

/** Where the sync itself has no shorter words. */
const SHORT: Readonly<Record<StandingLine['about'], Partial<Record<Trust, string>>>> = {
  Engine: { broken: 'Engine not reachable', waiting: 'Connecting' },
  Network: { doubtful: 'Offline' },
  Sync: {},
  History: { doubtful: 'Provisional' },
};

function engineLine({ connection }: Seen): StandingLine {
  if (connection === 'lost')
    return {
      about: 'Engine',
      trust: 'broken',
      text: 'Not reachable; Vario keeps trying. The figures are the last ones received, and changes have to wait.',
    };
  return connection === 'open'
    ? { about: 'Engine', trust: 'good', text: 'Reachable: what changes is shown at once.' }
    : { about: 'Engine', trust: 'waiting', text: 'Connecting.' };
}

function networkLine({ online }: Seen): StandingLine {
  return online
    ? { about: 'Network', trust: 'good', text: 'This computer is on the network.' }
    : {
        about: 'Network',
        trust: 'doubtful',
        text: 'This computer is off the network. Everything works on what was synced; sources are read when it is back.',
      };
}

/** Files and sources that were cut off on purpose have no age. The oldest speaks for all. */
function syncLine(seen: Seen, format: Formatter): { short: string; lines: StandingLine[] } {
  const sources = (seen.sources ?? []).filter(({ state, family }) => state !== 'disconnected' && family !== 'files');
  if (sources.length === 0) return { short: 'No sources', lines: [] };
  const lines = sources.map((source) => sourceLine(source, seen, format));
  const failing = sources.find(({ state }) => state === 'failing');
  const oldest = sources.reduce<number>((at, { lastSyncedAt }) => Math.min(at, lastSyncedAt ?? 0), seen.now);
  const age = oldest === 0 ? 'Never synced' : `Synced ${format.relative(instant(oldest), seen.now)}`;
  const late = lines.some(({ trust }) => trust === 'doubtful');
  return {
    short: failing === undefined ? (late ? `Stale: ${age.toLowerCase()}` : age) : `${failing.name}: sync fails`,
    lines,
  };
}

function sourceLine(source: SyncedSource, { now }: Seen, format: Formatter): StandingLine {
  const { name, state, lastSyncedAt, staleAt, streams } = source;
  const age = lastSyncedAt === null ? 'never synced' : `last synced ${format.relative(lastSyncedAt, now)}`;
  const line = (trust: Trust, text: string): StandingLine => ({ about: 'Sync', trust, text: `${name}: ${text}` });
  if (state === 'failing') return line('broken', `the sync fails; ${age}.`);
  if (state === 'syncing') return line('waiting', `is being synced; ${age}.`);
  if (state === 'paused') return line('doubtful', `is paused; ${age}.`);
  if (lastSyncedAt === null) return line('doubtful', 'was never synced.');
  if (staleAt !== null && now >= staleAt)
    return line('doubtful', `${age}, and out of date since ${format.relative(staleAt, now)}.`);
  return streams.some(({ complete }) => !complete)
    ? line('doubtful', `${age}, and incomplete: something of it could not be read.`)
    : line('good', `${age}, complete.`);
}

function historyLine({ history }: Seen, format: Formatter): StandingLine | null {
  if (history === undefined) return null;
  if (history.complete) return { about: 'History', trust: 'good', text: 'Whole: every day since the first is final.' };
  return {
    about: 'History',
    trust: 'doubtful',
    text:
      history.from === null
        ? 'Provisional: the first sync is not through, and no day is whole yet. All figures are still growing.'
        : `Provisional before ${format.day(history.from)}: the first sync is not through. Figures of earlier days, and whatever is compared with them, are incomplete.`,
  };
}
