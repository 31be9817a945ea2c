/** The saved views: which one is on the screen, and everything that can be done with them. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { FILTER_NAMES } from '../../../../shared/contract/actions.ts';
import type { Layout, View } from '../../../../shared/contract/views.ts';
import { CockpitSearchSchema, FiltersSchema, filtersSet, useFilters } from '../../../lib/address/index.ts';
import type { FiltersText } from '../../../lib/address/index.ts';
import { keptChange, useEngine, type EngineClient } from '../../../lib/engine/index.ts';
import { useToast } from '../../../ui/toast.tsx';

export interface ViewActions {
  show(view: View): void;
  /** Keeps the arrangement; the screen follows at once. Rejects when it was not kept, which the window says. */
  arrange(view: View, layout: Layout | null): Promise<void>;
  create(name: string, from: View): void;
  rename(view: View, name: string): void;
  /** Puts a view before another one; null: at the end. */
  move(view: View, before: View | null): void;
  keepFilters(view: View): void;
  openWith(view: View): void;
  remove(view: View): void;
}

type ViewChange = Parameters<EngineClient['views']['save']>[0];
type ViewMove = Parameters<EngineClient['views']['move']>[0];

function withMove(known: View[], { viewId, before }: ViewMove): View[] {
  const own = known.filter((view) => view.viewId === viewId);
  const rest = known.filter((view) => view.viewId !== viewId);
  const at = rest.findIndex((view) => view.viewId === before);
  return before === viewId ? known : rest.toSpliced(at === -1 ? rest.length : at, 0, ...own);
}

/** The views with what a change names of one of them; a new one has no place before the engine has given it one. */
function withChange(known: View[], { viewId, ...change }: ViewChange): View[] {
  return known.map((view) =>
    view.viewId === viewId
      ? {
          ...view,
          name: change.name ?? view.name,
          layout: change.layout === undefined ? view.layout : change.layout,
          filters: change.filters ?? view.filters,
        }
      : view,
  );
}

/** The filters of a view as the address knows them: all are named, so that those of the page before do not go along. */
export function filtersOf(view: Pick<View, 'filters'>): FiltersText {
  const { period, asOf, rates, policy, slice } = FiltersSchema.parse(view.filters);
  return { period, asOf, rates, policy, slice };
}

/** All views and the present one; both undefined until they are known. */
export function useViews(): { all: readonly View[] | undefined; view: View | undefined } {
  const { api } = useEngine();
  const search = CockpitSearchSchema.parse(useSearch({ strict: false }));
  const all = useQuery(api.views.list.queryOptions()).data;
  const view = all?.find(({ viewId }) => viewId === search.view) ?? all?.find(({ opens }) => opens) ?? all?.[0];
  return { all, view };
}

/** A view that is opened without filters of the address brings its own; whoever resets them then is not contradicted. */
export function useFiltersOfView(view: View | undefined): void {
  const navigate = useNavigate();
  const set = filtersSet(useFilters()).length > 0;
  const brought = useRef<number | null>(null);
  useEffect(() => {
    if (view === undefined || brought.current === view.viewId) return;
    brought.current = view.viewId;
    const own = filtersOf(view);
    if (set || filtersSet(own).length === 0) return;
    void navigate({ to: '/', search: (known) => ({ ...known, ...own, view: view.viewId }), replace: true });
  }, [view, set, navigate]);
}

export function useViewActions(): ViewActions {
  const { api } = useEngine();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const filters = useFilters();
  const key = api.views.list.queryKey();
  const again = () => queries.invalidateQueries({ queryKey: key });
  const save = useMutation({
    ...api.views.save.mutationOptions(),
    ...keptChange<View[], ViewChange>(queries, key, withChange),
  });
  const move = useMutation({
    ...api.views.move.mutationOptions(),
    ...keptChange<View[], ViewMove>(queries, key, withMove),
  });
  const open = useMutation(api.views.open.mutationOptions({ onSettled: again }));
  const removal = useMutation(api.views.remove.mutationOptions({ onSettled: again }));
  const restore = useMutation(api.views.restore.mutationOptions({ onSettled: again }));
  const show = (view: View): void =>
    void navigate({
      to: '/',
      search: { ...filtersOf(view), view: view.viewId },
      resetScroll: false,
    });
  return {
    show,
    async arrange(view, layout) {
      await save.mutateAsync({ viewId: view.viewId, layout });
    },
    create: (name, from) =>
      save.mutate(
        { name, layout: from.layout, filters: textOf(filters) },
        {
          onSuccess: (view) => {
            show(view);
            toast({ text: `View “${view.name}” saved` });
          },
        },
      ),
    rename: (view, name) => save.mutate({ viewId: view.viewId, name }),
    move: (view, before) => move.mutate({ viewId: view.viewId, before: before?.viewId ?? null }),
    keepFilters: (view) =>
      save.mutate(
        { viewId: view.viewId, filters: textOf(filters) },
        {
          onSuccess: () =>
            toast({
              text: `“${view.name}” keeps these filters`,
              undo: () => save.mutate({ viewId: view.viewId, filters: view.filters }),
            }),
        },
      ),
    openWith: (view) =>
      open.mutate(
        { viewId: view.viewId },
        { onSuccess: () => toast({ text: `The cockpit opens with “${view.name}”` }) },
      ),
    remove: (view) =>
      removal.mutate(
        { viewId: view.viewId },
        {
          onSuccess: () => {
            void navigate({
              to: '/',
              search: (known) => ({ ...known, view: undefined, arrange: undefined }),
              resetScroll: false,
            });
            toast({
              text: `View “${view.name}” deleted`,
              undo: () =>
                restore.mutate(
                  { viewId: view.viewId },
                  {
                    onSuccess: (back) => {
                      if (view.opens) open.mutate({ viewId: back.viewId });
                      show(back);
                    },
                  },
                ),
            });
          },
        },
      ),
  };
}

/** The address's filters as a view keeps them. */
function textOf(filters: FiltersText): View['filters'] {
  return Object.fromEntries(
    FILTER_NAMES.flatMap((name) => {
      const value = filters[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
