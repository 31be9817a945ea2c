import type { Migration } from './migration.ts';

/** The rows that flow into a month: the moment at which they count, the amount, and when they count at all. */
const FLOWS = [
  {
    table: 'charge',
    kind: 'charged',
    at: '{row}.created_at',
    amount: 'coalesce({row}.amount_captured_minor, {row}.amount_minor)',
    counts: `{row}.status = 'succeeded'`,
  },
  {
    table: 'refund',
    kind: 'refunded',
    at: '{row}.created_at',
    amount: '{row}.amount_minor',
    counts: `coalesce({row}.status, 'succeeded') IN ('succeeded', 'pending', 'requires_action')`,
  },
  {
    table: 'invoice',
    kind: 'invoiced',
    at: '{row}.finalized_at',
    amount: '({row}.total_minor - {row}.tax_minor)',
    counts: `{row}.status IN ('open', 'paid', 'uncollectible') AND {row}.finalized_at IS NOT NULL`,
  },
  {
    table: 'credit_note',
    kind: 'credited',
    at: '{row}.created_at',
    amount: '{row}.total_excluding_tax_minor',
    counts: `{row}.status = 'issued'`,
  },
  {
    table: 'balance_transaction',
    kind: 'fee',
    at: '{row}.created_at',
    amount: `({row}.fee_minor - CASE WHEN {row}.reporting_category IN ('fee', 'network_cost') THEN {row}.amount_minor ELSE 0 END)`,
    counts: `({row}.fee_minor <> 0 OR {row}.reporting_category IN ('fee', 'network_cost'))`,
  },
  {
    table: 'dispute',
    kind: 'disputed',
    at: '{row}.created_at',
    amount: '{row}.amount_minor',
    counts: `{row}.status NOT LIKE 'warning%' AND {row}.status <> 'prevented'`,
  },
  {
    table: 'dispute',
    kind: 'dispute_won',
    at: 'coalesce({row}.reinstated_at, {row}.created_at)',
    amount: '{row}.amount_minor',
    counts: `({row}.reinstated_at IS NOT NULL OR {row}.status = 'won')`,
  },
] as const;

type Flow = (typeof FLOWS)[number];

/** The triggers of a table's flow: what an object of a closed month gave before, and what it gives now. */
function triggersOf({ table, kind, at, amount, counts }: Flow): string {
  const moment = (row: 'OLD' | 'NEW') => at.replaceAll('{row}', row);
  const given = (row: 'OLD' | 'NEW') =>
    `CASE WHEN ${counts.replaceAll('{row}', row)} THEN ${amount.replaceAll('{row}', row)} END`;
  const isClosed = (row: 'OLD' | 'NEW') => `${moment(row)} < (SELECT closed_until_at FROM closing_watch)`;
  const note = (row: 'OLD' | 'NEW', before: string, after: string, where = '') => `
        INSERT INTO closing_flow_change (kind, source_id, object_id, flowed_at, currency, before_minor, after_minor)
        SELECT '${kind}', ${row}.source_id, ${row}.id, ${moment(row)}, ${row}.currency, ${before}, ${after}
        WHERE ${moment(row)} IS NOT NULL AND coalesce(${before}, 0) <> coalesce(${after}, 0) ${where};`;
  const same = `${moment('OLD')} IS ${moment('NEW')} AND OLD.currency = NEW.currency`;
  return `
      CREATE TRIGGER ${table}_${kind}_closed_insert AFTER INSERT ON ${table} WHEN ${isClosed('NEW')} BEGIN${note('NEW', 'NULL', given('NEW'))}
      END;
      CREATE TRIGGER ${table}_${kind}_closed_delete AFTER DELETE ON ${table} WHEN ${isClosed('OLD')} BEGIN${note('OLD', given('OLD'), 'NULL')}
      END;
      CREATE TRIGGER ${table}_${kind}_closed_update AFTER UPDATE ON ${table} WHEN ${isClosed('NEW')} OR ${isClosed('OLD')}
      BEGIN${note('OLD', given('OLD'), `CASE WHEN ${same} THEN ${given('NEW')} END`)}${note('NEW', 'NULL', given('NEW'), `AND NOT (${same})`)}
      END;`;
}

/** A cost belongs to a month and not to a moment: its middle stands for it in every time zone. */
function costTriggers(): string {
  const noted = (row: 'OLD' | 'NEW', before: string, after: string) => `
        INSERT INTO closing_flow_change (kind, source_id, object_id, flowed_at, currency, before_minor, after_minor)
        SELECT 'costs', NULL, ${row}.kind || ' ' || ${row}.channel_key, unixepoch(${row}.month || '-15') * 1000, ${row}.currency, ${before}, ${after}
        WHERE coalesce(${before}, 0) <> coalesce(${after}, 0);`;
  const isClosed = (row: 'OLD' | 'NEW') =>
    `unixepoch(${row}.month || '-15') * 1000 < (SELECT closed_until_at FROM closing_watch)`;
  return `
      CREATE TRIGGER cost_closed_insert AFTER INSERT ON cost WHEN ${isClosed('NEW')} BEGIN${noted('NEW', 'NULL', 'NEW.amount_minor')}
      END;
      CREATE TRIGGER cost_closed_delete AFTER DELETE ON cost WHEN ${isClosed('OLD')} BEGIN${noted('OLD', 'OLD.amount_minor', 'NULL')}
      END;
      CREATE TRIGGER cost_closed_update AFTER UPDATE OF amount_minor ON cost WHEN ${isClosed('NEW')} BEGIN${noted('NEW', 'OLD.amount_minor', 'NEW.amount_minor')}
      END;`;
}

/** Objects and costs of closed months that changed: noted by triggers, taken up by the next comparison. */
export const closingFlows: Migration = {
  version: 89,
  name: 'closing-flows',
  sql: `
    CREATE TABLE closing_flow_change (
      change_id    INTEGER PRIMARY KEY,
      kind         TEXT NOT NULL,
      source_id    INTEGER,                   -- null: entered here
      object_id    TEXT NOT NULL,
      flowed_at    INTEGER NOT NULL,
      currency     TEXT NOT NULL,
      before_minor INTEGER,                   -- null: it was not there, or did not count
      after_minor  INTEGER
    ) STRICT;
    ${FLOWS.map(triggersOf).join('')}${costTriggers()}
  `,
};
