/** What is wrong with a connection, and what to do: nothing where all is well. */
import type { ReactNode } from 'react';
import type { Source } from '../../../../shared/contract/sources.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { useNow } from '../../../lib/now.ts';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { WAITS, type Standing } from '../words.ts';

export interface SourceNoticeProps {
  source: Source;
  standing: Standing;
  onEdit: (() => void) | null;
  onDisconnect: () => void;
}

export function SourceNotice({ source, standing, onEdit, onDisconnect }: SourceNoticeProps): ReactNode {
  const format = useFormat();
  const now = useNow();
  const { lastError, nextSyncAt, waitsFor, failures } = source;
  const next = nextSyncAt === null ? '' : ` Vario tries again ${format.relative(nextSyncAt, now)}, ${WAITS[waitsFor]}.`;
  const reason = lastError === null ? 'The vendor gave no reason.' : sentence(lastError.message);
  const editButton = (label: string): ReactNode =>
    onEdit !== null && (
      <Button size="sm" onClick={onEdit}>
        {label}
      </Button>
    );
  switch (standing) {
    case 'key':
      return (
        <Callout tone="loss" title="The vendor refuses the key" action={editButton('Enter a new key…')}>
          {reason} What was read stays, and reading goes on where it stopped.
        </Callout>
      );
    case 'failing':
      return (
        <Callout
          tone="loss"
          title={
            lastError === null
              ? 'The last sync failed'
              : `The last sync failed on ${format.instant(lastError.at)}${failures > 1 ? `, for the ${ordinal(failures)} time in a row` : ''}`
          }
        >
          {reason}
          {next}
        </Callout>
      );
    case 'stale':
      return (
        <Callout tone="warn" title="Out of date">
          The last complete sync was {format.relative(source.lastSyncedAt, now)}. Figures may lag behind.
          {next}
        </Callout>
      );
    case 'paused':
      return (
        <Callout title="Paused">
          Nothing is asked of the vendor. What was read stays; a sync that was stopped goes on from there when it is
          resumed.
        </Callout>
      );
    case 'disconnected':
      return (
        <Callout
          title="Disconnected; its data stays in the figures"
          action={
            <>
              {editButton('Connect again…')}
              <Button size="sm" kind="danger" onClick={onDisconnect}>
                Delete its data…
              </Button>
            </>
          }
        >
          The key is deleted here. It stays valid at the vendor until it is revoked there.
        </Callout>
      );
    case 'syncing':
    case 'ready':
      return null;
  }
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function ordinal(count: number): string {
  const tail = count % 100;
  const ending = tail > 10 && tail < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th');
  return `${count}${ending}`;
}
