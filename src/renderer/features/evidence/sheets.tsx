/** What the address opens over a page: the rows behind a figure (`why`), or its definition (`how`). */
import { useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useEvidence } from '../../lib/address/index.ts';
import { HowDialog } from './how-dialog.tsx';
import { WhySheet } from './why-sheet.tsx';

export function EvidenceSheets(): ReactNode {
  const search = useSearch({ from: '/frame' });
  const { close, open } = useEvidence();
  return (
    <>
      <WhySheet request={search} onClose={close} onHow={(how) => open({ how })} />
      <HowDialog metric={search.how ?? null} onClose={close} />
    </>
  );
}
