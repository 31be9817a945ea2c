/**
 * Every read-only call, as a function of the database: run by the reader's
 * thread, which imports this table, and typed for the engine's side of it.
 */
import { instant } from '../../../shared/kernel/instant.ts';
import { listAlerts } from '../alerts/inbox.ts';
import { listRules } from '../alerts/rules.ts';
import type { QueryContext, ReadDb } from '../store/index.ts';
import type { CallInput, CallOutput, QueryName } from './call-types.ts';
import { readWorkspace } from './workspace-settings.ts';

type QueryTable = {
  readonly [Name in QueryName]: (db: ReadDb, input: CallInput<Name>, context: QueryContext) => CallOutput<Name>;
};

export const queries = {
  'workspace.get': (db) => readWorkspace(db),
  'alerts.list': (db, input, { nowMs }) => listAlerts(db, input, instant(nowMs)),
  'alerts.rules': (db) => listRules(db),
} satisfies Partial<QueryTable>;
