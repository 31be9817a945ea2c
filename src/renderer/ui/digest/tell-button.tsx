/** Whether a digest is told as a notification, and the way to its settings. */
import { useQuery } from '@tanstack/react-query';
import { BellPlus, BellRing } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DigestKind } from '../../../shared/contract/digest.ts';
import { useOpenTarget } from '../../lib/address/index.ts';
import { useEngine } from '../../lib/engine/index.ts';
import { IconButton } from '../button.tsx';

const DAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'] as const;

export function TellButton({ kind }: { kind: DigestKind }): ReactNode {
  const { api } = useEngine();
  const openTarget = useOpenTarget();
  const workspace = useQuery(api.workspace.get.queryOptions()).data;
  if (workspace === undefined) return null;
  const { dailyDigest, weeklyDigest } = workspace;
  const told =
    kind === 'daily'
      ? dailyDigest && `Told ${dailyDigest.workdaysOnly ? 'on workdays' : 'every day'} at ${dailyDigest.at}`
      : weeklyDigest && `Told on ${DAYS[weeklyDigest.on - 1] ?? ''} at ${weeklyDigest.at}`;
  return (
    <IconButton
      icon={told ? BellRing : BellPlus}
      label={told ? `${told}: change it in the settings` : `Have it told as a notification: in the settings`}
      onClick={() => openTarget('/settings/notifications')}
    />
  );
}
