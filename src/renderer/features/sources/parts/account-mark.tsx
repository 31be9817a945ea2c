/** In which mode an account is, where it is not plainly live, and whether it counts. */
import type { ReactNode } from 'react';
import type { Source } from '../../../../shared/contract/sources.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Callout } from '../../../ui/callout.tsx';

/** Beside the name. */
export function AccountMark({ source }: { source: Source }): ReactNode {
  if (source.liveMode !== false) return null;
  return (
    <Badge tone={source.counts ? 'accent' : 'neutral'}>{source.counts ? 'Test mode' : 'Test mode, not counted'}</Badge>
  );
}

/** Whose account it is: its name, its id, and «live» where the vendor tells modes apart. */
export function accountText({ accountName, accountId, liveMode }: Source): string | null {
  // Some vendors name an account by its id.
  const id = accountId !== null && accountName?.includes(accountId) === true ? null : accountId;
  const parts = [accountName, id, liveMode === true ? 'live' : null].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' · ');
}

/** Why the figures do not show what this source holds. */
export function AccountNote({ source }: { source: Source }): ReactNode {
  if (source.counts) return null;
  return (
    <Callout title="This test account is part of no figure">
      A live account is connected, so that test data stays out. Its records are read and proven complete all the same.
      It counts again when no live account is left.
    </Callout>
  );
}
