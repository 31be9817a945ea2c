/** Revenue: MRR and what is around it, from the course of years down to a customer’s movement. The address says what is shown. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { WholeCompany } from '../../lib/address/index.ts';
import { stateOf, useEngine } from '../../lib/engine/index.ts';
import { Page } from '../../ui/page.tsx';
import { EmptyState, StateGate } from '../../ui/states.tsx';
import { Tabs, type Tab } from '../../ui/tabs.tsx';
import { choiceOf, wholeMonths, type Choice } from './choice.ts';
import { BreakdownView } from './parts/breakdown-view.tsx';
import { CashView } from './parts/cash-view.tsx';
import type { ControlsProps, RevenueChange } from './parts/controls-props.ts';
import { RatesControl } from './parts/controls.tsx';
import { CourseView } from './parts/course-view.tsx';
import { MonthControl } from './parts/month-control.tsx';
import { MovementsView } from './parts/movements-view.tsx';
import { PaymentsView } from './parts/payments-view.tsx';
import { RangeControl } from './parts/range-control.tsx';
import { SliceControl } from './parts/slice-control.tsx';

const TABS: readonly Tab<Choice['part']>[] = [
  { value: 'course', label: 'Course' },
  { value: 'movements', label: 'Movements' },
  { value: 'breakdown', label: 'Breakdown' },
  { value: 'cash', label: 'Revenue and cash' },
  { value: 'payments', label: 'Payments and churn' },
];

export function RevenuePage(): ReactNode {
  const search = useSearch({ from: '/frame/revenue' });
  const { slice } = useSearch({ from: '/frame' });
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
              <View
                choice={choiceOf({ ...search, slice }, data.today, data.firstDay)}
                onChange={change}
                firstDay={data.firstDay}
              />
            </Tabs>
          ))}
      </StateGate>
    </Page>
  );
}

function View(props: ControlsProps & { firstDay: Parameters<typeof MonthControl>[0]['firstDay'] }): ReactNode {
  const { choice } = props;
  const ofCompany = choice.part === 'cash' || choice.part === 'payments';
  return (
    <div className="flex flex-col gap-4">
      <SliceControl {...props} ignored={ofCompany} />
      {choice.part === 'course' ? (
        <CourseView {...props} />
      ) : (
        <>
          <div role="group" aria-label="What is shown" className="flex flex-wrap items-center gap-2">
            <MonthControl {...props} />
            {ofCompany ? <RangeControl {...props} /> : <RatesControl {...props} />}
          </div>
          {choice.part === 'movements' && <MovementsView {...props} />}
          {choice.part === 'breakdown' && <BreakdownView {...props} />}
          <WholeCompany value={ofCompany}>
            {choice.part === 'cash' && <CashView choice={{ ...wholeMonths(choice), slice: undefined }} />}
            {choice.part === 'payments' && <PaymentsView choice={{ ...wholeMonths(choice), slice: undefined }} />}
          </WholeCompany>
        </>
      )}
    </div>
  );
}
