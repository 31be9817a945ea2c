/** Warnings: the inbox with what to do next, and the rules that fill it. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useEngine } from '../../lib/engine/index.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { Page } from '../../ui/page.tsx';
import { Tabs, type Tab } from '../../ui/tabs.tsx';
import { HeldBack } from './parts/held-back.tsx';
import { Inbox } from './parts/inbox.tsx';
import { Rules } from './parts/rules.tsx';

type View = 'open' | 'snoozed' | 'done' | 'rules';

export function AlertsPage(): ReactNode {
  const view: View = useSearch({ from: '/frame/alerts' }).view ?? 'open';
  const navigate = useNavigate();
  const { api } = useEngine();
  const format = useFormat();
  const open = useQuery(api.alerts.list.queryOptions({ input: { state: 'open', limit: 20 } }));
  const tabs: readonly Tab<View>[] = [
    { value: 'open', label: 'Open', ...(open.data === undefined ? {} : { count: open.data.open }) },
    { value: 'snoozed', label: 'Snoozed' },
    { value: 'done', label: 'Done' },
    { value: 'rules', label: 'Rules' },
  ];
  const subtitle =
    open.data === undefined
      ? ' '
      : `${format.count(open.data.open)} open, ${format.count(open.data.unread)} unread. Keys: j and k move, e marks as done, s snoozes.`;
  return (
    <Page title="Alerts" subtitle={subtitle} className="max-w-4xl">
      <HeldBack />
      <Tabs
        label="Alerts"
        tabs={tabs}
        value={view}
        onChange={(next) =>
          void navigate({
            to: '/alerts',
            search: (known) => ({ ...known, alert: undefined, view: next === 'open' ? undefined : next }),
          })
        }
      >
        {view === 'rules' ? <Rules /> : <Inbox key={view} view={view} />}
      </Tabs>
    </Page>
  );
}
