/** What looking at a key tells of the account's currency, with a Stripe that shows little. */
import { describe, expect, it } from 'vitest';
import { checkKey } from '../../../src/main/engine/sources/stripe/check.ts';
import { AppError } from '../../../src/shared/kernel/errors.ts';

const forbidden = () => new AppError('source_failed', 'Forbidden', { details: { gap: 'permission' } });

async function currencyOf(account: unknown, prices: readonly unknown[]): Promise<string | null | undefined> {
  const report = await checkKey(
    {
      get: () => (account === null ? Promise.reject(forbidden()) : Promise.resolve(account)),
      list: (path) => Promise.resolve({ data: path === '/v1/prices' ? [...prices] : [], hasMore: false }),
    },
    'rk_live_1',
  );
  return report.currency;
}

describe('the currency of an account', () => {
  const price = { id: 'price_1', object: 'price', currency: 'chf' };

  it('is the one that the account names', async () => {
    expect(await currencyOf({ id: 'acct_1', default_currency: 'eur' }, [price])).toBe('EUR');
  });

  it('is that of the first object, where the key may not see the account', async () => {
    expect(await currencyOf(null, [price])).toBe('CHF');
  });

  it('is not known where nothing names one that there is', async () => {
    expect(await currencyOf(null, [])).toBeNull();
    expect(await currencyOf({ id: 'acct_1', default_currency: 'seashells' }, [])).toBeNull();
  });
});
