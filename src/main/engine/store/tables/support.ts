/** Writes what a help desk knows and what surveys have brought: companies, contacts, tickets and answers. */
import type { NpsResponse, SupportCompany, SupportContact, SupportTicket } from '../../domain/index.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { SqlValue, WriteDb, WriteStatement } from '../handles.ts';
import { upsert } from './upsert.ts';

export interface SupportWriter {
  company(company: SupportCompany): void;
  contact(contact: SupportContact): void;
  ticket(ticket: SupportTicket): void;
  response(response: NpsResponse): void;
  /** For what the vendor no longer knows: a ticket keeps its row, an answer goes. */
  markDeleted(objectType: string, id: string, at: Instant): void;
}

const KEY = ['source_id', 'id'] as const;

export function supportWriter(db: WriteDb, sourceId: number): SupportWriter {
  const company = laterCounts(db, 'support_company', ['name', 'domain', 'external_id'], '');
  // Somebody who moved to another company or address belongs to another account: that is worked out anew.
  const contact = laterCounts(
    db,
    'support_contact',
    ['company_id', 'name', 'email', 'external_id'],
    `, account_id = CASE WHEN excluded.company_id IS company_id AND excluded.email IS email THEN account_id END`,
  );
  const ticket = upsert(db, 'support_ticket', KEY, [
    ...KEY,
    'contact_id',
    'company_id',
    'status',
    'priority',
    'channel',
    'opened_at',
    'first_response_seconds',
    'solved_at',
    'reopens',
    'deleted_at',
  ]);
  const response = upsert(db, 'nps_response', KEY, [
    ...KEY,
    'contact_id',
    'score',
    'responded_on',
    'comment',
    'survey',
  ]);
  return {
    company: ({ id, name, domain, externalId, seenAt }) =>
      void company.run(sourceId, id, name, domain, externalId, seenAt),
    contact: ({ id, companyId, name, email, externalId, seenAt }) =>
      void contact.run(sourceId, id, companyId, name, email, externalId, seenAt),
    ticket: (value) =>
      void ticket.run(
        sourceId,
        value.id,
        value.contactId,
        value.companyId,
        value.status,
        value.priority,
        value.channel,
        value.openedAt,
        value.firstResponseSeconds,
        value.solvedAt,
        value.reopens,
        value.deletedAt,
      ),
    response: ({ id, contactId, score, respondedOn, comment, survey }) =>
      void response.run(sourceId, id, contactId, score, respondedOn, comment, survey),
    markDeleted(objectType, id, at) {
      if (objectType === 'support_ticket' || objectType === 'support_request')
        db.prepareWrite<[number, number, string]>(
          'UPDATE support_ticket SET deleted_at = ? WHERE source_id = ? AND id = ? AND deleted_at IS NULL',
        ).run(at, sourceId, id);
      if (objectType === 'nps_response')
        db.prepareWrite<[number, string]>('DELETE FROM nps_response WHERE source_id = ? AND id = ?').run(sourceId, id);
    },
  };
}

/** People and companies come along with every ticket, in any order: what was true later stays. */
function laterCounts(
  db: WriteDb,
  table: 'support_company' | 'support_contact',
  columns: readonly string[],
  besides: string,
): WriteStatement<readonly SqlValue[]> {
  const all = [...KEY, ...columns, 'seen_at'];
  return db.prepareWrite(
    `INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})
     ON CONFLICT (source_id, id) DO UPDATE SET
       ${[...columns, 'seen_at'].map((column) => `${column} = excluded.${column}`).join(', ')}${besides}
     WHERE excluded.seen_at >= seen_at`,
  );
}
