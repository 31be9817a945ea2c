/** Writes how many people came for the first time, by day and channel: a span of days is replaced as a whole. */
import type { FirstVisits } from '../../domain/index.ts';
import type { WriteDb } from '../handles.ts';

/** @returns whether anything differed. */
export function firstVisitWriter(db: WriteDb, sourceId: number): (visits: FirstVisits) => boolean {
  const held = db.prepare<[number, string, string], { day: string; channel: string; visitors: number }>(
    `SELECT day_on AS day, channel, visitors FROM first_visit
     WHERE source_id = ? AND day_on BETWEEN ? AND ? ORDER BY day_on, channel`,
  );
  const clear = db.prepareWrite<[number, string, string]>(
    'DELETE FROM first_visit WHERE source_id = ? AND day_on BETWEEN ? AND ?',
  );
  const add = db.prepareWrite<[number, string, string, number]>(
    'INSERT INTO first_visit (source_id, day_on, channel, visitors) VALUES (?, ?, ?, ?)',
  );
  return ({ firstOn, lastOn, visits }) => {
    const key = ({ day, channel, visitors }: { day: string; channel: string; visitors: number }): string =>
      JSON.stringify([day, channel, visitors]);
    const known = held.all(sourceId, firstOn, lastOn).map(key).toSorted();
    const told = visits.map(key).toSorted();
    if (known.length === told.length && known.every((row, index) => row === told[index])) return false;
    clear.run(sourceId, firstOn, lastOn);
    for (const { day, channel, visitors } of visits) add.run(sourceId, day, channel, visitors);
    return true;
  };
}
