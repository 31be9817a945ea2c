/** What events mean: which is a visit, a sign-up, an activation, which property is the customer, what plans include. */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import type { UsageSource } from '../../../shared/contract/usage.ts';
import type { SourceId } from '../../../shared/kernel/ids.ts';
import { stateOf, useEngine } from '../../lib/engine/index.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { Page } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { EmptyState, StateGate } from '../../ui/states.tsx';
import { EventTable } from './parts/event-table.tsx';
import { LimitEditor } from './parts/limit-editor.tsx';
import { MappingForm } from './parts/mapping-form.tsx';
import { useMappingDraft, type Mapping } from './use-mapping.ts';

export function UsageMappingPage(): ReactNode {
  const search = useSearch({ from: '/frame/usage/mapping' });
  const navigate = useNavigate();
  const { api } = useEngine();
  const sources = useQuery(api.usage.sources.queryOptions());
  const source = sources.data?.find(({ sourceId }) => sourceId === search.source) ?? sources.data?.[0];
  return (
    <Page
      title={source?.kind === 'meters' ? 'What plans include' : 'What events mean'}
      subtitle={source === undefined ? ' ' : subtitleOf(source)}
      className="max-w-7xl"
      actions={
        <>
          {(sources.data?.length ?? 0) > 1 && source !== undefined && (
            <Select
              label="Source"
              labelHidden
              value={String(source.sourceId)}
              options={(sources.data ?? []).map(({ sourceId, name }) => ({ value: String(sourceId), label: name }))}
              onChange={(chosen) => void navigate({ to: '/usage/mapping', search: { source: Number(chosen) } })}
            />
          )}
          <Link
            to="/usage"
            className="inline-flex h-7 items-center gap-1.5 rounded-md px-2 text-sm font-medium text-muted hover:bg-hover hover:text-ink"
          >
            <ArrowLeft size={14} aria-hidden />
            Product usage
          </Link>
        </>
      }
    >
      <StateGate state={stateOf(sources)}>
        {source !== undefined ? (
          <Mapped key={source.sourceId} sourceId={source.sourceId} isMeters={source.kind === 'meters'} />
        ) : (
          sources.data !== undefined && (
            <EmptyState
              title="No events were read yet"
              hint="Connect PostHog, Mixpanel or Amplitude; after the first sync the events found are listed here."
              action={{ label: 'Connect a source', run: () => void navigate({ to: '/sources' }) }}
            />
          )
        )}
      </StateGate>
    </Page>
  );
}

function subtitleOf({ kind, name }: UsageSource): string {
  return kind === 'meters'
    ? `Meters of ${name}: their use is what is billed, and needs no mapping`
    : `Events of ${name}: what was found, and what is said of it`;
}

function Mapped({ sourceId, isMeters }: { sourceId: SourceId; isMeters: boolean }): ReactNode {
  const { api } = useEngine();
  const mapping = useQuery(api.usage.mapping.queryOptions({ input: { sourceId } }));
  return (
    <StateGate state={stateOf(mapping)}>
      {mapping.data !== undefined &&
        (isMeters ? (
          <LimitEditor sourceId={sourceId} found={mapping.data} measures={['count']} />
        ) : (
          <Loaded sourceId={sourceId} found={mapping.data} />
        ))}
    </StateGate>
  );
}

function Loaded({ sourceId, found }: { sourceId: SourceId; found: Mapping }): ReactNode {
  const format = useFormat();
  const draft = useMappingDraft(sourceId, found.mapping);
  const nobodys =
    found.unassigned === null ? '' : `; ${format.percent(found.unassigned)} of events belong to nobody in particular`;
  return (
    <>
      <p className="text-sm text-muted">
        {format.count(found.daysHeld, { one: 'day', other: 'days' })} held.{' '}
        {format.count(found.accounts, { one: 'account', other: 'accounts' })}, {format.count(found.linkedAccounts)} of
        them linked to a customer{nobodys}.{' '}
        <Link
          to="/matching"
          search={{ system: 'product' }}
          className="font-medium text-ink underline underline-offset-2"
        >
          Matching
        </Link>
      </p>
      <MappingForm found={found} draft={draft} />
      <EventTable sourceId={sourceId} found={found} draft={draft} />
      <LimitEditor sourceId={sourceId} found={found} />
    </>
  );
}
