/** `identity.alike`: customers of billing that have something in common and may be one company. Nothing is merged by it. */
import type { Alike } from '../../../shared/contract/identity.ts';
import type { CustomerId } from '../../../shared/kernel/ids.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { ReadDb } from '../store/index.ts';
import { comparableName } from './company-name.ts';
import { companyDomain } from './mail-domain.ts';

const MOST_GROUPS = 200;
/** A domain that more have in common belongs to a reseller or an agency, which says nothing. */
const MOST_MEMBERS = 50;

type Rule = Alike['rule'];
const RULES: readonly Rule[] = ['email', 'domain', 'name'];

interface Row {
  customer_id: number;
  name: string;
  email: string | null;
  records: number;
  created_at: number;
}

/** Groups by address, then by domain, then by name; a group that another with stronger evidence holds already is left out. */
export function alikeCustomers(
  db: ReadDb,
  { search }: { readonly search?: string | undefined },
): { groups: Alike[]; total: number } {
  const rows = db
    .prepare<[], Row>(
      `SELECT c.customer_id, c.name, c.email, c.created_at, count(*) AS records FROM customer c
       JOIN billing_customer b ON b.customer_id = c.customer_id
       WHERE c.erased_at IS NULL GROUP BY c.customer_id ORDER BY c.created_at, c.customer_id`,
    )
    .all();
  const wanted = (search ?? '').trim().toLowerCase();
  const seen = new Set<string>();
  const groups = RULES.flatMap((rule) =>
    [...groupsBy(rows, rule)]
      .filter(([value, members]) => {
        const key = members.map(({ customer_id }) => customer_id).join(' ');
        if (members.length < 2 || members.length > MOST_MEMBERS || seen.has(key)) return false;
        seen.add(key);
        return [value, ...members.map(({ name }) => name.toLowerCase())].some((text) => text.includes(wanted));
      })
      .map(([value, members]): Alike => ({ rule, value, customers: members.map(memberOf) })),
  );
  return { groups: groups.slice(0, MOST_GROUPS), total: groups.length };
}

function groupsBy(rows: readonly Row[], rule: Rule): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const value = valueOf(row, rule);
    if (value === null || value === '') continue;
    const known = groups.get(value);
    if (known) known.push(row);
    else groups.set(value, [row]);
  }
  return groups;
}

function valueOf({ name, email }: Row, rule: Rule): string | null {
  if (rule === 'email') return email?.trim().toLowerCase() ?? null;
  if (rule === 'domain') return companyDomain(email);
  return comparableName(name);
}

function memberOf({ customer_id, name, email, records, created_at }: Row): Alike['customers'][number] {
  return { customerId: customer_id as CustomerId, name, email, records, createdAt: created_at as Instant };
}
