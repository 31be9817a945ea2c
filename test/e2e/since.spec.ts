import { Host } from './support/host.ts';
import { expect, test } from './support/test.ts';
import { dollars } from './support/words.ts';

test('the cockpit tells what changed since the last visit, and a visit that changed nothing says so', async ({
  page,
}) => {
  const host = await Host.start({ unlocked: true, filled: true, scale: 0.1 });
  /** Opens the cockpit and waits until the engine knows of it. */
  const visit = async () => {
    const looked = page.waitForEvent('websocket').then(async (socket) => {
      await socket.waitForEvent('framesent', ({ payload }) => payload.toString().includes('/since/look'));
      await socket.waitForEvent('framereceived');
    });
    // Another token alone is no other page.
    await page.goto('about:blank');
    await page.goto(await host.address('/'));
    await looked;
  };
  const tile = page.getByRole('region', { name: /^Since/ });
  try {
    await visit();
    await expect(tile).toContainText('The first visit');

    const before = await host.snapshot();
    const [largest] = (await host.customers(1)).rows;
    if (largest === undefined) throw new Error('the company has no customers');
    for (const { subscriptionId, status } of await host.subscriptions(largest.customerId))
      if (status === 'active') await host.cancel(subscriptionId);
    await host.later(31);
    await host.sync();
    await visit();
    const after = await host.snapshot();
    await expect(tile).toContainText(`${dollars(after.mrr)}MRR, from ${dollars(before.mrr)}`);
    await expect(tile).toContainText('1 left');
    await expect(tile.getByRole('listitem').first()).toContainText(largest.name);

    await tile.getByRole('button', { name: 'All that changed' }).click();
    const sheet = page.getByRole('dialog', { name: 'Since the last look' });
    await expect(sheet.getByRole('table', { name: 'MRR since the last look' })).toContainText('Churn');
    await sheet
      .getByRole('region', { name: /^Customers/ })
      .getByRole('link', { name: new RegExp(largest.name) })
      .click();
    await expect(page.getByRole('heading', { level: 1, name: largest.name })).toBeVisible();

    await host.later(31);
    await visit();
    await expect(tile).toContainText('Nothing changed');
  } finally {
    await page.goto('about:blank');
    await host.stop();
  }
});
