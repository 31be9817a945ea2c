/** How long a sync still takes: what is known to come, at the pace measured lately. Unknown wherever either is. */
import { addMs, SECOND_MS, type Instant } from '../../../shared/kernel/instant.ts';
import type { WriteDb } from '../store/handles.ts';
import type { SyncProgress } from './deps.ts';

/** The pace is that of the last minute: limits are hit and relax, pages grow and shrink. */
const WINDOW_MS = 60 * SECOND_MS;
/** A shorter stretch says nothing yet. */
const LEAST_MS = 5 * SECOND_MS;
const WRITE_EVERY_MS = SECOND_MS;

interface Estimate {
  /** Null while a list has not begun, does not say how much is to come, or is too young for a pace. */
  readonly remainingSeconds: number | null;
  /** Objects a second, of all lists together; null at first. */
  readonly perSecond: number | null;
}

interface Course {
  /** Objects fetched by their moments, within the window. */
  readonly points: { readonly at: Instant; readonly fetched: number }[];
  remaining: number | null;
}

export interface RemainingTime {
  note(progress: SyncProgress): void;
  /** The list is at its end, whatever was expected of it. */
  ended(stream: string): void;
  estimate(): Estimate;
}

/**
 * @param expected the lists that this sync has to read to their ends, whether they have begun or not; whatever else is
 *   read counts once it has begun. They run side by side, so that the slowest one says when all are through.
 */
export function remainingTime(expected: readonly string[], now: () => Instant): RemainingTime {
  const courses = new Map<string, Course>();
  const waiting = new Set(expected);
  return {
    note({ stream, fetched, total }) {
      const at = now();
      const course = courses.get(stream) ?? { points: [], remaining: null };
      courses.set(stream, course);
      course.points.push({ at, fetched });
      while ((course.points[1]?.at ?? at) < addMs(at, -WINDOW_MS)) course.points.shift();
      course.remaining = total === null ? null : total - fetched;
    },
    ended(stream) {
      waiting.delete(stream);
      courses.delete(stream);
    },
    estimate() {
      const paces = [...courses.values()].map(paceOf);
      const known = paces.flatMap((pace) => pace ?? []);
      const perSecond = known.length === 0 ? null : known.reduce((sum, pace) => sum + pace, 0);
      const times = [...new Set([...waiting, ...courses.keys()])].map((stream) => timeOf(courses.get(stream)));
      const isKnown = times.length > 0 && times.every((time) => time !== null);
      return { remainingSeconds: isKnown ? Math.ceil(Math.max(0, ...times)) : null, perSecond };
    },
  };
}

function timeOf(course: Course | undefined): number | null {
  if (course === undefined || course.remaining === null) return null;
  if (course.remaining <= 0) return 0;
  const pace = paceOf(course);
  return pace === null || pace <= 0 ? null : course.remaining / pace;
}

/** Objects a second between the first and the last moment of the window. */
function paceOf({ points }: Course): number | null {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || last.at - first.at < LEAST_MS) return null;
  return ((last.fetched - first.fetched) * SECOND_MS) / (last.at - first.at);
}

/** Keeps the estimate where screens and other processes see it, once a second; the end of the sync takes it away. */
export function paceBook(db: WriteDb, sourceId: number, now: () => Instant) {
  const put = db.prepareWrite<[number, number | null, number | null, number]>(
    `INSERT INTO sync_pace (source_id, remaining_seconds, per_second, measured_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (source_id) DO UPDATE SET remaining_seconds = excluded.remaining_seconds,
       per_second = excluded.per_second, measured_at = excluded.measured_at`,
  );
  const drop = db.prepareWrite<[number]>('DELETE FROM sync_pace WHERE source_id = ?');
  let writtenAt: Instant | null = null;
  return {
    write({ estimate }: RemainingTime): void {
      const at = now();
      if (writtenAt !== null && at < addMs(writtenAt, WRITE_EVERY_MS)) return;
      writtenAt = at;
      const { remainingSeconds, perSecond } = estimate();
      db.transaction(() => put.run(sourceId, remainingSeconds, perSecond, at));
    },
    clear: (): void => void db.transaction(() => drop.run(sourceId)),
  };
}
