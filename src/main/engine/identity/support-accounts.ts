/**
 * Gathers what stands for a company in help desks and surveys: its own record
 * where the desk keeps companies, else people who share a company's mail
 * domain, else a single address.
 */
import type { ReadDb, WriteDb } from '../store/index.ts';
import { companyDomain } from './mail-domain.ts';

interface ContactRow {
  source_id: number;
  id: string;
  company_id: string | null;
  email: string | null;
}

interface AccountRow {
  source_id: number;
  id: string;
  name: string | null;
  domain: string | null;
  external_id: string | null;
}

/**
 * The account of a person. Groups cannot be taken for a vendor's ids: they begin with `@` or hold one.
 * @example accountOf({ companyId: null, email: 'ada@mail.kestrel.example', id: '7' }) // '@kestrel.example'
 */
function accountOf(contact: {
  readonly companyId: string | null;
  readonly email: string | null;
  readonly id: string;
}): string {
  if (contact.companyId !== null) return contact.companyId;
  const domain = companyDomain(contact.email);
  return domain === null ? (contact.email ?? `person ${contact.id}`) : `@${domain}`;
}

/** Puts people who are new or have moved to their account, and brings the accounts up to date. Writes nothing where all is as it was. */
export function gatherSupportAccounts(db: WriteDb): void {
  const strangers = db
    .prepare<[], ContactRow>('SELECT source_id, id, company_id, email FROM support_contact WHERE account_id IS NULL')
    .all();
  const put = db.prepareWrite<[string, number, string]>(
    'UPDATE support_contact SET account_id = ? WHERE source_id = ? AND id = ?',
  );
  const write = db.prepareWrite<[number, string, string | null, string | null, string | null]>(
    `INSERT INTO support_account (source_id, id, name, domain, external_id) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (source_id, id) DO UPDATE SET name = excluded.name, domain = excluded.domain, external_id = excluded.external_id
     WHERE name IS NOT excluded.name OR domain IS NOT excluded.domain OR external_id IS NOT excluded.external_id`,
  );
  const drop = db.prepareWrite<[number, string]>('DELETE FROM support_account WHERE source_id = ? AND id = ?');
  db.transaction(() => {
    for (const { source_id, id, company_id, email } of strangers)
      put.run(accountOf({ companyId: company_id, email, id }), source_id, id);
    const accounts = accountsHeld(db);
    for (const { source_id, id, name, domain, external_id } of accounts)
      write.run(source_id, id, name, domain, external_id);
    const held = new Set(accounts.map(({ source_id, id }) => `${source_id} ${id}`));
    for (const { source_id, id } of db
      .prepare<[], { source_id: number; id: string }>('SELECT source_id, id FROM support_account')
      .all())
      if (!held.has(`${source_id} ${id}`)) drop.run(source_id, id);
  });
}

/** Companies by their own record; groups by what their people have in common. An id of the founder's counts where all agree on it. */
function accountsHeld(db: ReadDb): AccountRow[] {
  const companies = db
    .prepare<[], AccountRow>('SELECT source_id, id, name, domain, external_id FROM support_company')
    .all();
  const known = new Set(companies.map(({ source_id, id }) => `${source_id} ${id}`));
  const groups = db
    .prepare<[], AccountRow>(
      `SELECT source_id, account_id AS id, min(name) AS name, NULL AS domain,
              CASE count(DISTINCT external_id) WHEN 1 THEN min(external_id) END AS external_id
       FROM support_contact WHERE account_id IS NOT NULL GROUP BY source_id, account_id`,
    )
    .all()
    .filter(({ source_id, id }) => !known.has(`${source_id} ${id}`))
    .map((group) => (group.id.startsWith('@') ? { ...group, name: null, domain: group.id.slice(1) } : group));
  return [...companies, ...groups];
}
