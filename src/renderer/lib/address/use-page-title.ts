/** The window's title: page first, so that tabs and the history can be told apart. */
import { useEffect } from 'react';

const PRODUCT = 'Vario';

export function usePageTitle(page: string): void {
  useEffect(() => {
    document.title = `${page} · ${PRODUCT}`;
  }, [page]);
}
