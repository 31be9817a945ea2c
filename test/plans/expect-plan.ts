/** Looks at how SQLite would run a query, so that a hot query cannot turn into a scan unnoticed. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { CompiledQuery } from 'kysely';
import { openWriter } from '../../src/main/engine/store/index.ts';
import type { Connection } from '../../src/main/engine/store/handles.ts';
import { temporaryFolder } from '../support/engine-ports.ts';
import { newKey } from '../support/store.ts';

export interface PlanRules {
  /** Tables that are small or meant to be read whole. */
  readonly mayScan?: readonly string[];
  /** Sorting or grouping in memory, where the rows are few by design. */
  readonly maySort?: boolean;
  /** An index that has to be used. */
  readonly uses?: string;
}

/** A database at the newest schema, without rows: plans are chosen by the schema alone. */
export function planDatabase(): Connection {
  const { connection, close } = openWriter(join(temporaryFolder(), 'vario.db'), newKey());
  onTestFinished(close);
  return connection;
}

/** SQLite's steps for a query, outermost first. https://www.sqlite.org/eqp.html */
export function planOf(connection: Connection, query: string | CompiledQuery): string[] {
  const sql = typeof query === 'string' ? query : query.sql;
  const places = typeof query === 'string' ? 0 : query.parameters.length;
  const explain = connection.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
  const parameters = Array.from<null>({ length: places || countPlaces(sql) }).fill(null);
  return explain.all(...parameters).map(({ detail }) => detail);
}

/**
 * Fails when a query reads a whole table or index, or sorts in a temporary
 * b-tree, unless the rules allow it. The message shows the whole plan.
 */
export function expectPlan(connection: Connection, query: string | CompiledQuery, rules: PlanRules = {}): void {
  const plan = planOf(connection, query);
  const faults = plan.flatMap((step) => {
    const scanned = /^SCAN (\S+)/.exec(step)?.[1];
    // Constants, and sub-queries whose own steps are listed by themselves, read no table.
    if (scanned && !/^SCAN (\d+ )?CONSTANT|^SCAN \(/.test(step) && !rules.mayScan?.includes(scanned))
      return [`reads all of ${scanned}`];
    if (step.startsWith('USE TEMP B-TREE') && !rules.maySort) return [step.toLowerCase()];
    if (step.includes('AUTOMATIC')) return [`builds an index for this one query: ${step}`];
    return [];
  });
  if (rules.uses && !plan.some((step) => step.includes(rules.uses ?? ''))) faults.push(`does not use ${rules.uses}`);
  if (faults.length > 0) throw new Error(`The query ${faults.join('; ')}.\nPlan:\n  ${plan.join('\n  ')}`);
}

/** Question marks outside of quoted text. */
function countPlaces(sql: string): number {
  return sql.replace(/'[^']*'|"[^"]*"/g, '').split('?').length - 1;
}
