/** A thousand malformed objects, made from what the contract says of each field: every one is caught, and nothing else is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HttpRequest, HttpResponse } from '../../../src/main/engine/runtime/ports.ts';
import { systemHttp } from '../../../src/main/engine/runtime/index.ts';
import { listQuarantine } from '../../../src/main/engine/sync/index.ts';
import { logicalDump, rowsIn, testCompany } from '../../support/synced-company.ts';

type Raw = Record<string, unknown>;

/**
 * Fields that numbers are made of, by kind of object: what each kind must have, and what it may leave out
 * because something else it says stands in.
 */
const FIELDS: Readonly<
  Record<
    string,
    {
      required: readonly string[];
      optional?: readonly string[];
      amounts: readonly string[];
      times: readonly string[];
      words: readonly string[];
    }
  >
> = {
  customer: { required: [], optional: ['created'], amounts: [], times: ['created'], words: ['object'] },
  invoice: {
    required: ['customer', 'currency', 'total', 'created', 'lines', 'status'],
    optional: [
      'subtotal',
      'amount_due',
      'amount_paid',
      'period_start',
      'period_end',
      'status_transitions',
      'collection_method',
    ],
    amounts: ['amount_paid', 'attempt_count'],
    times: ['created', 'period_start', 'period_end', 'due_date'],
    words: ['status', 'collection_method', 'object', 'currency'],
  },
  subscription: {
    required: ['customer', 'items', 'status', 'created'],
    optional: ['collection_method', 'cancel_at_period_end'],
    amounts: [],
    times: ['created', 'start_date', 'cancel_at', 'trial_end', 'canceled_at'],
    words: ['status', 'collection_method', 'object', 'currency'],
  },
  charge: {
    required: ['amount', 'created', 'currency', 'status'],
    optional: ['amount_refunded'],
    amounts: ['amount', 'amount_refunded'],
    times: ['created'],
    words: ['status', 'object', 'currency'],
  },
  price: {
    required: ['currency'],
    optional: ['active', 'billing_scheme'],
    amounts: ['unit_amount'],
    times: [],
    words: ['billing_scheme', 'object', 'currency', 'tax_behavior'],
  },
  refund: {
    required: ['amount', 'created', 'currency'],
    amounts: ['amount'],
    times: ['created'],
    words: ['object', 'currency'],
  },
  dispute: {
    required: ['amount', 'created', 'currency', 'status'],
    amounts: ['amount'],
    times: ['created'],
    words: ['object', 'currency'],
  },
  credit_note: {
    required: ['total', 'created', 'currency', 'status', 'type', 'invoice', 'customer'],
    amounts: ['total', 'subtotal'],
    times: ['created'],
    words: ['object', 'currency', 'status', 'type'],
  },
  balance_transaction: {
    required: ['amount', 'net', 'fee', 'created', 'currency', 'available_on', 'type'],
    amounts: [],
    times: ['created', 'available_on'],
    words: ['object', 'currency'],
  },
};

const YEAR_9999 = 253_402_300_799;

/** One way to spoil an object, and the field that must be named for it. */
interface Spoil {
  readonly how: string;
  readonly field: string;
  readonly value: unknown;
}

function spoils(type: string): Spoil[] {
  const fields = FIELDS[type];
  if (!fields) return [];
  const of = (how: string, names: readonly string[], value: unknown): Spoil[] =>
    names.map((field) => ({ how, field, value }));
  return [
    ...of('missing', fields.required, undefined),
    ...of('wrong type', [...fields.required, ...(fields.optional ?? [])], ['not', 'this']),
    ...of('negative', [...fields.amounts, ...fields.times], -5),
    ...of('fraction', [...fields.amounts, ...fields.times], 12.5),
    ...of('huge', fields.amounts, 1e30),
    ...of('year 9999', fields.times, YEAR_9999),
    ...of('unknown word', fields.words, 'newly_invented'),
    ...of('strange Unicode', ['id'], `${type}_\ud800half`),
    ...of('zero character', ['id'], `${type}_\0nothing`),
    ...of('huge text', ['id'], 'x'.repeat(100_000)),
  ];
}

describe('a thousand malformed objects', () => {
  it('are all caught with their reason, and the rest is right', async () => {
    const originals: Raw[] = [];
    const expected = new Map<string, Spoil>();
    let serial = 0;

    /** Puts spoilt copies of a page's objects between them, each under an id of its own. */
    const spoilPage = (page: { data: Raw[]; has_more: boolean }): void => {
      const first = page.data[0];
      const type = String(first?.['object']);
      const ways = spoils(type);
      if (!first || ways.length === 0 || expected.size >= 1_000 || page.has_more) return;
      originals.push(first);
      const share = Math.ceil(1_000 / Object.keys(FIELDS).length);
      const chosen = fc.sample(fc.constantFrom(...ways), { numRuns: share, seed: serial + 1 });
      const copies = chosen.map((spoil) => {
        serial += 1;
        const id = `${type}_bad${serial}`;
        const copy: Raw = { ...structuredClone(first), id };
        if (spoil.field === 'id') copy['id'] = `${String(spoil.value)}${serial}`;
        else copy[spoil.field] = spoil.value;
        expected.set(spoil.field === 'id' ? `serial ${serial}` : id, spoil);
        return copy;
      });
      // The last object of a page is where the next one begins: it stays as it is.
      page.data = [...copies, ...page.data];
    };

    const http = async (request: HttpRequest): Promise<HttpResponse> => {
      const response = await systemHttp(request);
      const { pathname, searchParams } = new URL(request.url);
      // Parts of a payout are asked for their ids only.
      const isList =
        searchParams.get('limit') === '100' && pathname.split('/').length === 3 && !searchParams.has('payout');
      if (!isList || pathname === '/v1/events') return response;
      const page = JSON.parse(new TextDecoder().decode(response.body)) as { data: Raw[]; has_more: boolean };
      spoilPage(page);
      return { ...response, body: new TextEncoder().encode(JSON.stringify(page)) };
    };

    const company = await testCompany({ http });
    const { streams } = await company.sync();
    expect(expected.size).toBeGreaterThanOrEqual(1_000);

    const held = new Map<string, { reason: string; path: string }>();
    for (let cursor: number | null | undefined; cursor !== null;) {
      const page = listQuarantine(company.db, { limit: 200, ...(cursor === undefined ? {} : { cursor }) });
      for (const row of page.rows) held.set(row.objectId, row);
      cursor = page.cursor;
    }
    expect(held.size).toBe(expected.size);
    for (const [id, spoil] of expected) {
      if (spoil.field === 'id') continue;
      const row = held.get(id);
      expect(row?.path.split('.')[0], `${id}: ${spoil.how} ${spoil.field}`).toBe(spoil.field);
      expect(row?.reason).toContain(`“${spoil.field}`);
    }
    expect(streams.reduce((sum, { quarantined }) => sum + quarantined, 0)).toBe(expected.size);

    const whole = await testCompany();
    await whole.sync();
    const { quarantine: _held, ...facts } = logicalDump(company.db);
    const { quarantine: none, ...untouched } = logicalDump(whole.db);
    expect(none).toEqual([]);
    expect(facts).toEqual(untouched);
    expect(rowsIn(company.db, 'invoice')).toBe(whole.servers.control.count('invoices'));
  });
});
