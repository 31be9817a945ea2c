/** What the address opens over a page: the rows behind a figure (`why`), or its definition (`how`). Fetched when it is asked for. */
import { useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useEvidence } from '../../lib/address/index.ts';

const WhySheet = lazy(async () => ({ default: (await import('./why-sheet.tsx')).WhySheet }));
const HowDialog = lazy(async () => ({ default: (await import('./how-dialog.tsx')).HowDialog }));

export function EvidenceSheets(): ReactNode {
  const search = useSearch({ from: '/frame' });
  const { close, open } = useEvidence();
  const [asked, setAsked] = useState(false);
  if (!asked && (search.why !== undefined || search.how !== undefined)) setAsked(true);
  if (!asked) return null;
  return (
    <Suspense>
      <WhySheet request={search} onClose={close} onHow={(how) => open({ how })} />
      <HowDialog metric={search.how ?? null} onClose={close} />
    </Suspense>
  );
}
