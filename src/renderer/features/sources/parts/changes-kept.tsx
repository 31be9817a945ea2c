/** Warns before the vendor forgets what changed: after that everything has to be listed again. */
import type { ReactNode } from 'react';
import type { Source } from '../../../../shared/contract/sources.ts';
import { addMs, DAY_MS } from '../../../../shared/kernel/instant.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { useNow } from '../../../lib/now.ts';
import { Callout } from '../../../ui/callout.tsx';

const WARNED_DAYS = 5;

export function ChangesKept({ source }: { source: Source }): ReactNode {
  const format = useFormat();
  const now = useNow();
  const { changesKeptUntil: until, state, title } = source;
  if (until === null || state === 'syncing' || now < addMs(until, -WARNED_DAYS * DAY_MS)) return null;
  return now > until ? (
    <Callout title="The next sync lists everything again">
      {title} has forgotten some of what changed since the last sync. Nothing is lost: it only takes longer.
    </Callout>
  ) : (
    <Callout tone="warn" title={`Sync before ${format.instant(until)}`}>
      {title} forgets then what changed since the last sync, and the next one has to list everything again.
    </Callout>
  );
}
