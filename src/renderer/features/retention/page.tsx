/** Retention: who stays, how much of their revenue, for how long, and who came back. The address says what is shown. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useFilters, type RetentionSearch } from '../../lib/address/index.ts';
import { stateOf, useEngine } from '../../lib/engine/index.ts';
import { Page } from '../../ui/page.tsx';
import { EmptyState, StateGate } from '../../ui/states.tsx';
import { CohortCurves } from './parts/cohort-curves.tsx';
import { CohortMatrix } from './parts/cohort-matrix.tsx';
import { Controls } from './parts/controls.tsx';
import { MembersSheet } from './parts/members-sheet.tsx';
import { MethodDialog } from './parts/method-dialog.tsx';
import { ReturnedCustomers } from './parts/returned-customers.tsx';
import { RevenueRetention } from './parts/revenue-retention.tsx';
import { SurvivalPanel } from './parts/survival-panel.tsx';
import { TrialCohorts } from './parts/trial-cohorts.tsx';
import { choiceOf, useCohorts } from './use-retention.ts';

export function RetentionPage(): ReactNode {
  const { api } = useEngine();
  const freshness = useQuery(api.metrics.freshness.queryOptions());
  return (
    <Page title="Retention" subtitle="Who stays, how much of their revenue, and for how long">
      <StateGate state={stateOf(freshness)}>
        {freshness.data !== undefined &&
          (freshness.data.firstDay === null ? (
            <EmptyState
              title="No customer has paid yet"
              hint="Cohorts begin with the first payment. Sources are connected under “Sources”."
            />
          ) : (
            <Room known={freshness.data} />
          ))}
      </StateGate>
    </Page>
  );
}

function Room({ known }: { known: Parameters<typeof choiceOf>[1] }): ReactNode {
  const search = useSearch({ from: '/frame/retention' });
  const filters = useFilters();
  const navigate = useNavigate();
  const { api } = useEngine();
  const workspace = useQuery(api.workspace.get.queryOptions());
  const choice = choiceOf({ ...search, ...filters }, known);
  const cohorts = useCohorts(choice);
  const change = (part: Partial<RetentionSearch>, replace = true): void =>
    void navigate({ to: '/retention', search: (now) => ({ ...now, ...part }), replace, resetScroll: false });
  const about = (part: NonNullable<RetentionSearch['about']>) => () => change({ about: part }, false);
  return (
    <>
      <Controls
        choice={choice}
        groups={cohorts.data?.groups ?? []}
        fiscal={(workspace.data?.fiscalYearStartMonth ?? 1) !== 1}
        onChange={change}
      />
      <div className="grid grid-cols-1 gap-4 min-[1180px]:grid-cols-2">
        <CohortCurves choice={choice} cohorts={cohorts} onHow={about('cohorts')} />
        <SurvivalPanel choice={choice} onHow={about('survival')} />
      </div>
      <CohortMatrix
        choice={choice}
        cohorts={cohorts}
        onHow={about('cohorts')}
        onCell={(cohort, age) => change({ cohort, age }, false)}
      />
      <div className="grid grid-cols-1 gap-4 min-[1180px]:grid-cols-2">
        <RevenueRetention choice={choice} />
        <TrialCohorts choice={choice} />
      </div>
      <ReturnedCustomers choice={choice} onHow={about('returned')} />
      <MembersSheet
        choice={choice}
        cell={search.cohort === undefined ? null : { cohort: search.cohort, age: search.age ?? 0 }}
        onClose={() => change({ cohort: undefined, age: undefined })}
      />
      <MethodDialog part={search.about ?? null} onClose={() => change({ about: undefined })} />
    </>
  );
}
