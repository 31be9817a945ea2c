import { describe, expect, it } from 'vitest';
import type { HttpRequest, HttpResponse } from '../../../src/main/engine/runtime/ports.ts';
import { systemHttp } from '../../../src/main/engine/runtime/index.ts';
import { listQuarantine, retryQuarantined } from '../../../src/main/engine/sync/index.ts';
import { AppError } from '../../../src/shared/kernel/errors.ts';
import { rowsIn, testCompany, type TestCompany } from '../../support/synced-company.ts';

type Raw = Record<string, unknown>;
const never = new AbortController().signal;

/** The demo company whose vendor sends three invoices wrongly until it is put right. */
async function companyWithFaults() {
  const vendor = { wrong: true, reachable: true };
  const spoilt = new Set<string>();
  const spoil = (object: Raw): void => {
    const id = String(object['id']);
    if (object['object'] !== 'invoice' || (spoilt.size >= 3 && !spoilt.has(id))) return;
    spoilt.add(id);
    if ([...spoilt].indexOf(id) < 2) object['currency'] = 'not a currency';
    else object['total'] = 'much';
  };
  const http = async (request: HttpRequest): Promise<HttpResponse> => {
    if (!vendor.reachable) throw new AppError('unavailable', 'The network is down');
    const response = await systemHttp(request);
    if (!vendor.wrong || !new URL(request.url).pathname.startsWith('/v1/invoices')) return response;
    const body = JSON.parse(new TextDecoder().decode(response.body)) as Raw;
    for (const object of Array.isArray(body['data']) ? (body['data'] as Raw[]) : [body]) spoil(object);
    return { ...response, body: new TextEncoder().encode(JSON.stringify(body)) };
  };
  const company = await testCompany({ http });
  await company.sync();
  const held = (of: TestCompany = company) => listQuarantine(of.db, { limit: 200 }).rows;
  expect(held()).toHaveLength(3);
  return { ...company, vendor, held };
}

describe('a record that was set aside', () => {
  it('is asked for again by its id, and leaves when the vendor has put it right', async () => {
    const { db, deps, held, servers, sourceId, vendor } = await companyWithFaults();
    vendor.wrong = false;
    const [one] = held();
    const result = await retryQuarantined(deps, { sourceId, quarantineId: one?.quarantineId }, never);
    expect(result).toEqual({ tried: 1, released: 1, offline: null });
    expect(held().map(({ objectId }) => objectId)).not.toContain(one?.objectId);
    expect(held()).toHaveLength(2);
    expect(rowsIn(db, 'invoice')).toBe(servers.control.count('invoices') - 2);
  });

  it('stays, with its reason, while it does not fit', async () => {
    const { deps, held, sourceId } = await companyWithFaults();
    const before = held();
    const result = await retryQuarantined(deps, { sourceId, quarantineId: before[0]?.quarantineId }, never);
    expect(result).toEqual({ tried: 1, released: 0, offline: null });
    expect(held().map(({ objectId, reason }) => [objectId, reason])).toEqual(
      before.map(({ objectId, reason }) => [objectId, reason]),
    );
  });

  it('is tried with all others of the same reason, and with no other', async () => {
    const { deps, held, sourceId, vendor } = await companyWithFaults();
    vendor.wrong = false;
    const reasons = Map.groupBy(held(), ({ reason }) => reason);
    const [reason = ''] = [...reasons].find(([, rows]) => rows.length === 2) ?? [];
    expect(reason).not.toBe('');
    expect(await retryQuarantined(deps, { sourceId, reason }, never)).toMatchObject({ tried: 2, released: 2 });
    expect(held()).toHaveLength(1);
  });

  it('is read from the kept copy where the vendor cannot be asked, and that is said', async () => {
    const { deps, held, sourceId, vendor } = await companyWithFaults();
    vendor.reachable = false;
    const result = await retryQuarantined(deps, { sourceId }, never);
    expect(result).toMatchObject({ tried: 3, released: 0, offline: 'The network is down' });
    expect(held()).toHaveLength(3);
  });
});

describe('ten thousand records set aside', () => {
  it('are paged through without a gap, two hundred at a time', async () => {
    const { db, sourceId } = await testCompany();
    db.transaction(() => {
      const put = db.prepareWrite<[number, string, Uint8Array]>(
        `INSERT INTO quarantine (source_id, stream, object_id, reason, path, record, first_seen_at, last_seen_at)
         VALUES (?, 'invoices', ?, 'The total is no number', 'total', ?, 0, 0)`,
      );
      // The empty object, deflated.
      for (let n = 0; n < 10_000; n++) put.run(sourceId, `in_${n}`, Uint8Array.of(171, 174, 5, 0));
    });
    const seen = new Set<string>();
    for (let cursor: number | null | undefined; cursor !== null;) {
      const page = listQuarantine(db, { limit: 200, ...(cursor === undefined ? {} : { cursor }) });
      expect(page.rows.length).toBeLessThanOrEqual(200);
      expect(page.total).toBe(10_000);
      for (const { objectId } of page.rows) seen.add(objectId);
      cursor = page.cursor;
    }
    expect(seen.size).toBe(10_000);
  });
});
