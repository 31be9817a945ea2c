/** Brings the heading that the address names into sight, once the page is drawn. */
import { useEffect } from 'react';

/** @param heading null: the page's beginning, which stays where it is. */
export function useHeading(page: string | undefined, heading: string | null): void {
  useEffect(() => {
    if (page === undefined || heading === null) return;
    const element = document.getElementById(heading);
    element?.scrollIntoView({ block: 'start' });
    element?.focus({ preventScroll: true });
  }, [page, heading]);
}
