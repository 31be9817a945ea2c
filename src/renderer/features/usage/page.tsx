/** Product usage: how many are active, what they use, who comes and pays by channel, who is near a limit. */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { SlidersHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import type { UsageSource } from '../../../shared/contract/usage.ts';
import { ExternalLink, scopeOf, useFilters, type Scope, type UsageSearch } from '../../lib/address/index.ts';
import { stateOf, useEngine } from '../../lib/engine/index.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { HelpLink } from '../../ui/help-link.tsx';
import { Page } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { EmptyState, StateGate } from '../../ui/states.tsx';
import { ActiveUsers } from './parts/active-users.tsx';
import { BehindSheet } from './parts/behind-sheet.tsx';
import { FeatureTable } from './parts/feature-table.tsx';
import { FunnelPicture } from './parts/funnel-picture.tsx';
import { FunnelTable } from './parts/funnel-table.tsx';
import { NearLimits } from './parts/near-limits.tsx';
import { PaidAndUsed } from './parts/paid-and-used.tsx';
import { METHODS, type UsageMethod } from './words.ts';

export function UsagePage(): ReactNode {
  const search = useSearch({ from: '/frame/usage' });
  const navigate = useNavigate();
  const { api } = useEngine();
  const freshness = useQuery(api.metrics.freshness.queryOptions());
  const sources = useQuery(api.usage.sources.queryOptions());
  const change = (part: Partial<UsageSearch>): void =>
    void navigate({ to: '/usage', search: (known) => ({ ...known, ...part }), replace: true, resetScroll: false });
  const filters = useFilters();
  const source = sources.data?.find(({ sourceId }) => sourceId === search.source) ?? sources.data?.[0];
  return (
    <Page
      title="Product usage"
      subtitle="Who is active, what they use, how visitors become customers"
      actions={source !== undefined && <Actions source={source} sources={sources.data ?? []} onChange={change} />}
    >
      <StateGate state={stateOf(sources)}>
        {sources.data !== undefined && source === undefined ? (
          <EmptyState
            title="No product analytics are connected yet"
            hint="With PostHog, Mixpanel or Amplitude, Vario shows who uses the product, which features, and how visitors of each channel become customers. Only sums per account, event and day are kept."
            action={{ label: 'Connect a source', run: () => void navigate({ to: '/sources' }) }}
          />
        ) : (
          source !== undefined &&
          freshness.data !== undefined && (
            <Room source={source} scope={scopeOf(filters, freshness.data, '3')} search={search} onChange={change} />
          )
        )}
      </StateGate>
      <HowDialog method={search.method ?? null} onClose={() => change({ method: undefined })} />
    </Page>
  );
}

interface RoomProps {
  source: UsageSource;
  scope: Scope;
  search: UsageSearch;
  onChange: (part: Partial<UsageSearch>) => void;
}

function Room({ source, scope, search, onChange }: RoomProps): ReactNode {
  const span = { sourceId: source.sourceId, from: scope.from, to: scope.to };
  const how = (method: UsageMethod) => () => onChange({ method });
  const uses = (
    <div className="grid grid-cols-1 items-start gap-4 min-[1180px]:grid-cols-2">
      <FeatureTable
        span={span}
        isMeters={source.kind === 'meters'}
        onHow={how('features')}
        onBehind={(used) => onChange({ used })}
      />
      <NearLimits sourceId={source.sourceId} onHow={how('limits')} />
    </div>
  );
  const behind = (
    <BehindSheet
      span={span}
      event={search.used ?? (search.everybody === 'yes' ? null : undefined)}
      isMeters={source.kind === 'meters'}
      onClose={() => onChange({ used: undefined, everybody: undefined })}
    />
  );
  // Meters count no people, and tell nothing of who came and signed up.
  if (source.kind === 'meters')
    return (
      <>
        {uses}
        {behind}
      </>
    );
  return (
    <>
      <ActiveUsers
        span={span}
        period={search.step ?? 'week'}
        onPeriod={(step) => onChange({ step })}
        onHow={how('active')}
        onBehind={() => onChange({ everybody: 'yes' })}
      />
      <div className="grid grid-cols-1 gap-4 min-[1180px]:grid-cols-2">
        <FunnelPicture span={span} withinDays={Number(search.within ?? '30')} onHow={how('funnel')} />
        <PaidAndUsed />
      </div>
      <FunnelTable
        span={span}
        withinDays={Number(search.within ?? '30')}
        onWithin={(within) => onChange({ within })}
        onHow={how('funnel')}
      />
      {uses}
      {behind}
    </>
  );
}

interface ActionsProps {
  source: UsageSource;
  sources: readonly UsageSource[];
  onChange: (part: Partial<UsageSearch>) => void;
}

function Actions({ source, sources, onChange }: ActionsProps): ReactNode {
  return (
    <>
      {sources.length > 1 && (
        <Select
          label="Source"
          labelHidden
          value={String(source.sourceId)}
          options={sources.map(({ sourceId, name }) => ({ value: String(sourceId), label: name }))}
          onChange={(chosen) => onChange({ source: Number(chosen) })}
        />
      )}
      <Link
        to="/usage/mapping"
        search={{ source: source.sourceId }}
        className="inline-flex h-7 items-center gap-1.5 rounded-md border border-line-strong bg-surface px-2.5 text-sm font-medium text-ink shadow-raised hover:bg-hover"
      >
        <SlidersHorizontal size={14} aria-hidden />
        {source.kind === 'meters' ? 'What plans include' : 'What events mean'}
      </Link>
    </>
  );
}

function HowDialog({ method, onClose }: { method: UsageMethod | null; onClose: () => void }): ReactNode {
  const told = method === null ? null : METHODS[method];
  return (
    <Dialog
      open={told !== null}
      onClose={onClose}
      title={told?.title ?? ''}
      className="w-[min(36rem,calc(100vw-2rem))]"
    >
      {told !== null && (
        <div className="flex flex-col gap-3 text-pretty text-ink">
          {told.text.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
          <code className="block rounded-md bg-sunken px-3 py-2 font-mono text-sm text-ink">{told.formula}</code>
          <p className="flex flex-wrap gap-x-6 gap-y-1">
            <ExternalLink href={told.source.url}>{told.source.title}</ExternalLink>
            <HelpLink topic="metrics-product-usage" />
          </p>
        </div>
      )}
    </Dialog>
  );
}
