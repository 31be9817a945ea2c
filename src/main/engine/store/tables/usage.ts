/** Writes what product analytics knows: accounts, rolled-up usage, active users, properties. */
import { unreachable } from '../../../../shared/kernel/errors.ts';
import type { UsageFact } from '../../domain/index.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { WriteDb } from '../handles.ts';
import { activeUserWriter } from './active-user.ts';
import { firstVisitWriter } from './first-visit.ts';
import { productAccountWriter } from './product-account.ts';
import { usageBatchWriter } from './usage-batch.ts';

export interface UsageWriter {
  /** @returns whether it was new or different. */
  write(fact: UsageFact): boolean;
  markDeleted(objectType: string, id: string, at: Instant): void;
}

export function usageWriter(db: WriteDb, sourceId: number): UsageWriter {
  const accounts = productAccountWriter(db, sourceId);
  const batch = usageBatchWriter(db, sourceId, accounts);
  const active = activeUserWriter(db, sourceId);
  const visits = firstVisitWriter(db, sourceId);
  return {
    write(fact) {
      switch (fact.kind) {
        case 'product_account':
          accounts.write(fact.value);
          return true;
        case 'usage_batch':
          return batch(fact.value);
        case 'active_users':
          return active.counted(fact.value);
        case 'first_visits':
          return visits(fact.value);
        case 'event_property':
          return accounts.property(fact.value);
        default:
          return unreachable(fact);
      }
    },
    markDeleted(objectType, id, at) {
      if (objectType === 'product_account') accounts.markDeleted(id, at);
    },
  };
}
