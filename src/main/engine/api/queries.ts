/**
 * Every read-only call, as a function of the database: run by the reader's
 * thread, which imports this table, and typed for the engine's side of it.
 */
import { instant } from '../../../shared/kernel/instant.ts';
import { listAlerts } from '../alerts/inbox.ts';
import { listRules } from '../alerts/rules.ts';
import type { QueryTable } from './call-types.ts';
import { listSources, sourceCatalogue } from './source-list.ts';
import { readWorkspace } from './workspace-settings.ts';

export const queries = {
  'workspace.get': (db) => readWorkspace(db),
  'sources.catalogue': () => sourceCatalogue(),
  'sources.list': (db) => listSources(db),
  'alerts.list': (db, input, { nowMs }) => listAlerts(db, input, instant(nowMs)),
  'alerts.rules': (db) => listRules(db),
} satisfies Partial<QueryTable>;
