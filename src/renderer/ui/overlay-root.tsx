/**
 * Where floating parts are attached. Inside a native modal dialog everything
 * outside it is inert and painted below, so a dialog offers its own element.
 */
import { createContext, useContext } from 'react';

const OverlayRoot = createContext<HTMLElement | null>(null);

export const OverlayRootProvider = OverlayRoot.Provider;

/** The open dialog around the caller; undefined (the body) outside of any. */
export function useOverlayRoot(): HTMLElement | undefined {
  return useContext(OverlayRoot) ?? undefined;
}
