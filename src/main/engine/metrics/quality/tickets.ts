/** Requests of customers as rows: with the customer they belong to, where that is known. */
import type { Ticket } from '../../../../shared/contract/support.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { ReadDb } from '../../store/handles.ts';

interface TicketRow {
  source_id: number;
  source_name: string;
  id: string;
  customer_id: CustomerId | null;
  who: string | null;
  status: Ticket['status'];
  priority: Ticket['priority'];
  opened_at: Instant;
  first_response_seconds: number | null;
  solved_at: Instant | null;
}

const COLUMNS = `t.source_id, s.name AS source_name, t.id, l.customer_id, t.status, t.priority, t.opened_at, t.first_response_seconds, t.solved_at`;

/** A request with the object that it is. */
export type TicketObject = Ticket & { readonly sourceId: number };

const WITH_CUSTOMER = `SELECT ${COLUMNS}, coalesce(c.name, p.name, p.email) AS who
  FROM support_ticket t JOIN source s ON s.source_id = t.source_id
  LEFT JOIN support_contact p ON p.source_id = t.source_id AND p.id = t.contact_id
  LEFT JOIN identity_link l ON l.source_id = t.source_id AND l.account_id = coalesce(t.company_id, p.account_id)
  LEFT JOIN customer c ON c.customer_id = l.customer_id`;

/** What is open now, oldest first. */
export function openTickets(db: ReadDb, most: number): TicketObject[] {
  return db
    .prepare<[number], TicketRow>(
      `${WITH_CUSTOMER} WHERE t.status <> 'solved' AND t.deleted_at IS NULL
       ORDER BY t.opened_at, t.source_id, t.id LIMIT ?`,
    )
    .all(most)
    .map((row) => ({ ...ticketOf(row), sourceId: row.source_id }));
}

/** Requests opened between two moments that a person has answered. */
export function answeredTickets(db: ReadDb, begins: Instant, ends: Instant): TicketObject[] {
  return db
    .prepare<[Instant, Instant], TicketRow>(
      `${WITH_CUSTOMER} WHERE t.deleted_at IS NULL AND t.opened_at BETWEEN ? AND ?
         AND t.first_response_seconds IS NOT NULL ORDER BY t.opened_at, t.source_id, t.id`,
    )
    .all(begins, ends)
    .map((row) => ({ ...ticketOf(row), sourceId: row.source_id }));
}

/**
 * A customer's requests: those that the desk puts to its company, and those of
 * its people that are put to none.
 */
const OF_CUSTOMER = `FROM identity_link l JOIN source s ON s.source_id = l.source_id
    JOIN support_ticket t ON t.source_id = l.source_id AND t.company_id = l.account_id AND t.deleted_at IS NULL
    LEFT JOIN support_contact p ON p.source_id = t.source_id AND p.id = t.contact_id
    WHERE l.customer_id = ?
  UNION ALL SELECT ${COLUMNS}, coalesce(p.name, p.email) AS who
    FROM identity_link l JOIN source s ON s.source_id = l.source_id
    JOIN support_contact p ON p.source_id = l.source_id AND p.account_id = l.account_id
    JOIN support_ticket t ON t.source_id = p.source_id AND t.contact_id = p.id AND t.company_id IS NULL AND t.deleted_at IS NULL
    WHERE l.customer_id = ?`;

/** Open ones first, then the latest. */
export function ticketsOfCustomer(db: ReadDb, customerId: CustomerId): Ticket[] {
  return db
    .prepare<[CustomerId, CustomerId], TicketRow>(
      `SELECT * FROM (SELECT ${COLUMNS}, coalesce(p.name, p.email) AS who ${OF_CUSTOMER})
       ORDER BY status = 'solved', opened_at DESC, source_name, id`,
    )
    .all(customerId, customerId)
    .map(ticketOf);
}

function ticketOf(row: TicketRow): Ticket {
  return {
    sourceName: row.source_name,
    ticketId: row.id,
    customerId: row.customer_id,
    from: row.who,
    status: row.status,
    priority: row.priority,
    openedAt: row.opened_at,
    firstResponseSeconds: row.first_response_seconds,
    solvedAt: row.solved_at,
  };
}
