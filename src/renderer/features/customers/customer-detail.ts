/** What the engine knows of one customer. */
import type { EngineClient } from '../../lib/engine/index.ts';

export type CustomerDetail = Awaited<ReturnType<EngineClient['customers']['get']>>;
