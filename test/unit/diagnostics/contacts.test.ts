import { describe, expect, test } from 'vitest';
import { createContactLog, listContacts } from '../../../src/main/engine/diagnostics/index.ts';
import type { Http } from '../../../src/main/engine/runtime/index.ts';
import { timeZone } from '../../../src/shared/kernel/day.ts';
import { AppError } from '../../../src/shared/kernel/errors.ts';
import { DAY_MS, HOUR_MS } from '../../../src/shared/kernel/instant.ts';
import { fakeClock, recordingLogger } from '../../support/engine-ports.ts';
import { rejectionOf, testStore } from '../../support/store.ts';

const AUCKLAND = timeZone('Pacific/Auckland');

function contactsOver(http: Http) {
  const { db } = testStore();
  const clock = fakeClock('2026-11-21T09:00:00Z');
  const log = createContactLog({ db, clock, logger: recordingLogger(), zone: () => AUCKLAND }, http);
  return { log, clock, told: () => (log.close(), listContacts(db)) };
}

const answering =
  (status: number): Http =>
  async ({ receive }) => {
    receive?.()(new Uint8Array(30));
    return { status, headers: {}, body: new Uint8Array(receive ? 0 : 10) };
  };

describe('whom the program speaks with', () => {
  test('is counted by host and by the company’s day, with what went out and came in', async () => {
    const { log, clock, told } = contactsOver(answering(200));
    const get = { method: 'GET', headers: {} } as const;
    await log.http({ ...get, url: 'https://api.stripe.com/v1/customers' });
    await log.http({ ...get, method: 'POST', url: 'https://api.stripe.com/v1/x', body: 'grüße' });
    await log.http({ ...get, url: 'https://api.stripe.com/v1/events', receive: () => () => undefined });
    // Ten at night in Auckland; two hours later the next day has begun there.
    await clock.advance(2 * HOUR_MS);
    await log.http({ ...get, url: 'https://api.stripe.com/v1/customers' });
    expect(told()).toEqual([
      {
        host: 'api.stripe.com',
        on: '2026-11-22',
        requests: 1,
        failures: 0,
        bytesSent: 0,
        bytesGot: 10,
        lastAt: clock.now(),
      },
      expect.objectContaining({ on: '2026-11-21', requests: 3, bytesSent: 7, bytesGot: 50 }),
    ]);
  });

  test('counts refusals and silence as failures, and hands them on', async () => {
    const silent = contactsOver(() => Promise.reject(new AppError('unavailable', 'Nothing answered')));
    const request = { method: 'GET', headers: {}, url: 'https://api.hubapi.com/crm' } as const;
    expect(await rejectionOf(silent.log.http(request))).toMatchObject({ code: 'unavailable' });
    expect(silent.told()).toMatchObject([{ host: 'api.hubapi.com', requests: 1, failures: 1 }]);
    const refusing = contactsOver(answering(401));
    expect(await refusing.log.http(request)).toMatchObject({ status: 401 });
    expect(refusing.told()).toMatchObject([{ requests: 1, failures: 1 }]);
  });

  test('addresses of this computer are one: nothing leaves it', async () => {
    const { log, told } = contactsOver(answering(200));
    for (const url of ['http://127.0.0.1:4000/v1', 'http://localhost:5000/', 'http://[::1]:80/'])
      await log.http({ method: 'GET', headers: {}, url });
    expect(told()).toMatchObject([{ host: 'this computer', requests: 3 }]);
  });

  test('days of more than 400 days ago go', async () => {
    const { log, clock, told } = contactsOver(answering(200));
    const request = { method: 'GET', headers: {}, url: 'https://api.stripe.com/' } as const;
    await log.http(request);
    log.close();
    await clock.advance(401 * DAY_MS);
    await log.http(request);
    expect(told()).toHaveLength(1);
  });
});
