/** Opens an in-app path that something else names: an alert, a job, a notification. The filters of all rooms go along. */
import { useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';
import { FILTER_NAMES } from '../../../shared/contract/actions.ts';
import { parseAddress, writeAddress } from './search-text.ts';
import { inAppTarget } from './target.ts';

/** What is no path of this app opens nothing. What the path itself says of a filter holds. */
export function useOpenTarget(): (target: string) => void {
  const router = useRouter();
  return useCallback(
    (target) => {
      const path = inAppTarget(target);
      if (path !== null) router.history.push(withFilters(path, router.history.location.search));
    },
    [router],
  );
}

/**
 * The path with those filters of the present search that it does not set itself.
 * @example withFilters('/alerts?view=done', '?slice=plan:Pro&why=mrr') // '/alerts?view=done&slice=plan%3APro'
 */
export function withFilters(path: string, search: string): string {
  const [address = '', hash] = path.split('#', 2);
  const [plain = '', own = ''] = address.split('?', 2);
  const [present, named] = [parseAddress(search), parseAddress(own)];
  const kept = Object.fromEntries(
    FILTER_NAMES.flatMap((name) =>
      present[name] === undefined || named[name] !== undefined ? [] : [[name, present[name]]],
    ),
  );
  return `${plain}${writeAddress({ ...named, ...kept })}${hash === undefined ? '' : `#${hash}`}`;
}
