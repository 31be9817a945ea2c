/** The cockpit's questions, answered on the reader's thread. */
import { instant } from '../../../shared/kernel/instant.ts';
import { trialFunnel } from '../metrics/index.ts';
import { ahead, leaving, nextActions } from '../outlook/index.ts';
import { since } from '../since/index.ts';
import type { QueryContext, ReadDb } from '../store/index.ts';
import { listViews } from '../views/index.ts';
import type { QueryName, QueryTable } from './call-types.ts';
import { metricsContext } from './metrics-context.ts';
import { readWorkspace } from './workspace-settings.ts';

type CockpitQueries = Pick<QueryTable, 'views.list' | 'since.changes' | Extract<QueryName, `cockpit.${string}`>>;

function contextOf(db: ReadDb, { nowMs }: QueryContext) {
  return metricsContext(readWorkspace(db), instant(nowMs));
}

export const cockpitQueries: CockpitQueries = {
  'views.list': (db) => listViews(db),
  'since.changes': (db, input, context) => since(db, input, contextOf(db, context)),
  'cockpit.ahead': (db, input, context) => ahead(db, input, contextOf(db, context)),
  'cockpit.leaving': (db, input, context) => leaving(db, input, contextOf(db, context)),
  'cockpit.nextActions': (db, input, context) => nextActions(db, input, contextOf(db, context)),
  'cockpit.trials': (db, input, context) => trialFunnel(db, input, contextOf(db, context)),
};
