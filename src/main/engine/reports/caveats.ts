/** What a reader must know before trusting the pack: sentences about what is missing, unproven or not final. */
import type { MetricSnapshot } from '../../../shared/contract/metrics.ts';
import type { BoardPack } from '../../../shared/contract/reports.ts';
import type { PlainDay } from '../../../shared/kernel/day.ts';
import { instant } from '../../../shared/kernel/instant.ts';
import type { ReadDb } from '../store/index.ts';
import { counted, dayText, moneyText } from '../wording/index.ts';

type SourceLine = BoardPack['sources'][number];

/** Connected sources with the moment of their last complete sync, and whether every stream is proven complete. */
export function sourceLines(db: ReadDb): SourceLine[] {
  return db
    .prepare<[], { name: string; synced_at: number | null; complete: number | null }>(
      `SELECT s.name, min(t.synced_at) AS synced_at, min(t.complete) AS complete
       FROM source s LEFT JOIN stream_state t USING (source_id)
       WHERE s.state <> 'disconnected' GROUP BY s.source_id ORDER BY s.source_id`,
    )
    .all()
    .map((row) => ({
      name: row.name,
      syncedAt: row.synced_at === null ? null : instant(row.synced_at),
      complete: row.complete === 1,
    }));
}

export interface CaveatFacts {
  readonly asOf: PlainDay;
  readonly today: PlainDay;
  readonly final: boolean;
  readonly current: MetricSnapshot;
  /** Whether the pack lists customers at risk, which is always the state of today. */
  readonly listsRisk: boolean;
}

export function caveatSentences(db: ReadDb, facts: CaveatFacts): string[] {
  return [
    facts.final
      ? null
      : `The month is not over: figures are as of ${dayText(facts.asOf, facts.today)} and will change.`,
    unvaluedSentence(facts.current),
    ...incompleteSentences(db),
    ...quarantineSentences(db),
    waitingSentence(db),
    facts.final && facts.listsRisk
      ? `Customers at risk are those of today, ${dayText(facts.today, facts.asOf)}.`
      : null,
  ].filter((sentence) => sentence !== null);
}

function unvaluedSentence({ unvalued, currency }: MetricSnapshot): string | null {
  if (unvalued.length === 0) return null;
  const known = unvalued.filter((item) => item.annualMinor !== null && item.currency === currency);
  const amount = known.reduce((sum, item) => sum + (item.annualMinor ?? 0), 0);
  const stated = amount > 0 ? `, at least ${moneyText(amount, currency)} a year` : '';
  return `${counted(unvalued.length, 'item')} could not be valued${stated} and ${unvalued.length === 1 ? 'is' : 'are'} in no figure: ${reasons(unvalued)}.`;
}

function reasons(unvalued: MetricSnapshot['unvalued']): string {
  const counts = new Map<string, number>();
  for (const { what } of unvalued) counts.set(what, (counts.get(what) ?? 0) + 1);
  return [...counts].map(([what, count]) => `${what} (${count})`).join(', ');
}

function incompleteSentences(db: ReadDb): string[] {
  return db
    .prepare<[], { name: string; streams: string }>(
      `SELECT s.name, group_concat(t.stream, ', ') AS streams
       FROM source s JOIN stream_state t USING (source_id)
       WHERE s.state <> 'disconnected' AND t.complete = 0 GROUP BY s.source_id ORDER BY s.source_id`,
    )
    .all()
    .map(({ name, streams }) => `${name} is not proven complete: ${streams}.`);
}

function quarantineSentences(db: ReadDb): string[] {
  return db
    .prepare<[], { name: string; records: number }>(
      `SELECT s.name, count(*) AS records FROM quarantine q JOIN source s USING (source_id)
       WHERE s.state <> 'disconnected' GROUP BY s.source_id ORDER BY s.source_id`,
    )
    .all()
    .map(
      ({ name, records }) =>
        `${counted(records, 'record')} of ${name} could not be read and ${records === 1 ? 'is' : 'are'} in no figure.`,
    );
}

function waitingSentence(db: ReadDb): string | null {
  const { waiting } = db.prepare<[], { waiting: number }>('SELECT count(*) AS waiting FROM dirty_customer').first() ?? {
    waiting: 0,
  };
  return waiting === 0 ? null : `${counted(waiting, 'customer')} changed since the figures were computed.`;
}
