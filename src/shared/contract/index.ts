/**
 * The one contract between the engine and whoever looks at it.
 * Answers: which calls exist, what goes in, what comes out, how can they fail?
 * Served alike over a MessagePort and a loopback WebSocket.
 * Never: holds logic, or a type that only one side needs.
 */
import { alerts } from './alerts.ts';
import { annotations } from './annotations.ts';
import { cash } from './cash.ts';
import { changes } from './changes.ts';
import { closing } from './closing.ts';
import { cockpit } from './cockpit.ts';
import { costs } from './costs.ts';
import { crmFields } from './crm-fields.ts';
import { customers } from './customers.ts';
import { digests } from './digest.ts';
import { data } from './data.ts';
import { diagnostics } from './diagnostics.ts';
import { files } from './files.ts';
import { identity } from './identity.ts';
import { jobs } from './jobs.ts';
import { metrics } from './metrics.ts';
import { privacy } from './privacy.ts';
import { onboarding } from './onboarding.ts';
import { reports } from './reports.ts';
import { retention } from './retention.ts';
import { revenue } from './revenue.ts';
import { revops } from './revops.ts';
import { segments } from './segments.ts';
import { session } from './session.ts';
import { since } from './since.ts';
import { sources } from './sources.ts';
import { support } from './support.ts';
import { targets } from './targets.ts';
import { usage } from './usage.ts';
import { views } from './views.ts';
import { workspace } from './workspace.ts';

export const contract = {
  session,
  workspace,
  onboarding,
  metrics,
  customers,
  segments,
  costs,
  closing,
  sources,
  files,
  alerts,
  reports,
  retention,
  revenue,
  revops,
  identity,
  usage,
  crmFields,
  support,
  digests,
  targets,
  cash,
  data,
  privacy,
  diagnostics,
  annotations,
  jobs,
  views,
  since,
  cockpit,
  changes,
};
export type Contract = typeof contract;
