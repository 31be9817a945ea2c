/** Revenue: MRR and what is around it, from the course of years down to a customer’s movement. The address says what is shown. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useFilters } from '../../lib/address/index.ts';
import { stateOf, useEngine } from '../../lib/engine/index.ts';
import { FilterNote } from '../../ui/filter-note.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, StateGate } from '../../ui/states.tsx';
import { Tabs, type Tab } from '../../ui/tabs.tsx';
import { choiceOf, wholeMonths, type Choice } from './choice.ts';
import { BreakdownView } from './parts/breakdown-view.tsx';
import { CashView } from './parts/cash-view.tsx';
import type { ControlsProps, RevenueChange } from './parts/controls-props.ts';
import { CourseView } from './parts/course-view.tsx';
import { MovementsView } from './parts/movements-view.tsx';
import { PaymentsView } from './parts/payments-view.tsx';

const TABS: readonly Tab<Choice['part']>[] = [
  { value: 'course', label: 'Course' },
  { value: 'movements', label: 'Movements' },
  { value: 'breakdown', label: 'Breakdown' },
  { value: 'cash', label: 'Revenue and cash' },
  { value: 'payments', label: 'Payments and churn' },
];

export function RevenuePage(): ReactNode {
  const search = useSearch({ from: '/frame/revenue' });
  const filters = useFilters();
  const navigate = useNavigate();
  const { api } = useEngine();
  const freshness = useQuery(api.metrics.freshness.queryOptions());
  const change = (part: RevenueChange, replace = true): void =>
    void navigate({ to: '/revenue', search: (known) => ({ ...known, ...part }), replace, resetScroll: false });
  const { data } = freshness;
  return (
    <Page title="Revenue" subtitle="Recurring revenue, what moved it, what it is made of, and the cash beside it">
      <StateGate state={stateOf(freshness)}>
        {data !== undefined &&
          (data.firstDay === null ? (
            <EmptyState
              title="No revenue yet"
              hint="The lines begin with the first paying subscription. Sources are connected under “Sources”."
            />
          ) : (
            <Tabs
              label="Views of revenue"
              tabs={TABS}
              value={search.part ?? 'course'}
              onChange={(part) => change({ part: part === 'course' ? undefined : part }, false)}
            >
              <View choice={choiceOf({ ...search, ...filters }, data.today, data.firstDay)} onChange={change} />
            </Tabs>
          ))}
      </StateGate>
    </Page>
  );
}

function View(props: ControlsProps): ReactNode {
  const { choice, onChange } = props;
  const part = choice.asked.slice === undefined ? {} : { slice: choice.asked.slice };
  const atDayRates = { ...wholeMonths(choice), asked: part, askedAtRates: part };
  return (
    <>
      {choice.part === 'course' && <CourseView {...props} />}
      {choice.part === 'movements' && <MovementsView {...props} />}
      {choice.part === 'breakdown' && <BreakdownView {...props} />}
      {(choice.part === 'cash' || choice.part === 'payments') && (
        <>
          <FilterNote
            ignores={['policy', 'rates']}
            because="payments, invoices and cash know neither policy nor constant rates"
            className="mb-3"
          />
          {choice.part === 'cash' ? (
            <CashView choice={atDayRates} onChange={onChange} />
          ) : (
            <PaymentsView choice={atDayRates} />
          )}
        </>
      )}
    </>
  );
}
