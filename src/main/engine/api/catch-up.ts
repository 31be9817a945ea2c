/** Brings the ledger to today before the first answer of an engine that does no work by itself. */
import { recompute } from '../metrics/index.ts';
import type { Clock } from '../runtime/index.ts';
import type { WriteDb } from '../store/index.ts';
import type { EngineCalls } from './call-context.ts';
import { metricsContext } from './metrics-context.ts';
import { readWorkspace } from './workspace-settings.ts';

/**
 * A one-shot command may come days after the last sync: trials have ended and
 * cancellations taken effect since, or the rules are a newer version's. Where
 * nothing is due this is one short look. Alerts wait for the next sync.
 */
export function askOfToday(db: WriteDb, clock: Clock, ask: EngineCalls['ask']): EngineCalls['ask'] {
  let current = false;
  return (name, input, options) => {
    if (!current) recompute(db, metricsContext(readWorkspace(db), clock.now()));
    current = true;
    return ask(name, input, options);
  };
}
