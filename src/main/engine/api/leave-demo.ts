import type { Workspace } from '../../../shared/contract/workspace.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { WriteDb } from '../store/index.ts';
import { DEFAULT_WORKSPACE, readWorkspace, writeWorkspace } from './workspace-settings.ts';

/** Everything that was synced or computed, in an order in which no row is left pointing at nothing. */
const COMPANY_TABLES = [
  'closing_watch',
  'closing_flow_change',
  'restatement_rollup',
  'restatement',
  'month_reopening',
  'month_close',
  'alert',
  'alert_condition',
  'alert_baseline',
  'movement',
  'ledger_run',
  'ledger_rate',
  'movement_rollup',
  'gauge_rollup',
  'customer_block',
  'customer_standing',
  'source',
  'customer',
  'flow_rollup',
  'state_part',
  'exchange_rate',
  'cost',
  'cost_edit',
] as const;

/**
 * Deletes the demo company and all that was made of it. Settings of taste stay
 * (theme, locale); those of the company go back to their defaults.
 * @throws AppError `conflict` where the workspace is no demo: real data is never deleted by this.
 */
export function leaveDemo(db: WriteDb): Workspace {
  return db.transaction(() => {
    if (!readWorkspace(db).demo)
      throw new AppError('conflict', 'This workspace is not the demo company; nothing was deleted');
    for (const table of COMPANY_TABLES) db.run(db.build.deleteFrom(table));
    const { companyName, reportingCurrency, timeZone } = DEFAULT_WORKSPACE;
    return writeWorkspace(db, { companyName, reportingCurrency, timeZone, demo: false, onboardedAt: null });
  });
}
