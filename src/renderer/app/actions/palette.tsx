/** ⌘K over pages, actions, customers and the definitions of metrics. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Sigma, User } from 'lucide-react';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { useEvidence } from '../../lib/address/index.ts';
import { useEngine } from '../../lib/engine/index.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { money } from '../../../shared/kernel/money.ts';
import { CommandPalette, type PaletteAction } from '../../ui/command-palette.tsx';
import { ACTIONS, available, shortcutOf, type ActionContext } from './action-list.ts';

const CUSTOMERS_SHOWN = 8;

export function Palette(props: { open: boolean; onClose: () => void; context: ActionContext }): ReactNode {
  const { open, onClose, context } = props;
  const [search, setSearch] = useState('');
  const customers = useCustomerResults(open ? search.trim() : '');
  const definitions = useDefinitionResults(open);
  const actions: PaletteAction[] = available(ACTIONS, context)
    .filter((action) => action.id !== 'palette')
    .map((action) => ({
      id: action.id,
      label: action.label,
      group: action.group,
      icon: action.icon,
      run: () => action.run(context),
      ...shortcutOf(action, context),
      ...(action.words === undefined ? {} : { keywords: action.words.split(' ') }),
    }));
  return (
    <CommandPalette
      open={open}
      onClose={() => {
        setSearch('');
        onClose();
      }}
      search={search}
      onSearch={setSearch}
      searching={customers.searching}
      preferred={customers.preferred}
      actions={[...customers.results, ...actions, ...definitions]}
    />
  );
}

interface CustomerResults {
  results: PaletteAction[];
  /** The one that Enter opens: the best for what is typed now. */
  preferred: string | null;
  searching: boolean;
}

function useCustomerResults(search: string): CustomerResults {
  const { api } = useEngine();
  const format = useFormat();
  const navigate = useNavigate();
  const settled = useDeferredValue(search);
  const found = useQuery({
    ...api.customers.list.queryOptions({ input: { search: settled, limit: CUSTOMERS_SHOWN } }),
    enabled: settled.length >= 2,
    placeholderData: keepPreviousData,
  });
  const page = settled.length >= 2 ? found.data : undefined;
  // Results of an earlier word stay on show while the next are on their way, but only under their own names, and Enter does not fall to them.
  const current = settled === search && !found.isPlaceholderData;
  const results = (page?.rows ?? []).map((row) => ({
    id: `customer-${row.customerId}`,
    label: row.name,
    group: 'Customers',
    icon: User,
    keywords: [...(current ? [search] : []), row.email ?? ''],
    detail: [
      row.plan,
      row.mrr === null || page === undefined
        ? null
        : `${format.money(money(row.mrr, page.currency), { form: 'whole' })} MRR`,
    ]
      .filter((part) => part !== null)
      .join(' · '),
    run: () => void navigate({ to: '/customers/$customerId', params: { customerId: row.customerId } }),
  }));
  return { results, preferred: current ? (results[0]?.id ?? null) : null, searching: found.isFetching };
}

function useDefinitionResults(open: boolean): PaletteAction[] {
  const { api } = useEngine();
  const evidence = useEvidence();
  const definitions = useQuery({ ...api.metrics.definitions.queryOptions(), enabled: open });
  return (definitions.data ?? []).map((definition) => ({
    id: `how-${definition.id}`,
    label: `How ${definition.title} is computed`,
    group: 'Definitions',
    icon: Sigma,
    keywords: [definition.id, 'metric', 'definition'],
    run: () => evidence.open({ how: definition.id }),
  }));
}
