/**
 * Keeps what is remembered up to date: follows the engine's streams while it is
 * unlocked and reachable, drops what a change touches, and takes in progress.
 */
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Change } from '../../../shared/contract/changes.ts';
import { SECOND_MS } from '../../../shared/kernel/instant.ts';
import { useConnectionState, useEngine, type Engine } from './engine-context.tsx';
import { failureOf } from './failure.ts';
import { isHeld } from './kept-change.ts';
import { rememberJob } from './use-jobs.ts';

type Topic = Change['topics'][number];

/**
 * Drops everything remembered that the topics touch; what is on the screen is asked for again at once, but for what a
 * command under way will ask for itself (`keptChange`).
 */
export function dropTouched(queries: QueryClient, api: Engine['api'], topics: readonly Topic[]): void {
  const touched: Record<Topic, readonly (readonly unknown[])[]> = {
    ledger: [
      api.digests.key(),
      api.targets.key(),
      api.metrics.key(),
      api.support.key(),
      api.usage.key(),
      api.customers.key(),
      api.segments.key(),
      api.retention.key(),
      api.revenue.key(),
      api.reports.boardPack.key(),
      api.closing.key(),
      api.cash.key(),
      api.cockpit.key(),
      api.since.key(),
    ],
    costs: [api.onboarding.key(), api.costs.key(), api.metrics.key(), api.reports.boardPack.key(), api.closing.key()],
    sources: [
      api.digests.key(),
      api.onboarding.key(),
      api.sources.key(),
      api.annotations.key(),
      api.crmFields.key(),
      api.cash.key(),
      api.support.key(),
      api.metrics.freshness.key(),
      api.closing.list.key(),
      api.cockpit.nextActions.key(),
      api.since.key(),
    ],
    segments: [api.segments.key(), api.customers.list.key(), api.metrics.key(), api.retention.key()],
    alerts: [api.alerts.key(), api.digests.key(), api.customers.timeline.key(), api.cockpit.key(), api.since.key()],
    workspace: [
      api.digests.key(),
      api.targets.key(),
      api.onboarding.key(),
      api.workspace.key(),
      api.data.key(),
      api.costs.key(),
      api.metrics.key(),
      api.customers.key(),
      api.retention.key(),
      api.revenue.key(),
      api.sources.key(),
      api.reports.boardPack.key(),
      api.closing.key(),
    ],
    files: [api.files.key(), api.onboarding.key(), api.targets.key(), api.digests.key(), api.annotations.key()],
    annotations: [api.annotations.key()],
    onboarding: [api.onboarding.key()],
    reports: [api.reports.archive.key(), api.onboarding.key(), api.digests.archive.key()],
    targets: [api.targets.key(), api.onboarding.key(), api.digests.key()],
    views: [api.views.key()],
    looks: [api.since.key()],
    closing: [api.closing.key(), api.cockpit.nextActions.key(), api.onboarding.key(), api.reports.boardPack.key()],
    identity: [
      api.identity.key(),
      api.usage.key(),
      api.crmFields.key(),
      api.customers.timeline.key(),
      api.support.key(),
    ],
    session: [api.session.key()],
  };
  for (const queryKey of new Set(topics.flatMap((topic) => touched[topic])))
    void queries.invalidateQueries({ queryKey, predicate: (query) => !isHeld(queries, query) });
}

/** Follows `changes` and `jobs` as long as the caller is mounted (it is mounted only while the database is open). */
export function useLive(): void {
  const queries = useQueryClient();
  const { client, api } = useEngine();
  const open = useConnectionState().kind === 'open';
  useEffect(() => {
    if (!open) return;
    const stop = new AbortController();
    const { signal } = stop;
    const onLocked = (): void => void queries.invalidateQueries({ queryKey: api.session.key() });
    void follow(
      signal,
      () => {
        // What happened while nobody listened is unknown: everything is asked for again.
        void queries.invalidateQueries({ predicate: (query) => !isHeld(queries, query) });
        return client.changes.watch(undefined, { signal });
      },
      onLocked,
      (change) => dropTouched(queries, api, change.topics),
    );
    void follow(
      signal,
      () => client.jobs.watch(undefined, { signal }),
      onLocked,
      (job) => rememberJob(queries, api, job),
    );
    return () => stop.abort();
  }, [open, queries, client, api]);
}

const PAUSE_MS = SECOND_MS;

/**
 * Hands every event of a stream on, and starts the stream again when it ends
 * before `signal` is aborted. A lock is told, and the stream asked for again: another
 * window may have opened the database, or another one, before this one could look.
 */
export async function follow<Event>(
  signal: AbortSignal,
  start: () => Promise<AsyncIterable<Event>>,
  onLocked: () => void,
  receive: (event: Event) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const event of await start()) receive(event);
    } catch (error) {
      // A boundary: whatever ended the stream, it is asked for again, or the lock screen comes up.
      if (!signal.aborted && failureOf(error).code === 'locked') onLocked();
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
