/** The buttons of one connection: sync, stop, and whatever is done more seldom. */
import { useMutation } from '@tanstack/react-query';
import { Ellipsis, KeyRound, Pause, Play, RefreshCw, RotateCw, Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Source } from '../../../../shared/contract/sources.ts';
import { useEngine } from '../../../lib/engine/index.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Menu, type MenuItem } from '../../../ui/menu.tsx';
import { useToast } from '../../../ui/toast.tsx';

export interface SourceActionsProps {
  source: Source;
  running: boolean;
  /** Null where this version does not know the vendor. */
  onEdit: (() => void) | null;
  onDisconnect: () => void;
}

export function SourceActions({ source, running, onEdit, onDisconnect }: SourceActionsProps): ReactNode {
  const { api } = useEngine();
  const sync = useMutation(api.sources.sync.mutationOptions());
  const pause = useMutation(api.sources.pause.mutationOptions());
  const resume = useMutation(api.sources.resume.mutationOptions());
  const toast = useToast();
  const { sourceId, state } = source;
  const halt = (): void =>
    pause.mutate(
      { sourceId },
      { onSuccess: () => toast({ text: `${source.name} is paused`, undo: () => resume.mutate({ sourceId }) }) },
    );
  const start = (full: boolean): void => sync.mutate({ sourceIds: [sourceId], full });
  const isConnected = state !== 'disconnected';
  const works = isConnected && state !== 'paused';
  const rest: MenuItem[] = works
    ? [
        { id: 'full', label: 'List everything again', icon: RotateCw, disabled: running, run: () => start(true) },
        { id: 'pause', label: 'Pause', icon: Pause, run: halt },
      ]
    : [];
  const edit: MenuItem[] =
    onEdit === null ? [] : [{ id: 'edit', label: 'Edit connection…', icon: KeyRound, run: onEdit }];
  const cut: MenuItem = {
    id: 'disconnect',
    label: isConnected ? 'Disconnect…' : 'Delete its data…',
    icon: Unplug,
    danger: true,
    run: onDisconnect,
  };
  return (
    <>
      {running && (
        <Button size="sm" icon={Pause} busy={pause.isPending} onClick={halt}>
          Pause
        </Button>
      )}
      {state === 'paused' && (
        <Button size="sm" icon={Play} busy={resume.isPending} onClick={() => resume.mutate({ sourceId })}>
          Resume
        </Button>
      )}
      {works && !running && (
        <Button size="sm" icon={RefreshCw} busy={sync.isPending} onClick={() => start(false)}>
          Sync now
        </Button>
      )}
      <Menu
        trigger={<IconButton icon={Ellipsis} label={`More for ${source.name}`} />}
        groups={[[...rest, ...edit], [cut]].filter((group) => group.length > 0)}
      />
    </>
  );
}
