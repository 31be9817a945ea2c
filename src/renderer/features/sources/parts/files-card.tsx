/** Files as a source: what was imported last, and the way to the room where it is done. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Tile } from '../../../ui/tile.tsx';

export function FilesCard(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const imports = useQuery(api.files.imports.queryOptions({ input: { limit: 1 } }));
  const last = imports.data?.rows[0];
  return (
    <Tile
      title="Files"
      actions={
        <Link to="/import" className="text-sm font-medium whitespace-nowrap text-accent hover:underline">
          Import a file
        </Link>
      }
    >
      <p className="text-sm text-pretty text-muted">
        CSV, TSV and Excel: exports of Stripe, ChartMogul, HubSpot, Salesforce and Pipedrive, costs, targets, NPS,
        rates, or any table. Drop one anywhere on the window.{' '}
        {last === undefined ? (
          'Nothing was imported yet.'
        ) : (
          <>
            Last: {last.file} ({last.kindTitle}), {format.instant(last.startedAt)}.{' '}
            <Link to="/import" search={{ view: 'history' }} className="text-accent underline">
              All imports
            </Link>
          </>
        )}
      </p>
    </Tile>
  );
}
