/** Tells the engine when the browser sees the network again: sources that waited for it are synced at once. */
import { useMutation } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { useEngine } from '../../lib/engine/index.ts';

export function NetworkReturn(): ReactNode {
  const { api } = useEngine();
  // The schedule comes round by itself where this call is lost.
  const { mutate } = useMutation({ ...api.sources.nudge.mutationOptions(), meta: { showsFailure: true } });
  useEffect(() => {
    const tell = (): void => mutate({ kind: 'online' });
    window.addEventListener('online', tell);
    return () => window.removeEventListener('online', tell);
  }, [mutate]);
  return null;
}
