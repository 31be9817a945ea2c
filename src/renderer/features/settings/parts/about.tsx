/** Version and promises. */
import type { ReactNode } from 'react';
import type { SessionStatus } from '../../../../shared/contract/session.ts';
import { Tile } from '../../../ui/tile.tsx';

export function About({ status, policy }: { status: SessionStatus; policy: string }): ReactNode {
  return (
    <Tile title="About">
      <dl className="grid grid-cols-[10rem_1fr] gap-y-1.5">
        <dt className="text-subtle">Version</dt>
        <dd>{status.version}</dd>
        <dt className="text-subtle">Window</dt>
        <dd>{status.host === 'electron' ? 'Desktop app' : 'Browser, served by this machine to this machine'}</dd>
        <dt className="text-subtle">Rules of the figures</dt>
        <dd>Policy “{policy}”. Every figure explains itself under its question mark.</dd>
        <dt className="text-subtle">Network</dt>
        <dd>Only the connected sources are contacted, read-only. No telemetry.</dd>
      </dl>
    </Tile>
  );
}
