/** One thread's part of a large computation: a range of customers, prepared in a scratch file for the writer. */
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { DerivingContext } from '../../store/index.ts';
import { customerUpdater, type Changes, type UpdateContext, type UpdateRun } from './customer-update.ts';
import { scratchLedger, SCRATCH_SCHEMA } from './scratch-ledger.ts';

export interface RangeInput extends UpdateRun {
  /** Names the scratch file. */
  readonly scratch: string;
  /** All of a block of levels, or none of it: two threads never write the same block. */
  readonly customers: readonly CustomerId[];
  readonly context: UpdateContext;
}

/** Computes the customers from what is committed, and leaves what is to be written in the scratch file. */
export function deriveRange(db: ReadDb, input: RangeInput, { openScratch }: DerivingContext): Changes {
  const scratch = openScratch(input.scratch, SCRATCH_SCHEMA);
  try {
    return scratch.db.transaction(() => {
      const target = scratchLedger(scratch.db, input);
      const updater = customerUpdater(db, target, input.context, input);
      for (const customerId of input.customers) updater.update(customerId);
      const changes = updater.finish();
      target.finish();
      return changes;
    });
  } finally {
    scratch.close();
  }
}
