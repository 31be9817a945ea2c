/** The alerts of one state, driven by keyboard: j and k move, Enter opens, e is done, s snoozes. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Alert } from '../../../../shared/contract/alerts.ts';
import { useOpenTarget } from '../../../lib/address/index.ts';
import type { DataState } from '../../../lib/data-state.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import { Button } from '../../../ui/button.tsx';
import { StateGate } from '../../../ui/states.tsx';
import { useAlertActions } from '../use-alert-actions.ts';
import { AlertCard } from './alert-card.tsx';

const PAGE = 50;

const EMPTY: Record<Alert['state'], Extract<DataState, { kind: 'empty' }>> = {
  open: {
    kind: 'empty',
    title: 'Nothing needs you now',
    hint: 'Churn, failing payments, slow growth and broken syncs appear here as soon as they are seen.',
  },
  snoozed: { kind: 'empty', title: 'Nothing is snoozed', hint: 'A snoozed alert comes back on its day.' },
  done: { kind: 'empty', title: 'Nothing done yet', hint: 'What was dealt with is kept here.' },
};

export function Inbox({ view }: { view: Alert['state'] }): ReactNode {
  const { api } = useEngine();
  const openTarget = useOpenTarget();
  const actions = useAlertActions();
  const list = useRef<HTMLUListElement>(null);
  const navigate = useNavigate();
  const { alert: linked } = useSearch({ from: '/frame/alerts' });
  const [active, setActive] = useState(0);
  const pages = useInfiniteQuery(
    api.alerts.list.infiniteOptions({
      input: (cursor: string | null) => ({ state: view, limit: PAGE, cursor }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.cursor,
    }),
  );
  const alerts = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const activeIndex = Math.min(active, alerts.length - 1);
  useLinked(linked, pages, (alertId) => list.current?.querySelector<HTMLElement>(`[data-alert="${alertId}"]`));

  const open = (alert: Alert): void => {
    actions.read(alert);
    openTarget(alert.target);
  };
  const focus = (index: number): void => {
    const next = Math.max(0, Math.min(alerts.length - 1, index));
    setActive(next);
    list.current?.querySelectorAll<HTMLElement>('[data-alert]')[next]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>): void => {
    const alert = alerts[activeIndex];
    if (alert === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const acts: Record<string, () => void> = {
      j: () => focus(activeIndex + 1),
      k: () => focus(activeIndex - 1),
      ArrowDown: () => focus(activeIndex + 1),
      ArrowUp: () => focus(activeIndex - 1),
      e: () => (view === 'done' ? actions.reopen(alert) : actions.done(alert)),
      s: () => actions.snooze(alert),
    };
    const act = acts[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };

  const state = stateOf(pages);
  return (
    <StateGate state={state.kind === 'ready' && alerts.length === 0 ? EMPTY[view] : state}>
      <ul ref={list} aria-label="Alerts" className="flex flex-col gap-2">
        {alerts.map((alert, index) => (
          <AlertCard
            key={alert.alertId}
            alert={alert}
            active={index === activeIndex}
            onFocus={() => {
              setActive(index);
              if (alert.alertId === linked) return;
              void navigate({
                to: '/alerts',
                search: (known) => ({ ...known, view: view === 'open' ? undefined : view, alert: alert.alertId }),
                replace: true,
                resetScroll: false,
              });
            }}
            onOpen={() => open(alert)}
            onKeyDown={onKeyDown}
            actions={actions}
          />
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button className="mt-3" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          Show earlier
        </Button>
      )}
    </StateGate>
  );
}

interface AlertPages {
  readonly data: { readonly pages: readonly { readonly rows: readonly Alert[] }[] } | undefined;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  fetchNextPage(): unknown;
}

/** Gives the focus to the alert that the address names, once, loading earlier ones until it is there. */
function useLinked(
  linked: number | undefined,
  { data, hasNextPage, isFetchingNextPage, fetchNextPage }: AlertPages,
  find: (alertId: number) => HTMLElement | null | undefined,
): void {
  const wanted = useRef(linked ?? null);
  useEffect(() => {
    if (wanted.current === null || data === undefined) return;
    const element = find(wanted.current);
    if (element) {
      wanted.current = null;
      element.focus();
    } else if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [data, hasNextPage, isFetchingNextPage, fetchNextPage, find]);
}
