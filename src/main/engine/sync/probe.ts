/** Whether the network is back: one small question to a host that a waiting source has declared anyway. */
import { isAppError } from '../../../shared/kernel/errors.ts';
import { SECOND_MS } from '../../../shared/kernel/instant.ts';
import { loadConnection } from './connections.ts';
import type { SyncDeps } from './deps.ts';
import { plans } from './plan.ts';

const TIMEOUT_MS = 5 * SECOND_MS;
const MOST_BYTES = 64 * 1_024;
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:|$)/;

/**
 * Asks the first host of one source that waits for the network, without any secret. Whatever it answers, a refusal
 * included, shows that it can be reached.
 * @returns true when something answered; null when no source waits for the network.
 */
export async function probeNetwork(deps: SyncDeps, signal: AbortSignal): Promise<boolean | null> {
  const [waiting] = plans(deps.db).filter(({ waitsFor }) => waitsFor === 'network');
  if (!waiting) return null;
  const host = hostOf(deps, waiting.sourceId);
  if (host === null) return null;
  const url = `${LOOPBACK.test(host) ? 'http' : 'https'}://${host}/`;
  try {
    await deps.http({ method: 'GET', url, headers: {}, signal, maxBytes: MOST_BYTES, timeoutMs: TIMEOUT_MS });
    return true;
  } catch (error) {
    if (isAppError(error, 'cancelled')) throw error;
    // Too much of an answer, or a detour, is an answer all the same.
    return isAppError(error, 'source_failed');
  }
}

/** Null for a source that was disconnected meanwhile, or whose stored values do not fit this version. */
function hostOf(deps: SyncDeps, sourceId: number): string | null {
  try {
    return loadConnection(deps, sourceId).parsed.hosts[0] ?? null;
  } catch (error) {
    if (isAppError(error, 'conflict', 'not_found', 'invalid_input')) return null;
    throw error;
  }
}
