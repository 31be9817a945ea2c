import { Host } from './support/host.ts';
import { expect, test } from './support/test.ts';

test('a record that was set aside is shown as it came, and leaves when the vendor has put it right', async ({
  page,
}) => {
  const host = await Host.start({ unlocked: true, filled: false, scale: 0.1 });
  await host.mood({ wrong: true });
  await host.fill();
  await page.goto(await host.address('/sources'));
  const table = page.getByRole('table', { name: 'Records set aside' });
  await expect(table.getByRole('row')).toHaveCount(4);
  await expect(page.getByText('3 records', { exact: true })).toBeVisible();

  await table.getByRole('row').nth(1).click();
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByText(/currency/i).first()).toBeVisible();
  await expect(sheet.getByLabel('Record')).toContainText('"currency": "seashells"');
  await sheet.getByRole('button', { name: 'Try again' }).click();
  await expect(sheet.getByText('1 record tried, 0 fit now')).toBeVisible({ timeout: 15_000 });

  await host.mood({});
  await sheet.getByRole('button', { name: 'Try all with this reason' }).click();
  await expect(sheet.getByText('3 records tried, 3 fit now')).toBeVisible({ timeout: 15_000 });
  await page.keyboard.press('Escape');
  await expect(page.getByText('Nothing was set aside')).toBeVisible();
  await page.close();
  await host.stop();
});

test('a source is disconnected, and its data stays', async ({ page }) => {
  const host = await Host.start({ unlocked: true, filled: true, scale: 0.1 });
  const { mrr } = await host.snapshot();
  await page.goto(await host.address('/sources'));
  await page.getByRole('button', { name: 'More for Stripe' }).click();
  await page.getByRole('menuitem', { name: /^Disconnect/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();

  await page.getByRole('button', { name: 'More for Stripe' }).click();
  await page.getByRole('menuitem', { name: /^Disconnect/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(page.getByText('Stripe is disconnected; its data stays.')).toBeVisible();
  expect((await host.snapshot()).mrr).toBe(mrr);
  await page.close();
  await host.stop();
});

test('a source is disconnected and its data deleted with it', async ({ page }) => {
  const host = await Host.start({ unlocked: true, filled: true, scale: 0.1 });
  await page.goto(await host.address('/sources'));
  await page.getByRole('button', { name: 'More for Stripe' }).click();
  await page.getByRole('menuitem', { name: /^Disconnect/ }).click();
  await page.getByRole('checkbox', { name: 'Also delete everything that was synced from it' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect and delete data' }).click();
  await expect(page.getByText('Stripe and its data are gone.')).toBeVisible();
  await expect.poll(async () => (await host.customers(1)).total).toBe(0);
  await page.goto(await host.address('/customers'));
  await expect(page.getByText(/^0 customers|No customers|There are no customers/).first()).toBeVisible();
  await page.close();
  await host.stop();
});

test('a source that refuses the key is said to fail, with figures that stay and say of when they are', async ({
  page,
}) => {
  const host = await Host.start({ unlocked: true, filled: true, scale: 0.1 });
  await page.goto(await host.address('/'));
  const arr = page.getByRole('article', { name: 'ARR, annual run rate' });
  await expect(arr).toContainText('$');
  const shown = await arr.textContent();
  await host.mood({ refusing: true });
  await page.getByRole('button', { name: 'Sync now' }).click();
  await expect(page.getByRole('link', { name: 'Stripe: sync fails' })).toBeVisible({ timeout: 20_000 });
  await expect(arr).toHaveText(shown ?? '');
  await page.goto(await host.address('/sources'));
  await expect(page.getByText(/Invalid API Key|refuses|does not accept/).first()).toBeVisible();
  await host.mood({});
  await host.sync();
  await expect(page.getByRole('link', { name: 'Stripe: sync fails' })).toBeHidden();
  await page.close();
  await host.stop();
});
