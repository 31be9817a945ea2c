/** `retention.members`: the customers behind a cell of the matrix; their amounts add up to it. */
import type { Slice } from '../../../../shared/contract/slice.ts';
import type { PolicyInput } from '../../../../shared/contract/policy.ts';
import type { CohortMember, CohortSplit, CohortUnit } from '../../../../shared/contract/retention.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { dayOfNumber, type PlainDay } from '../../../../shared/kernel/day.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { Minor } from '../../../../shared/kernel/money.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { followedView } from '../slices/followed-view.ts';
import { periodsUntil } from './cohorts.ts';
import { groupsBy } from './groups.ts';
import { eachLife } from './lives.ts';
import { periodOf } from './matrix.ts';
import { customerNames } from './names.ts';

export interface MembersInput {
  readonly unit: CohortUnit;
  readonly cohort: string;
  readonly age: number;
  readonly asOf?: PlainDay | undefined;
  readonly policy?: PolicyInput | undefined;
  readonly slice?: Slice | undefined;
  readonly by?: CohortSplit | undefined;
  readonly group?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

export interface CohortMembers {
  readonly currency: CurrencyCode;
  /** The day on which `now` is. */
  readonly on: PlainDay;
  readonly total: number;
  readonly kept: number;
  readonly mrrThen: Minor | null;
  readonly mrrNow: Minor | null;
  readonly rows: CohortMember[];
}

interface Found {
  readonly customerId: number;
  readonly firstPaid: number;
  readonly before: number;
  readonly now: number;
  readonly pays: boolean;
}

/** A page of the cohort's customers, the largest at its start first. @throws AppError `not_found` for a cell that the matrix does not have. */
export function cohortMembers(db: ReadDb, input: MembersInput, context: MetricsContext): CohortMembers {
  const { unit, cohort, age, by, group } = input;
  const { view } = followedView(db, input, context);
  const periods = periodsUntil(view, input.asOf ?? context.today, unit, context);
  const start = periods.findIndex(({ label }) => label === cohort);
  const cell = periods[start + age];
  if (start < 0 || !cell)
    throw new AppError('not_found', `There is no ${unit.replace('_', ' ')} ${age} of the cohort ${cohort} by this day`);
  const groupOf = groupsBy(db, by ?? null);
  const found: Found[] = [];
  eachLife(view, periods, context.currency, ({ customerId, firstPaid, firstCurrency, values, pays }) => {
    if (periodOf({ firstPaid }, periods) !== start) return;
    if (by !== undefined && group !== undefined && groupOf(customerId, firstCurrency) !== group) return;
    const now = start + age;
    found.push({ customerId, firstPaid, before: values[start] ?? 0, now: values[now] ?? 0, pays: pays[now] === 1 });
  });
  // Amounts without a rate stand last.
  const weight = ({ before, now }: Found) =>
    Number.isNaN(before) ? -1 : Math.max(before, Number.isNaN(now) ? 0 : now);
  found.sort((a, b) => weight(b) - weight(a) || a.customerId - b.customerId);
  const nameOf = customerNames(db);
  return {
    currency: context.currency,
    on: cell.end,
    total: found.length,
    kept: found.filter(({ pays }) => pays).length,
    mrrThen: monthly(found.reduce((sum, { before }) => sum + before, 0)),
    mrrNow: monthly(found.reduce((sum, { now }) => sum + now, 0)),
    rows: found.slice(input.offset, input.offset + input.limit).map((each) => ({
      customerId: each.customerId as CustomerId,
      name: nameOf(each.customerId),
      firstPaidOn: dayOfNumber(each.firstPaid),
      mrrThen: monthly(each.before),
      mrrNow: monthly(each.now),
      state: stateOf(each),
    })),
  };
}

function stateOf({ before, now, pays }: Found): CohortMember['state'] {
  if (!pays) return 'left';
  if (Number.isNaN(before) || Number.isNaN(now)) return 'not_valued';
  if (now === before) return 'same';
  return now > before ? 'grown' : 'shrunk';
}

function monthly(annual: number): Minor | null {
  return Number.isNaN(annual) ? null : divideRounded(Math.round(annual), 12);
}
