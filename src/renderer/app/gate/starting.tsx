/** Before the first answer: nothing for a moment, then a quiet sentence. */
import type { ReactNode } from 'react';
import { Stage } from './stage.tsx';

export function Starting({ lost }: { lost: boolean }): ReactNode {
  return (
    <Stage title={lost ? 'The engine is not reachable' : 'Starting'} quiet={!lost}>
      <p role="status" className="text-muted">
        {lost
          ? 'Vario keeps trying. If it was stopped, start it again with `vario serve` or open the desktop app.'
          : 'Opening the cockpit.'}
      </p>
    </Stage>
  );
}
