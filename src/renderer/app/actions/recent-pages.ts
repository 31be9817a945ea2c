/** The pages that were open in this window, the latest first. In memory only: a customer's name is written nowhere outside the database. */
import { useRouter } from '@tanstack/react-router';
import { useEffect, useSyncExternalStore } from 'react';

export interface RecentPage {
  /** Path with its query. */
  readonly address: string;
  /** The title that its window had. */
  readonly title: string;
}

const MOST = 8;
const TITLE_END = ' · Vario';

let pages: readonly RecentPage[] = [];
const listeners = new Set<() => void>();

function remember(page: RecentPage): void {
  pages = withPage(pages, page);
  for (const listener of listeners) listener();
}

/** The list with a page on top; one that was there before moves up, whatever its query was. */
export function withPage(known: readonly RecentPage[], page: RecentPage): RecentPage[] {
  const path = pathOf(page.address);
  return [page, ...known.filter(({ address }) => pathOf(address) !== path)].slice(0, MOST);
}

function pathOf(address: string): string {
  return address.split(/[?#]/, 1)[0] ?? '';
}

/** Notes every page when it is left: by then it has said its title. */
export function useRecording(): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe('onBeforeNavigate', ({ fromLocation, pathChanged }) => {
        const { title } = document;
        if (!pathChanged || fromLocation === undefined || !title.endsWith(TITLE_END)) return;
        remember({ address: fromLocation.href, title: title.slice(0, -TITLE_END.length) });
      }),
    [router],
  );
}

export function useRecentPages(): readonly RecentPage[] {
  return useSyncExternalStore(subscribe, () => pages);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
