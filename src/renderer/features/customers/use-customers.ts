/** The engine's list of customers, page by page, in the order that the address asks for. */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CustomerRow } from '../../../shared/contract/customers.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { sliceOf, type CustomersSearch, type FiltersText } from '../../lib/address/index.ts';
import type { DataState } from '../../lib/data-state.ts';
import { stateOf, useEngine } from '../../lib/engine/index.ts';
import { filterFrom } from './filter.ts';
import type { Sort } from '../../ui/table-model.ts';

/** More than the 200 rows above which a table is virtual, so that reaching the end is noticed. */
const PAGE = 300;

export interface Customers {
  readonly currency: CurrencyCode | undefined;
  readonly total: number | undefined;
  readonly rows: readonly CustomerRow[];
  readonly state: DataState;
  loadMore(): void;
}

const SORTABLE = ['name', 'mrr', 'customerSince', 'churnedOn', 'state', 'country'] as const;

/** Largest MRR first, where the address names nothing. */
export function sortFrom(search: CustomersSearch): Sort {
  return { column: search.sort ?? 'mrr', descending: (search.direction ?? 'desc') === 'desc' };
}

export function sortInto(sort: Sort): Pick<CustomersSearch, 'sort' | 'direction'> {
  const column = SORTABLE.find((name) => name === sort.column);
  return { sort: column, direction: sort.descending ? 'desc' : 'asc' };
}

export type CustomersInput = ReturnType<typeof inputOf>;

/** What the engine is asked for. */
export function inputOf(search: CustomersSearch & FiltersText) {
  const { slice: text, ...own } = search;
  const filter = filterFrom(own);
  const slice = sliceOf(text);
  return {
    ...(Object.keys(filter).length > 0 && { filter }),
    ...(slice !== undefined && { slice }),
    sort: search.sort ?? ('mrr' as const),
    direction: search.direction ?? ('desc' as const),
  };
}

export function useCustomers(search: CustomersSearch & FiltersText): Customers {
  const { api } = useEngine();
  const pages = useInfiniteQuery({
    ...api.customers.list.infiniteOptions({
      input: (offset: number) => ({ ...inputOf(search), offset, limit: PAGE }),
      initialPageParam: 0,
      getNextPageParam: (last, all) => {
        const loaded = all.reduce((sum, page) => sum + page.rows.length, 0);
        return last.rows.length > 0 && loaded < last.total ? loaded : undefined;
      },
      placeholderData: keepPreviousData,
    }),
  });
  const first = pages.data?.pages[0];
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.rows) ?? [], [pages.data]);
  const state = stateOf(pages);
  return {
    currency: first?.currency,
    total: first?.total,
    rows,
    state: state.kind === 'ready' && rows.length === 0 ? emptyState(search) : state,
    loadMore: () => {
      if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
    },
  };
}

function emptyState(search: CustomersSearch & FiltersText): DataState {
  if (sliceOf(search.slice) !== undefined || Object.keys(filterFrom(search)).length > 0)
    return { kind: 'empty', title: 'No customer matches', hint: 'Try a shorter search, or take a filter away.' };
  return {
    kind: 'empty',
    title: 'No customers yet',
    hint: 'Customers appear here as soon as a source has been synced. Sources are connected under “Sources”.',
  };
}
