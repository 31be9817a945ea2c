/**
 * Drawings whose library is fetched beside the page instead of before it: the
 * first frame does not wait for 100 kB of charts, and their box is empty for a
 * moment instead. (React.lazy would hold the box back for 300 ms once it was seen
 * empty.)
 */
import { createElement, useSyncExternalStore, type ComponentType, type ReactNode } from 'react';

const pending = new Set<Promise<unknown>>();

/**
 * A component that draws nothing until `load` has brought it; then it is there at once, everywhere. Fetching begins when
 * it is drawn for the first time: a page without charts does without. A drawing that cannot be fetched throws where it
 * would stand.
 */
export function lazyDrawing<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): (props: Props) => ReactNode {
  const listeners = new Set<() => void>();
  let drawing: ComponentType<Props> | null = null;
  let failure: { readonly cause: unknown } | null = null;
  let fetching: Promise<void> | null = null;
  const begin = (): Promise<void> => {
    const fetched: Promise<void> = load()
      .then(
        (loaded) => (drawing = loaded),
        (cause: unknown) => (failure = { cause }),
      )
      .then(() => {
        pending.delete(fetched);
        for (const listener of listeners) listener();
      });
    pending.add(fetched);
    return fetched;
  };
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const state = (): ComponentType<Props> | { readonly cause: unknown } | null => failure ?? drawing;
  return function LazyDrawing(props) {
    const now = useSyncExternalStore(subscribe, state);
    fetching ??= begin();
    if (now === null) return null;
    if (typeof now === 'object' && 'cause' in now) throw now.cause;
    return createElement(now, props);
  };
}

/** Resolves when every drawing that was asked for so far is there: before a page is printed. */
export async function drawingsThere(): Promise<void> {
  await Promise.all(pending);
}
