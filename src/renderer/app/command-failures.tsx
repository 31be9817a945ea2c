/** Shows why a command failed, where its own place on the page does not. */
import { useEffect, type ReactNode } from 'react';
import type { Failure } from '../lib/engine/index.ts';
import { useToast } from '../ui/toast.tsx';

type Listener = (failure: Failure) => void;
const listeners = new Set<Listener>();

/** The way from the remembered mutations, which know no component, to the screen. */
export const commandFailures = {
  report(failure: Failure): void {
    for (const listener of listeners) listener(failure);
  },
};

export function CommandFailures(): ReactNode {
  const toast = useToast();
  useEffect(() => {
    const show: Listener = (failure) => {
      const log = failure.logId === null ? '' : ` (log ${failure.logId})`;
      toast({ tone: 'loss', text: `${failure.message}${log}` });
    };
    listeners.add(show);
    return () => {
      listeners.delete(show);
    };
  }, [toast]);
  return null;
}
