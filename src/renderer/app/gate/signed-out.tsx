/** The browser host let this window not in: the one-time address was used before, or the cookie is gone. */
import type { ReactNode } from 'react';
import { Stage } from './stage.tsx';

export function SignedOut(): ReactNode {
  return (
    <Stage title="This window is not signed in">
      <p className="text-muted">
        Each address that <code className="font-mono text-ink">vario serve</code> prints opens one browser, once. Start
        it again, or take the newest address from its terminal. Other programs on this machine cannot read your numbers
        without one.
      </p>
    </Stage>
  );
}
