/** What the palette finds besides actions: pages that were open, customers, metrics, settings and the handbook. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { BookOpen, ChartLine, History, Settings2, Sigma, User } from 'lucide-react';
import { useDeferredValue } from 'react';
import { SETTING_PLACES } from '../../../shared/contract/settings-sections.ts';
import { money } from '../../../shared/kernel/money.ts';
import { useEvidence, useOpenTarget } from '../../lib/address/index.ts';
import { useEngine } from '../../lib/engine/index.ts';
import { useFormat } from '../../lib/format-context.tsx';
import type { PaletteAction } from '../../ui/command-palette.tsx';
import { placeOf } from './metric-places.ts';
import { useRecentPages } from './recent-pages.ts';

const CUSTOMERS_SHOWN = 8;
const CUSTOMERS_FROM = 2;
const PASSAGES_SHOWN = 5;
const PASSAGES_FROM = 3;

export interface LateResults {
  results: PaletteAction[];
  /** The one that Enter opens: the best for what is typed now. */
  preferred: string | null;
  searching: boolean;
}

export function useCustomerResults(search: string): LateResults {
  const { api } = useEngine();
  const format = useFormat();
  const navigate = useNavigate();
  const settled = useDeferredValue(search);
  const found = useQuery({
    ...api.customers.find.queryOptions({ input: { query: settled, limit: CUSTOMERS_SHOWN } }),
    enabled: settled.length >= CUSTOMERS_FROM,
    placeholderData: keepPreviousData,
  });
  const page = settled.length >= CUSTOMERS_FROM ? found.data : undefined;
  // Results of an earlier word stay on show while the next are on their way, but Enter does not fall to them.
  const current = settled === search && !found.isPlaceholderData;
  const results = (page?.rows ?? []).map((row) => ({
    id: `customer-${row.customerId}`,
    label: row.name,
    group: 'Customers',
    icon: User,
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

/** Each metric twice: where it stands, and how it is computed. */
export function useMetricResults(open: boolean): PaletteAction[] {
  const { api } = useEngine();
  const evidence = useEvidence();
  const openTarget = useOpenTarget();
  const definitions = useQuery({ ...api.metrics.definitions.queryOptions(), enabled: open });
  return (definitions.data ?? []).flatMap(({ id, title }): PaletteAction[] => {
    const place = placeOf(id);
    const how: PaletteAction = {
      id: `how-${id}`,
      label: `How ${title} is computed`,
      group: 'Definitions',
      icon: Sigma,
      keywords: [id, 'metric', 'definition'],
      run: () => evidence.open({ how: id }),
    };
    if (place === null) return [how];
    const stands: PaletteAction = {
      id: `metric-${id}`,
      label: title,
      group: 'Metrics',
      icon: ChartLine,
      detail: place.room,
      keywords: [id, 'metric', 'chart'],
      run: () => openTarget(place.path),
    };
    return [stands, how];
  });
}

export function useSettingResults(): PaletteAction[] {
  const openTarget = useOpenTarget();
  return SETTING_PLACES.map(({ id, title, section, sectionTitle, words = '' }) => ({
    id: `setting-${section}-${id}`,
    label: title,
    group: 'Settings',
    icon: Settings2,
    detail: sectionTitle,
    keywords: ['setting', sectionTitle, ...words.split(' ')],
    run: () => openTarget(`/settings/${section}#${id}`),
  }));
}

export function useRecentResults(): PaletteAction[] {
  const openTarget = useOpenTarget();
  return useRecentPages().map(({ address, title }) => ({
    id: `recent-${address}`,
    label: title,
    group: 'Recent',
    icon: History,
    run: () => openTarget(address),
  }));
}

/** Passages of the handbook; its texts are loaded with the first word that is long enough. */
export function useHandbookResults(search: string): PaletteAction[] {
  const navigate = useNavigate();
  const settled = useDeferredValue(search);
  const wanted = settled.length >= PASSAGES_FROM;
  const handbook = useQuery({
    queryKey: ['handbook'],
    queryFn: () => import('../../features/handbook/handbook.ts'),
    enabled: wanted,
  });
  if (!wanted || handbook.data === undefined) return [];
  return handbook.data
    .searchHandbook(settled)
    .slice(0, PASSAGES_SHOWN)
    .map(({ passage }) => ({
      id: `passage-${passage.id}`,
      label: passage.title,
      group: 'Handbook',
      icon: BookOpen,
      detail: passage.heading === null ? '' : passage.pageTitle,
      run: () =>
        void navigate({
          to: '/handbook/$page',
          params: { page: passage.page },
          ...(passage.heading !== null && { hash: passage.heading }),
        }),
    }));
}
