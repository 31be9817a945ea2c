/** Calls about one customer's data. */
import type { CustomerId } from '../../../shared/kernel/ids.ts';
import type { JobQueue } from '../jobs/index.ts';
import { erasePerson, exportPerson } from '../privacy/index.ts';
import type { SyncDeps } from '../sync/index.ts';
import type { EngineCalls } from './call-context.ts';
import type { ChangeHub } from './change-hub.ts';
import type { JobKinds } from './job-kinds.ts';

export interface PrivacyDeps {
  readonly sync: SyncDeps;
  readonly changes: Pick<ChangeHub, 'publish'>;
  readonly kinds: Pick<JobKinds, 'compact' | 'recompute'>;
}

export function privacyCommands(
  { sync, changes, kinds }: PrivacyDeps,
  enqueue: JobQueue['enqueue'],
): Pick<EngineCalls['commands'], 'privacy.exportCustomer' | 'privacy.eraseCustomer'> {
  return {
    'privacy.exportCustomer': ({ customerId }) => {
      const { name, rows, sources, text } = exportPerson(sync, customerId);
      return { customerId: customerId as CustomerId, name, rows, sources, text };
    },
    'privacy.eraseCustomer': ({ customerId, name }) => {
      const { name: called, rows, remains } = erasePerson(sync, customerId, name);
      enqueue(kinds.recompute, {});
      changes.publish('ledger', 'identity', 'alerts', 'reports', 'files', 'sources');
      return { name: called, rows, remains: [...remains], jobId: enqueue(kinds.compact, {}).jobId };
    },
  };
}
