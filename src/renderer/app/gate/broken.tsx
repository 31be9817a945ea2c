/** The database cannot be opened: what is wrong, and what to do. Nothing is changed by looking. */
import { useQuery } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { SessionStatus } from '../../../shared/contract/session.ts';
import { useEngine, useRestore } from '../../lib/engine/index.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { Button } from '../../ui/button.tsx';
import { RestoreForm } from '../../ui/restore-form.tsx';
import { Stage } from './stage.tsx';

export interface BrokenProps {
  code: string;
  message: string;
  /** The session, where it could be asked: then a backup can be put in place from here. */
  status?: SessionStatus;
  onRetry?: () => void;
}

export function Broken({ code, message, status, onRetry = () => window.location.reload() }: BrokenProps): ReactNode {
  return (
    <Stage title="Vario cannot open its data">
      <div role="alert" className="flex gap-3 rounded-lg border border-line bg-surface p-4">
        <CircleAlert size={18} aria-hidden className="mt-0.5 shrink-0 text-loss" />
        <div className="min-w-0">
          <p className="text-pretty break-words text-ink">{message}</p>
          <p className="mt-1 font-mono text-2xs text-subtle">{code}</p>
        </div>
      </div>
      <p className="text-muted">
        Nothing was changed. <code className="font-mono text-ink">vario doctor</code> examines the data directory;{' '}
        <code className="font-mono text-ink">vario restore</code> puts a backup of another folder in place.
      </p>
      <div>
        <Button kind="primary" size="lg" onClick={onRetry}>
          Try again
        </Button>
      </div>
      {status !== undefined && <LatestBackup status={status} />}
    </Stage>
  );
}

/** The way back that is nearest: the newest backup beside the database. */
function LatestBackup({ status }: { status: SessionStatus }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const restore = useRestore(() => setAsking(false));
  const [newest] = useQuery(api.session.backups.queryOptions()).data ?? [];
  if (newest === undefined) return null;
  return (
    <section aria-label="Latest backup" className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4">
      <p className="text-ink">
        The latest backup is of {format.instant(newest.madeAt)}. The database of now is kept aside, unchanged.
      </p>
      {asking ? (
        <RestoreForm
          status={status}
          busy={restore.busy}
          failure={restore.failure}
          onRestore={(passphrase) => restore.start(newest.file, passphrase)}
          onCancel={() => setAsking(false)}
        />
      ) : (
        <div>
          <Button onClick={() => setAsking(true)}>Restore it…</Button>
        </div>
      )}
    </section>
  );
}
