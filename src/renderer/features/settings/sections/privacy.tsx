/** Whom the program speaks with, and what it keeps of people. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Contact } from '../../../../shared/contract/diagnostics.ts';
import { isoOfInstant } from '../../../../shared/kernel/instant.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';
import { SettingRow } from '../parts/setting-row.tsx';

export function PrivacySection(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const contacts = useQuery({ ...api.diagnostics.contacts.queryOptions(), staleTime: 0 });
  const rows = contacts.data ?? [];
  const state = stateOf(contacts);
  return (
    <>
      <Tile title="Hosts that were spoken with" subtitle="By day; kept for 400 days. There is no telemetry">
        <div id="contacts">
          <DataTable
            label="Hosts that were spoken with"
            columns={contactColumns(format)}
            rows={rows}
            rowKey={({ host, on }) => `${on} ${host}`}
            maxHeight={320}
            exportName="contacts"
            state={
              state.kind === 'ready' && rows.length === 0
                ? {
                    kind: 'empty',
                    title: 'Nobody was spoken with yet',
                    hint: 'Only connected sources are asked, and only read.',
                  }
                : state
            }
          />
        </div>
      </Tile>
      <Tile title="Data about people">
        <SettingRow id="people">
          <div className="flex flex-col gap-1.5 text-pretty">
            <p>
              Names and addresses of customers are kept in the encrypted database on this computer and nowhere else.
              They leave it only in files that are saved here, and never in logs or in the diagnostics bundle.
            </p>
            <p>
              What is held of one customer stands on that customer’s page, and everything at once under{' '}
              <Link to="/settings/$section" params={{ section: 'data' }} hash="exportAll" className="underline">
                Export everything
              </Link>
              . Disconnecting a source with its data removes whatever that source brought, in{' '}
              <Link to="/sources" className="underline">
                Sources
              </Link>
              .
            </p>
          </div>
        </SettingRow>
      </Tile>
    </>
  );
}

function contactColumns(format: Formatter): Column<Contact>[] {
  return [
    { id: 'on', header: 'Day', value: (row) => row.on, text: (row) => format.day(row.on), width: 120 },
    { id: 'host', header: 'Host', value: (row) => row.host },
    {
      id: 'requests',
      header: 'Requests',
      align: 'end',
      width: 110,
      value: (row) => row.requests,
      text: (row) => format.count(row.requests),
    },
    {
      id: 'failures',
      header: 'Failed',
      align: 'end',
      width: 80,
      value: (row) => row.failures,
      text: (row) => format.count(row.failures),
    },
    {
      id: 'sent',
      header: 'Sent',
      align: 'end',
      width: 90,
      value: (row) => row.bytesSent,
      text: (row) => format.bytes(row.bytesSent),
    },
    {
      id: 'got',
      header: 'Received',
      align: 'end',
      width: 110,
      value: (row) => row.bytesGot,
      text: (row) => format.bytes(row.bytesGot),
    },
    {
      id: 'last',
      header: 'Last',
      width: 90,
      value: (row) => row.lastAt,
      text: (row) => format.instant(row.lastAt, 'short'),
      exported: (row) => isoOfInstant(row.lastAt),
    },
  ];
}
