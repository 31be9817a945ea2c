/** `metrics.policyBridgeCustomers`: the customers behind one line of the bridge, page after page. */
import type { PolicyBridge } from '../../../../shared/contract/policy-bridge.ts';
import type { SwitchName } from '../../../../shared/contract/policy.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { ZERO } from '../../../../shared/kernel/money.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { ledgerKey } from '../query/ledger-view.ts';
import { policyBridge, type PolicyBridgeInput } from './bridge.ts';

export interface BridgeCustomersInput extends PolicyBridgeInput {
  readonly rule: SwitchName;
  readonly limit: number;
  readonly cursor?: string | null | undefined;
}

type Line = PolicyBridge['rules'][number];

export interface BridgeCustomersPage extends Pick<PolicyBridge, 'currency'>, Pick<Line, 'arr' | 'mrr'> {
  readonly total: number;
  readonly rows: Line['customers'];
  readonly cursor: string | null;
}

/** The bridge asked for last, so that its pages are computed once. */
const last = new WeakMap<ReadDb, { key: string; bridge: PolicyBridge }>();

/** @throws AppError `invalid_input` for a policy of no known name and for a cursor that no page gave. */
export function policyBridgeCustomers(
  db: ReadDb,
  { rule, limit, cursor, ...asked }: BridgeCustomersInput,
  context: MetricsContext,
): BridgeCustomersPage {
  const key = JSON.stringify([ledgerKey(db), asked, context.today, context.currency, context.policy]);
  let known = last.get(db);
  if (known?.key !== key)
    last.set(db, (known = { key, bridge: policyBridge(db, { ...asked, customers: undefined }, context) }));
  const { currency, rules } = known.bridge;
  const line = rules.find((one) => one.rule === rule);
  if (!line) return { currency, arr: ZERO, mrr: ZERO, total: 0, rows: [], cursor: null };
  const start = startOf(cursor ?? null);
  const end = start + limit;
  return {
    currency,
    arr: line.arr,
    mrr: line.mrr,
    total: line.customers.length,
    rows: line.customers.slice(start, end),
    cursor: end < line.customers.length ? String(end) : null,
  };
}

function startOf(cursor: string | null): number {
  if (cursor === null) return 0;
  if (!/^\d{1,9}$/.test(cursor))
    throw new AppError('invalid_input', 'The cursor is not one that a page of customers gave');
  return Number(cursor);
}
