/**
 * Rules about what holds now rather than what happened. Hysteresis: a
 * condition is raised when it begins, and again only after it was seen to have
 * ended; between its two marks nothing changes.
 */
import type { AlertRuleId } from '../../../shared/contract/alerts.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { ReadDb, WriteDb } from '../store/index.ts';
import type { Candidate } from './candidate.ts';

export interface Reading {
  readonly rule: AlertRuleId;
  /** What it is about: a source, or the company. */
  readonly subject: string;
  /** `between`: neither bad enough to be raised nor good enough to have ended. */
  readonly state: 'holds' | 'between' | 'ended';
  /** The alert, should it have to be raised. */
  readonly alert: Omit<Candidate, 'key' | 'rule'>;
}

export interface ConditionChanges {
  readonly begun: Candidate[];
  /** Keys of the alerts whose condition is over. */
  readonly ended: { readonly rule: AlertRuleId; readonly key: string }[];
}

/** The key of a spell: the same subject gets another one each time the condition begins. */
function spellKey(subject: string, since: number): string {
  return `${subject}:${since}`;
}

/**
 * Compares the readings with the conditions known to hold, writes the
 * difference, and tells which began and which ended. A condition without a
 * reading (its source is gone, its target was removed) has ended.
 */
export function followConditions(db: WriteDb, readings: readonly Reading[], now: Instant): ConditionChanges {
  const known = knownConditions(db);
  const begun: Candidate[] = [];
  const seen = new Set<string>();
  for (const { rule, subject, state, alert } of readings) {
    const name = `${rule} ${subject}`;
    if (state !== 'ended') seen.add(name);
    if (state !== 'holds' || known.has(name)) continue;
    db.run(db.build.insertInto('alert_condition').values({ rule, subject, since_at: now }));
    begun.push({ ...alert, rule, key: spellKey(subject, now) });
  }
  const ended = [...known.entries()].filter(([name]) => !seen.has(name)).map(([, condition]) => condition);
  for (const { rule, subject } of ended)
    db.run(db.build.deleteFrom('alert_condition').where('rule', '=', rule).where('subject', '=', subject));
  return { begun, ended: ended.map(({ rule, subject, since_at }) => ({ rule, key: spellKey(subject, since_at) })) };
}

function knownConditions(db: ReadDb) {
  const rows = db.all(db.build.selectFrom('alert_condition').selectAll());
  return new Map(rows.map((row) => [`${row.rule} ${row.subject}`, { ...row, rule: row.rule as AlertRuleId }]));
}
