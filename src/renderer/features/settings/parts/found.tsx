/** The setting that the address names: it is scrolled to, marked, and its control takes the focus. */
import { createContext, useContext, useEffect, type ReactNode } from 'react';

const FoundContext = createContext('');

export interface FoundProviderProps {
  /** The address's hash; empty names none. */
  id: string;
  children: ReactNode;
}

export function FoundProvider({ id, children }: FoundProviderProps): ReactNode {
  useEffect(() => {
    if (id === '') return;
    const place = document.getElementById(id);
    if (place === null) return;
    place.scrollIntoView({ block: 'center' });
    place.querySelector<HTMLElement>('input, select, button, [tabindex="0"]')?.focus({ preventScroll: true });
  }, [id]);
  return <FoundContext value={id}>{children}</FoundContext>;
}

/** Whether the address names this setting. */
export function useFound(id: string): boolean {
  return useContext(FoundContext) === id;
}
