/** The larger parts: pages, tiles, states, tables' pieces, forms of connections, and what can be dropped or taken along. */
import type { ReactNode } from 'react';
import { USD } from '../../shared/kernel/currency.ts';
import { useConnectForm, type Descriptor } from '../lib/engine/index.ts';
import { PERCENT } from '../lib/unit.ts';
import { Button } from '../ui/button.tsx';
import { ConnectFields } from '../ui/connect-fields.tsx';
import { Delta } from '../ui/delta.tsx';
import { EvidenceBadge } from '../ui/evidence-badge.tsx';
import { ExportButtons } from '../ui/export-buttons.tsx';
import { DropHint, DropSurface, FileButton } from '../ui/file-drop.tsx';
import { FilterNote } from '../ui/filter-note.tsx';
import { HelpButton } from '../ui/help-button.tsx';
import { HelpLink } from '../ui/help-link.tsx';
import { Mark } from '../ui/mark.tsx';
import { Page } from '../ui/page.tsx';
import { RestoreForm } from '../ui/restore-form.tsx';
import { ShortcutList } from '../ui/shortcut-list.tsx';
import { Skeleton, SkeletonRows } from '../ui/skeleton.tsx';
import { SliceFilter } from '../ui/slice-filter.tsx';
import { SourceCheckResult } from '../ui/source-check-result.tsx';
import { EmptyState, ErrorState, StaleNote, StateGate } from '../ui/states.tsx';
import { Tile } from '../ui/tile.tsx';
import { Exhibit, Room } from './frame.tsx';
import { DATA_STATES, DOLLARS, open } from './sample.ts';

const DESCRIPTOR: Descriptor = {
  vendor: 'stripe',
  title: 'Stripe',
  family: 'billing',
  description: 'Subscriptions, invoices and payments.',
  fields: [
    {
      name: 'key',
      label: 'Restricted key',
      help: 'It needs to read only.',
      secret: true,
      required: true,
      placeholder: 'rk_live_…',
    },
    { name: 'account', label: 'Account', help: null, secret: false, required: false, placeholder: null },
  ],
  signIn: null,
  scopes: [],
};

/** All keys of the program. */
export function ShortcutScene(): ReactNode {
  return <ShortcutList singleKeys desktop={false} />;
}

export function PartRoom(): ReactNode {
  const form = useConnectForm(DESCRIPTOR);
  return (
    <Room title="Parts">
      <div className="grid grid-cols-1 items-start gap-4 md:grid-cols-2">
        <Exhibit name="Page">
          <div className="rounded-lg border border-line">
            <Page title="Revenue" subtitle="What comes in each month" actions={<Button>Compare</Button>}>
              <Tile title="A tile" subtitle="With a line below" actions={<HelpButton about="A tile" topic="metrics" />}>
                Its content.
              </Tile>
            </Page>
          </div>
        </Exhibit>
        <Exhibit name="Changes, sign, evidence, export">
          <div className="flex flex-wrap items-center gap-3">
            <Mark size={32} />
            <Delta
              current={{ unit: DOLLARS, value: 12_000 }}
              previous={{ unit: DOLLARS, value: 10_000 }}
              period="Oct 2026"
            />
            <Delta
              current={{ unit: PERCENT, value: 0.03 }}
              previous={{ unit: PERCENT, value: 0.02 }}
              period="Oct"
              good="down"
            />
            <Delta current={{ unit: DOLLARS, value: 1 }} previous={{ unit: DOLLARS, value: 1 }} period="Oct 2026" />
            <Delta
              current={{ unit: DOLLARS, value: 1 }}
              previous={{ unit: DOLLARS, value: null, reason: 'No revenue yet' }}
              period="Oct 2026"
            />
            <HelpLink topic="metrics" />
            <EvidenceBadge evidence="invoice" />
            <ExportButtons name="customers" header={['Customer']} rows={() => [['Acme']]} />
          </div>
        </Exhibit>
        <Exhibit name="Filters, and what cannot follow them">
          <div className="flex flex-wrap gap-2">
            <SliceFilter conditions={[{ dimension: 'plan', values: ['team', 'business'] }]} onChange={open} />
          </div>
          <FilterNote ignores={['policy', 'rates']} because="payments are what was paid" />
        </Exhibit>
        <Exhibit name="Files">
          <DropSurface
            hint="Import this file"
            onFile={open}
            className="rounded-lg border border-dashed border-line-strong p-4"
          >
            <FileButton text="Choose a file" label="File" accept=".csv" onFile={open} />
          </DropSurface>
          <div className="relative h-20">
            <DropHint text="Import this file" />
          </div>
        </Exhibit>
        <Exhibit name="Connecting a source">
          <ConnectFields descriptor={DESCRIPTOR} form={form} inSight={['account']} />
          <SourceCheckResult
            title="Stripe"
            check={{
              ok: false,
              accountId: 'acct_1',
              accountName: 'Acme Ltd',
              liveMode: false,
              currency: USD,
              missingScopes: [{ id: 'invoices', title: 'Invoices', why: 'for payments' }],
              warnings: ['The key may also write'],
              problem: null,
            }}
          />
        </Exhibit>
        <Exhibit name="Opening a backup">
          <RestoreForm
            status={{ protections: ['passphrase'], keychainAvailable: false }}
            busy={false}
            failure="This is not the passphrase."
            onRestore={open}
            onCancel={open}
          />
        </Exhibit>
        <Exhibit name="Waiting">
          <Skeleton className="h-8 w-40" />
          <SkeletonRows rows={3} />
        </Exhibit>
        <Exhibit name="States by themselves">
          <EmptyState title="No customers yet" hint="They appear after the first sync." />
          <ErrorState code="unavailable" message="The engine did not answer." retry={open} />
          {DATA_STATES.map((state) => state.kind === 'stale' && <StaleNote key={state.kind} state={state} />)}
          {DATA_STATES.map((state) => (
            <StateGate key={state.kind} state={state}>
              What is shown.
            </StateGate>
          ))}
        </Exhibit>
      </div>
    </Room>
  );
}
