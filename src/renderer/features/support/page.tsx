/** Support and NPS: how soon customers are answered, what is open, and how likely they would recommend the company. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { scopeOf, useFilters, WholeCompany, type Scope } from '../../lib/address/index.ts';
import { stateOf, useEngine } from '../../lib/engine/index.ts';
import { FilterNote } from '../../ui/filter-note.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, StateGate } from '../../ui/states.tsx';
import { Answers } from './parts/answers.tsx';
import { FirstResponse } from './parts/first-response.tsx';
import { OpenByAge } from './parts/open-by-age.tsx';
import { OpenRequests } from './parts/open-requests.tsx';
import { ScoreByQuarter } from './parts/score-by-quarter.tsx';
import { ServiceTiles } from './parts/service-tiles.tsx';
import { spanBefore, useDesk, useNps } from './use-support.ts';

export function SupportPage(): ReactNode {
  const { api } = useEngine();
  const freshness = useQuery(api.metrics.freshness.queryOptions());
  const filters = useFilters();
  return (
    <Page
      title="Support and NPS"
      subtitle="How soon customers are answered, what is open, and how likely they would recommend you"
    >
      <StateGate state={stateOf(freshness)}>
        {freshness.data !== undefined && <Room scope={scopeOf(filters, freshness.data, '12')} />}
      </StateGate>
    </Page>
  );
}

function Room({ scope }: { scope: Scope }): ReactNode {
  const span = { from: scope.from, to: scope.to };
  const before = spanBefore(span);
  const desk = useDesk(span);
  const nps = useNps(span);
  if (desk.data?.any === false && nps.data?.any === false)
    return (
      <EmptyState
        title="Nothing is known of support yet"
        hint="Connect Intercom or Zendesk under “Sources”, or import tickets and answers to an NPS survey from a file. What customers wrote to support is never read."
      />
    );
  return (
    <>
      <WholeCompany value>
        <ServiceTiles desk={desk} nps={nps} span={span} before={before} />
      </WholeCompany>
      <div className="grid grid-cols-1 gap-4 min-[1180px]:grid-cols-2">
        <ScoreByQuarter nps={nps} />
        <FirstResponse desk={desk} />
      </div>
      <FilterNote ignores={['asOf', 'period']} because="what is open below is open now" />
      <div className="grid grid-cols-1 items-start gap-4 min-[1180px]:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
        <OpenByAge desk={desk} />
        <OpenRequests desk={desk} />
      </div>
      <Answers nps={nps} />
    </>
  );
}
