/** Commands that wait for one before them must not be lost with the page. */
import type { QueryClient } from '@tanstack/react-query';

/**
 * When the page goes (closed, loaded anew, another address), sends every command that still waits for its turn
 * (`keptChange`), in the order in which they were made: the engine takes them one after the other, as they come. What was
 * sent before is on its way already. @returns what ends it.
 */
export function sendOnLeaving(queries: QueryClient, page: EventTarget): () => void {
  const send = (): void => {
    for (const mutation of queries.getMutationCache().findAll({ status: 'pending' })) {
      const { mutationFn, meta } = mutation.options;
      if (!mutation.state.isPaused || mutationFn === undefined) continue;
      const sent = mutationFn(mutation.state.variables, { client: queries, meta });
      // Nobody is left to hear the answer; what fails is seen when the page is opened again.
      sent.catch(() => undefined);
    }
  };
  page.addEventListener('pagehide', send);
  return () => page.removeEventListener('pagehide', send);
}
