/** What stands behind MRR and has a room of its own: discounts that end, and what other rules would count. */
import { Link } from '@tanstack/react-router';
import { ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { addToMonth, monthOf } from '../../../../shared/kernel/day.ts';
import { money } from '../../../../shared/kernel/money.ts';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { NO_VALUE } from '../../../../shared/formats/number.ts';
import { IconButton } from '../../../ui/button.tsx';
import { FilterNote } from '../../../ui/filter-note.tsx';
import { StateGate } from '../../../ui/states.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { CircleHelp, ListTree } from 'lucide-react';
import { useCliffs, useDiscounts, usePolicyBridge } from '../use-revenue.ts';

const SOON_MONTHS = 3;

export function DiscountNote(): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const cliffs = useCliffs();
  const given = useDiscounts();
  const { data } = cliffs;
  const soon = data?.calendar.filter(({ month }) => month <= addToMonth(monthOf(data.asOf), SOON_MONTHS)) ?? [];
  const amount = (of: (month: (typeof soon)[number]) => number) => soon.reduce((sum, month) => sum + of(month), 0);
  return (
    <Tile
      title="Discounts"
      actions={
        <>
          <IconButton
            icon={ListTree}
            label="Why: the rows behind Discount given"
            onClick={() => evidence.open({ why: 'discountGiven' })}
          />
          <IconButton
            icon={CircleHelp}
            label="How Discount given is computed"
            onClick={() => evidence.open({ how: 'discountGiven' })}
          />
        </>
      }
    >
      <StateGate state={stateOf(cliffs)}>
        <FilterNote
          ignores={['policy', 'rates', 'asOf', 'period']}
          because="discounts are looked at as they stand today"
          className="mb-2"
        />
        {data !== undefined && (
          <div className="flex flex-col gap-3">
            <dl className="grid grid-cols-3 gap-3 max-[760px]:grid-cols-2">
              <Fact
                name="Given away"
                value={
                  given.data === undefined
                    ? NO_VALUE
                    : format.money(money(given.data.given, given.data.currency), { form: 'whole' })
                }
                note={given.data === undefined ? '' : `${format.percent(given.data.share.value)} of list prices`}
              />
              <Fact
                name="Ending in three months"
                value={format.count(amount((month) => month.cliffs))}
                note={`${format.money(
                  money(
                    amount((month) => month.atRisk),
                    data.currency,
                  ),
                  { form: 'whole' },
                )} at risk`}
              />
              <Fact
                name="Kept so far"
                value={format.percent(data.past.keptRate.value)}
                note={`of ${format.count(data.past.decided)} that ended`}
              />
            </dl>
            <RoomLink to="/discounts">Discount cliffs</RoomLink>
          </div>
        )}
      </StateGate>
    </Tile>
  );
}

export function PolicyNote(): ReactNode {
  const format = useFormat();
  const bridge = usePolicyBridge();
  const { data } = bridge;
  return (
    <Tile title="By Stripe’s rules">
      <StateGate state={stateOf(bridge)}>
        <FilterNote
          ignores={['slice', 'policy', 'rates', 'asOf', 'period']}
          because="policies are compared for the whole company"
          className="mb-2"
        />
        {data !== undefined && (
          <div className="flex flex-col gap-3">
            <dl className="grid grid-cols-3 gap-3 max-[760px]:grid-cols-2">
              <Fact
                name="Here"
                value={format.money(money(data.from.mrr, data.currency), { form: 'whole' })}
                note={`policy ${data.from.policy}`}
              />
              <Fact
                name="Stripe"
                value={format.money(money(data.to.mrr, data.currency), { form: 'whole' })}
                note="its rules on the same facts"
              />
              <Fact
                name="Difference"
                value={format.money(money(data.to.mrr - data.from.mrr, data.currency), { form: 'whole', signed: true })}
                note={
                  data.rules.length === 0
                    ? 'no rule makes one'
                    : `${format.count(data.rules.length, { one: 'rule', other: 'rules' })}: ${data.rules.map(({ rule }) => rule).join(', ')}`
                }
              />
            </dl>
            <RoomLink to="/reconciliation">Reconciliation</RoomLink>
          </div>
        )}
      </StateGate>
    </Tile>
  );
}

function Fact({ name, value, note }: { name: string; value: string; note: string }): ReactNode {
  return (
    <div className="min-w-0">
      <dt className="truncate text-xs text-muted">{name}</dt>
      <dd className="truncate text-lg font-semibold tracking-tight text-ink">{value}</dd>
      <dd className="truncate text-xs text-subtle" title={note}>
        {note}
      </dd>
    </div>
  );
}

function RoomLink({ to, children }: { to: '/discounts' | '/reconciliation'; children: ReactNode }): ReactNode {
  return (
    <Link to={to} className="inline-flex items-center gap-1 self-start text-accent underline-offset-2 hover:underline">
      {children}
      <ArrowRight size={13} aria-hidden />
    </Link>
  );
}
