/** Above a digest of the archive: its figures are those of then. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { DigestReport } from '../../../shared/contract/digest.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { Callout } from '../callout.tsx';

export function KeptNote({ report }: { report: DigestReport }): ReactNode {
  const format = useFormat();
  const look = 'font-medium underline underline-offset-2';
  return (
    <Callout
      tone="accent"
      title={`As it was told on ${format.instant(report.computedAt)}`}
      action={
        report.kind === 'daily' ? (
          <Link to="/today" search={{ since: report.from, until: report.to }} className={look}>
            As known now
          </Link>
        ) : (
          <Link to="/week" search={{ of: report.from }} className={look}>
            As known now
          </Link>
        )
      }
    >
      What came to light later is not in it.
    </Callout>
  );
}
