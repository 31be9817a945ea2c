/** Where an account or a deal can be looked at in the sales system that it comes from. */
import { z } from 'zod';
import type { ReadDb } from '../store/index.ts';

/** What is known of a connection: its vendor, the vendor's number of the account, and the settings without secrets. */
export interface RecordSource {
  readonly vendor: string;
  readonly accountId: string | null;
  readonly config: Readonly<Record<string, string>>;
}

/** HubSpot's numbers of kinds of object: https://developers.hubspot.com/docs/api-reference/crm-objects-v3/guide */
const HUBSPOT_KINDS = { account: '0-2', deal: '0-3' } as const;
const PIPEDRIVE_KINDS = { account: 'organization', deal: 'deal' } as const;

/**
 * The page in the vendor's own program. Null for a system without one, for a
 * connection that does not tell where it lives, and for one to this machine: the
 * demo company's records are in no program.
 */
export function recordPage(
  { vendor, accountId, config }: RecordSource,
  kind: 'account' | 'deal',
  id: string,
): string | null {
  const record = encodeURIComponent(id);
  if (vendor === 'hubspot')
    return accountId === null || isLocal(config['apiBase'])
      ? null
      : `https://app.hubspot.com/contacts/${encodeURIComponent(accountId)}/record/${HUBSPOT_KINDS[kind]}/${record}`;
  if (vendor === 'pipedrive') {
    const domain = config['companyDomain'] ?? '';
    return domain === '' || isLocal(config['apiBase'])
      ? null
      : `https://${domain}.pipedrive.com/${PIPEDRIVE_KINDS[kind]}/${record}`;
  }
  if (vendor === 'salesforce') {
    const host = salesforceHost(config);
    return host === null ? null : `https://${host}/${record}`;
  }
  return null;
}

function isLocal(address: string | undefined): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(URL.parse(address ?? '')?.hostname ?? '');
}

/** The organisation's own address shows a record by its id; the shared ones that everybody signs in at do not. */
function salesforceHost(config: Readonly<Record<string, string>>): string | null {
  const host = Object.values(config)
    .map((value) => URL.parse(value)?.hostname ?? '')
    .find((name) => name.endsWith('.my.salesforce.com'));
  return host ?? null;
}

export type RecordPages = (sourceId: number, kind: 'account' | 'deal', id: string) => string | null;

const ConfigSchema = z.record(z.string(), z.string());

/** Looks every connection up once. */
export function recordPages(db: ReadDb): RecordPages {
  const sources = new Map(
    db
      .prepare<[], { source_id: number; vendor: string; account_id: string | null; config: string }>(
        'SELECT source_id, vendor, account_id, config FROM source',
      )
      .all()
      .map(({ source_id, vendor, account_id, config }) => [
        source_id,
        { vendor, accountId: account_id, config: ConfigSchema.parse(JSON.parse(config)) },
      ]),
  );
  return (sourceId, kind, id) => {
    const source = sources.get(sourceId);
    return source === undefined ? null : recordPage(source, kind, id);
  };
}
