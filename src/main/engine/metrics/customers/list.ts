/** `customers.list`: the founder's customers, searched, filtered and sorted. */
import type { CustomerState } from '../../../../shared/contract/customer-state.ts';
import type { CustomerRow } from '../../../../shared/contract/customers.ts';
import type { CustomerFilter } from '../../../../shared/contract/segments.ts';
import type { Slice } from '../../../../shared/contract/slice.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { filterPositions } from '../slices/filter-members.ts';
import { segmentMembers } from '../slices/segment-members.ts';
import { findSegment } from '../slices/segment-store.ts';
import { sliceCustomers } from '../slices/slice-customers.ts';
import { storedCurrency } from './customer-row.ts';
import { customerTable, type CustomerSort } from './customer-table.ts';

export interface CustomersInput {
  readonly search?: string | undefined;
  readonly state?: CustomerState | undefined;
  readonly filter?: CustomerFilter | undefined;
  /** A saved segment's id or name. */
  readonly segment?: string | undefined;
  readonly slice?: Slice | undefined;
  readonly sort: CustomerSort;
  readonly direction: 'asc' | 'desc';
  readonly offset: number;
  readonly limit: number;
}

/**
 * A page of customers; `search` looks in names, e-mail addresses and the vendors' ids. What is empty sorts last.
 * @throws AppError `invalid_input` for a segment or a value that there is not, naming those there are.
 */
export function customers(
  db: ReadDb,
  input: CustomersInput,
  context: MetricsContext,
): { currency: CurrencyCode; total: number; rows: CustomerRow[] } {
  const { state, filter, segment, offset, limit } = input;
  const table = customerTable(db);
  const search = input.search?.trim() ?? '';
  const found = search === '' ? null : table.matches(search);
  const filtered = filter && Object.keys(filter).length > 0 ? filterPositions(db, filter, context) : null;
  const members = segment === undefined ? null : segmentMembers(db, findSegment(db, segment), context);
  const inSlice = sliceCustomers(db, input.slice, context);
  const page: number[] = [];
  let total = 0;
  for (const position of table.ordered(input.sort, input.direction)) {
    if ((found && found[position] !== 1) || (filtered && filtered[position] !== 1)) continue;
    const customerId = table.ids[position] ?? 0;
    if ((state !== undefined && table.stateOf(position) !== state) || (members && members[customerId] !== 1)) continue;
    if (inSlice && !inSlice(customerId)) continue;
    if (total >= offset && page.length < limit) page.push(position);
    total += 1;
  }
  return { currency: storedCurrency(db, context), total, rows: table.rowsAt(page) };
}
