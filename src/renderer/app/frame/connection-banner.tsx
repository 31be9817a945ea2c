/** One calm line while the engine is not reachable. What is on the screen stays, and stays readable. */
import { CloudOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useConnectionState } from '../../lib/engine/index.ts';

export function ConnectionBanner(): ReactNode {
  const state = useConnectionState();
  if (state.kind !== 'lost') return null;
  return (
    <div
      role="status"
      className="no-print appear-late flex items-center gap-2 border-b border-line bg-warn-soft px-4 py-1.5 text-sm text-warn"
    >
      <CloudOff size={15} aria-hidden className="shrink-0" />
      The engine is not reachable; Vario keeps trying. The figures below are the last ones received, and changes have to
      wait.
    </div>
  );
}
