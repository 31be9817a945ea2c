/** `customers.list`: the founder's customers, searched, filtered and sorted. */
import type { CustomerRow } from '../../../../shared/contract/customers.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import {
  customerRow,
  ROW_COLUMNS,
  STATE_SQL,
  storedCurrency,
  type CustomerState,
  type StoredRow,
} from './customer-row.ts';

export interface CustomersInput {
  readonly search?: string | undefined;
  readonly state?: CustomerState | undefined;
  readonly sort: keyof typeof SORT;
  readonly direction: 'asc' | 'desc';
  readonly offset: number;
  readonly limit: number;
}

const SORT = {
  name: 'c.name COLLATE NOCASE',
  mrr: 's.reporting_minor',
  customerSince: 's.first_paid_on',
  churnedOn: 's.churned_on',
  state: 'state',
  country: 'c.country',
} as const;

const FROM = `FROM customer c LEFT JOIN customer_standing s ON s.customer_id = c.customer_id`;

/** A page of customers; `search` looks in names, e-mail addresses and the vendors' ids. What is empty sorts last. */
export function customers(
  db: ReadDb,
  input: CustomersInput,
  context: MetricsContext,
): { currency: CurrencyCode; total: number; rows: CustomerRow[] } {
  const where = [`c.erased_at IS NULL`];
  const parameters: (string | number)[] = [];
  const search = input.search?.trim() ?? '';
  if (search !== '') {
    const pattern = `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    where.push(
      String.raw`(c.name LIKE ? ESCAPE '\' OR c.email LIKE ? ESCAPE '\' OR EXISTS (
         SELECT 1 FROM billing_customer b WHERE b.customer_id = c.customer_id AND b.id = ?))`,
    );
    parameters.push(pattern, pattern, search);
  }
  if (input.state !== undefined) {
    where.push(`${STATE_SQL} = ?`);
    parameters.push(input.state);
  }
  const condition = where.join(' AND ');
  const order = `${SORT[input.sort]} ${input.direction === 'asc' ? 'ASC' : 'DESC'} NULLS LAST, c.customer_id`;
  const rows = db
    .prepare<(string | number)[], StoredRow>(
      `SELECT ${ROW_COLUMNS} ${FROM} WHERE ${condition} ORDER BY ${order} LIMIT ? OFFSET ?`,
    )
    .all(...parameters, input.limit, input.offset);
  const counted = db
    .prepare<(string | number)[], { n: number }>(`SELECT count(*) AS n ${FROM} WHERE ${condition}`)
    .first(...parameters);
  return { currency: storedCurrency(db, context), total: counted?.n ?? 0, rows: rows.map(customerRow) };
}
