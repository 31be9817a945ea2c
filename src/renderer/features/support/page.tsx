/** Support and NPS: how soon customers are answered, what is open, and how likely they would recommend the company. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { PlainDay } from '../../../shared/kernel/day.ts';
import { stateOf, useEngine } from '../../lib/engine/index.ts';
import { Page } from '../../ui/page.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { EmptyState, StateGate } from '../../ui/states.tsx';
import { Answers } from './parts/answers.tsx';
import { FirstResponse } from './parts/first-response.tsx';
import { OpenByAge } from './parts/open-by-age.tsx';
import { OpenRequests } from './parts/open-requests.tsx';
import { ScoreByQuarter } from './parts/score-by-quarter.tsx';
import { ServiceTiles } from './parts/service-tiles.tsx';
import { SPANS, spanBefore, spanOf, useDesk, useNps, type SpanDays } from './use-support.ts';

export function SupportPage(): ReactNode {
  const { api } = useEngine();
  const freshness = useQuery(api.metrics.freshness.queryOptions());
  const search = useSearch({ from: '/frame/support' });
  const navigate = useNavigate();
  const days = search.days ?? '365';
  const change = (chosen: SpanDays): void =>
    void navigate({
      to: '/support',
      search: (known) => ({ ...known, days: chosen === '365' ? undefined : chosen }),
      replace: true,
      resetScroll: false,
    });
  return (
    <Page
      title="Support and NPS"
      subtitle="How soon customers are answered, what is open, and how likely they would recommend you"
      actions={<Segmented label="Period" choices={SPANS} value={days} onChange={change} />}
    >
      <StateGate state={stateOf(freshness)}>
        {freshness.data !== undefined && <Room today={freshness.data.today} days={days} />}
      </StateGate>
    </Page>
  );
}

function Room({ today, days }: { today: PlainDay; days: SpanDays }): ReactNode {
  const span = spanOf(days, today);
  const before = spanBefore(span, days);
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
      <ServiceTiles desk={desk} nps={nps} before={before} days={days} />
      <div className="grid gap-4 min-[1180px]:grid-cols-2">
        <ScoreByQuarter nps={nps} />
        <FirstResponse desk={desk} />
      </div>
      <div className="grid items-start gap-4 min-[1180px]:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
        <OpenByAge desk={desk} />
        <OpenRequests desk={desk} />
      </div>
      <Answers nps={nps} />
    </>
  );
}
