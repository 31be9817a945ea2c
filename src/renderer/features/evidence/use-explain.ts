/** Asks for the rows behind a figure, page by page. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ExplainRow, ExplainUnit, MetricDefinition } from '../../../shared/contract/metrics.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { PlainDay } from '../../../shared/kernel/day.ts';
import { partOf, type EvidenceSearch } from '../../lib/address/index.ts';
import type { DataState } from '../../lib/data-state.ts';
import { stateOf, useEngine, type EngineClient } from '../../lib/engine/index.ts';
import type { DividedByAnswer } from './divided-by.tsx';

export const PAGE = 250;

export type ReadingAnswer = NonNullable<Awaited<ReturnType<EngineClient['metrics']['explain']>>['reading']>;

export type ExplainInput = Omit<Parameters<EngineClient['metrics']['explain']>[0], 'limit' | 'cursor' | 'to'> & {
  readonly to: PlainDay;
};

export interface Explained {
  readonly definition: MetricDefinition | undefined;
  readonly currency: CurrencyCode | undefined;
  readonly unit: ExplainUnit | undefined;
  readonly total: number | undefined;
  /** How the figure is read off the rows where it is not their sum. */
  readonly reading: ReadingAnswer | null;
  readonly rowCount: number | undefined;
  /** What a ratio is divided by, where that has rows of its own. */
  readonly dividedBy: DividedByAnswer | null;
  readonly rows: readonly ExplainRow[];
  readonly state: DataState;
  readonly input: ExplainInput | null;
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  loadMore(): void;
  keyOf(row: ExplainRow): string;
}

/** `to` falls back to the company's today. */
export function explainInput(request: EvidenceSearch, today: PlainDay | undefined): ExplainInput | null {
  const to = request.to ?? today;
  if (request.why === undefined || to === undefined) return null;
  return {
    metric: request.why,
    to,
    ...(request.from === undefined ? {} : { from: request.from }),
    ...(request.kind === undefined ? {} : { kind: request.kind }),
    ...(request.whole === 'yes' ? {} : partOf(request)),
  };
}

export function useExplain(request: EvidenceSearch): Explained {
  const { api } = useEngine();
  const wanted = request.why !== undefined;
  const definitions = useQuery({ ...api.metrics.definitions.queryOptions(), enabled: wanted });
  const workspace = useQuery(api.workspace.get.queryOptions());
  const freshness = useQuery({ ...api.metrics.freshness.queryOptions(), enabled: wanted });
  const input = explainInput(request, freshness.data?.today);
  const pages = useInfiniteQuery({
    ...api.metrics.explain.infiniteOptions({
      input: (cursor: string | null) => ({ ...(input ?? { metric: '', to: '' }), limit: PAGE, cursor }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.cursor,
    }),
    enabled: input !== null,
  });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const first = pages.data?.pages[0];
  const positions = new Map(rows.map((row, index) => [row, index]));
  const state = stateOf(pages);
  return {
    definition: definitions.data?.find((candidate) => candidate.id === request.why),
    currency: workspace.data?.reportingCurrency,
    unit: first?.unit,
    total: first?.total,
    reading: first?.reading ?? null,
    rowCount: first?.rowCount,
    dividedBy: first?.dividedBy ?? null,
    rows,
    input,
    state:
      state.kind === 'ready' && rows.length === 0
        ? { kind: 'empty', title: 'No rows', hint: 'Nothing in this period counts towards the figure.' }
        : state,
    hasMore: pages.hasNextPage,
    loadingMore: pages.isFetchingNextPage,
    loadMore: () => {
      if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
    },
    keyOf: (row) => String(positions.get(row) ?? ''),
  };
}
