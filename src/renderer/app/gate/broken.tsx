/** The database cannot be opened: what is wrong, and what to do. Nothing is changed by looking. */
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { Stage } from './stage.tsx';

export function Broken({ code, message }: { code: string; message: string }): ReactNode {
  return (
    <Stage title="Vario cannot open its data">
      <div role="alert" className="flex gap-3 rounded-lg border border-line bg-surface p-4">
        <CircleAlert size={18} aria-hidden className="mt-0.5 shrink-0 text-loss" />
        <div className="min-w-0">
          <p className="text-pretty text-ink">{message}</p>
          <p className="mt-1 font-mono text-2xs text-subtle">{code}</p>
        </div>
      </div>
      <p className="text-muted">
        Nothing was changed. <code className="font-mono text-ink">vario doctor</code> examines the data directory;{' '}
        <code className="font-mono text-ink">vario restore</code> puts a backup in place. Backups lie beside the
        database.
      </p>
      <div>
        <Button kind="primary" size="lg" onClick={() => window.location.reload()}>
          Try again
        </Button>
      </div>
    </Stage>
  );
}
