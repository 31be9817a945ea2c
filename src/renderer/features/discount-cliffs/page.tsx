/** Discount cliffs: the days on which limited discounts end, what that changes, and what became of those that ended. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRef, type ReactNode } from 'react';
import type { CliffReport } from '../../../shared/contract/revenue.ts';
import {
  partOf,
  scopeOf,
  useFilters,
  WholeCompany,
  type DiscountsSearch,
  type Scope,
} from '../../lib/address/index.ts';
import { stateOf, useEngine } from '../../lib/engine/index.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Page } from '../../ui/page.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { EmptyState, StateGate } from '../../ui/states.tsx';
import { CliffCalendar } from './parts/cliff-calendar.tsx';
import { CliffTable } from './parts/cliff-table.tsx';
import { CouponTable } from './parts/coupon-table.tsx';
import { Headline } from './parts/headline.tsx';
import { MethodDialog } from './parts/method-dialog.tsx';

/** What ended in so many months is looked at, unless the filters say otherwise. */
const USUAL_PERIOD = '24';
const EVERY_COUPON = '\u0000';

export function DiscountCliffsPage(): ReactNode {
  const search = useSearch({ from: '/frame/discounts' });
  const navigate = useNavigate();
  const format = useFormat();
  const { api } = useEngine();
  const filters = useFilters();
  const known = useQuery(api.metrics.freshness.queryOptions()).data;
  const { slice } = partOf(filters);
  const months = Number(search.ahead ?? '12');
  const past =
    filters.period === undefined || known === undefined
      ? {}
      : pastOf(scopeOf({ period: filters.period }, known, USUAL_PERIOD));
  const cliffs = useQuery({
    ...api.revenue.cliffs.queryOptions({
      input: {
        months,
        pastMonths: Number(USUAL_PERIOD),
        ...past,
        ...(slice === undefined ? {} : { slice }),
        ...(search.coupon === undefined ? {} : { coupon: search.coupon }),
      },
    }),
    placeholderData: keepPreviousData,
  });
  const given = useQuery({
    ...api.revenue.discounts.queryOptions({ input: slice === undefined ? {} : { slice } }),
    placeholderData: keepPreviousData,
  });
  const change = (part: Partial<DiscountsSearch>, replace = true): void =>
    void navigate({ to: '/discounts', search: (known) => ({ ...known, ...part }), replace, resetScroll: false });
  const rows = useRef<HTMLDivElement>(null);
  const { data } = cliffs;
  return (
    <Page
      title="Discount cliffs"
      subtitle="When limited discounts end, and what customers do then"
      actions={data !== undefined && <Filters data={data} search={search} onChange={change} />}
    >
      <StateGate state={stateOf(cliffs)}>
        {data !== undefined && hasNone(data) && (given.data?.coupons.length ?? 0) === 0 ? (
          <EmptyState
            title="No discounts"
            hint="Limited coupons on subscriptions stand here with the day they end and the price that follows."
          />
        ) : (
          data !== undefined && (
            <>
              {data.withoutRate.length > 0 && (
                <Callout tone="warn" title={`No exchange rate for ${format.list(data.withoutRate)}`}>
                  Cliffs in these currencies are listed without amounts, and are in no sum.
                </Callout>
              )}
              <WholeCompany value={slice === undefined}>
                <Headline
                  report={data}
                  given={given}
                  months={months}
                  onRows={(list) => {
                    change({ list, month: undefined });
                    rows.current?.scrollIntoView({ block: 'start' });
                  }}
                  onHow={() => change({ explained: 'yes' }, false)}
                />
              </WholeCompany>
              <div className="grid grid-cols-1 gap-4 min-[1180px]:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
                <CliffCalendar
                  report={data}
                  month={search.month}
                  onMonth={(month) => change({ month, list: undefined })}
                />
                <CouponTable given={given} coupon={search.coupon} onCoupon={(coupon) => change({ coupon })} />
              </div>
              <div ref={rows} className="scroll-mt-16">
                <CliffTable report={data} search={search} onChange={change} />
              </div>
            </>
          )
        )}
      </StateGate>
      <MethodDialog open={search.explained === 'yes'} onClose={() => change({ explained: undefined })} />
    </Page>
  );
}

function pastOf({ from, to }: Scope) {
  return { pastFrom: from, pastTo: to };
}

function hasNone({ coupons }: CliffReport): boolean {
  return coupons.length === 0;
}

interface FiltersProps {
  data: CliffReport;
  search: DiscountsSearch;
  onChange: (part: Partial<DiscountsSearch>) => void;
}

function Filters({ data, search, onChange }: FiltersProps): ReactNode {
  return (
    <>
      <div className="w-52">
        <Select
          label="Coupon"
          labelHidden
          options={[
            { value: EVERY_COUPON, label: 'All coupons' },
            ...data.coupons.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={search.coupon ?? EVERY_COUPON}
          onChange={(coupon) => onChange({ coupon: coupon === EVERY_COUPON ? undefined : coupon })}
        />
      </div>
      <Segmented
        label="How far ahead"
        className="self-center!"
        choices={[
          { value: '12', label: '12 months' },
          { value: '24', label: '24 months' },
        ]}
        value={search.ahead ?? '12'}
        onChange={(ahead) => onChange({ ahead: ahead === '12' ? undefined : ahead })}
      />
    </>
  );
}
