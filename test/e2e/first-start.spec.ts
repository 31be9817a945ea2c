import { Host } from './support/host.ts';
import { expect, test } from './support/test.ts';

const PASSPHRASE = 'four calm otters glide';

test.describe('the first start', () => {
  // A whole first sync, on whatever computer.
  test.describe.configure({ timeout: 90_000 });

  test('the demo company is one click away, without a passphrase, and leaves nothing behind', async ({ page }) => {
    const host = await Host.start({ unlocked: false, filled: false, scale: 0.3 });
    await page.goto(await host.address('/'));
    await expect(page).toHaveURL(/\/welcome/);
    await page.getByRole('button', { name: 'Start the demo' }).click();
    await expect(page.getByRole('heading', { name: 'Reading the data' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Cockpit' })).toBeVisible({ timeout: 45_000 });
    const { arr } = await host.snapshot();
    const shown = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', maximumFractionDigits: 0 });
    await expect(page.getByRole('article', { name: 'ARR, annual run rate' })).toContainText(
      shown.format((arr ?? 0) / 100),
    );
    await expect(page.getByText('Demo', { exact: true })).toBeVisible();
    expect(await host.files()).toEqual(
      expect.arrayContaining([expect.stringMatching(/^demo\/throw-away-.*\/vario\.db$/)]),
    );

    await page.goto(await host.address('/settings'));
    await expect(page.getByText('The demo uses a throw-away key')).toBeVisible();
    await page.getByRole('button', { name: 'Leave the demo…' }).click();
    await page.getByRole('button', { name: 'Delete the demo' }).click();
    await expect(page.getByRole('heading', { name: 'Know how fast you climb' })).toBeVisible();
    expect(await host.files(), 'nothing is left of the demo').toEqual([]);
    await page.goto(await host.address('/'));
    await expect(page.getByRole('button', { name: 'Start the demo' })).toBeEnabled();
    await page.close();
    await host.stop();
  });

  test('Stripe is connected with a key that is checked first, behind a passphrase that locks and unlocks', async ({
    page,
  }) => {
    const host = await Host.start({ unlocked: false, filled: false, scale: 0.3 });
    const keys = await host.keys();
    await page.goto(await host.address('/'));
    await page.getByRole('button', { name: 'Connect Stripe' }).click();

    const create = page.getByRole('button', { name: 'Create the encrypted database' });
    await page.getByLabel('Passphrase', { exact: true }).fill('too short');
    await expect(page.getByText('It has fewer than 12 characters.')).toBeVisible();
    await expect(create).toBeDisabled();
    await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
    await page.getByLabel('Passphrase again', { exact: true }).fill(PASSPHRASE);
    await create.click();

    await page.getByLabel('Company name').fill('Kestrel Labs');
    // The public service cannot be reached from a test.
    await page.getByRole('checkbox', { name: 'Exchange rates from Frankfurter' }).click();
    await page.getByText('More settings').click();
    await page.getByLabel(/address/i).fill(keys.apiBase);
    const key = page.locator('input[type=password]');
    await key.fill(keys.limitedKey);
    await page.getByRole('button', { name: 'Check and connect' }).click();
    await expect(page.getByText('The key may not read everything yet')).toBeVisible();

    await key.fill(keys.apiKey);
    await page.getByRole('button', { name: 'Check and connect' }).click();
    await expect(page.getByRole('heading', { name: 'Cockpit' })).toBeVisible({ timeout: 45_000 });
    await expect(page.getByRole('article', { name: 'ARR, annual run rate' })).toContainText('$');

    await page.keyboard.press('Control+Shift+L');
    await expect(page.getByRole('heading', { name: 'Unlock Vario' })).toBeVisible();
    await page.getByLabel('Passphrase', { exact: true }).fill('not the passphrase');
    await page.getByRole('button', { name: 'Unlock' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await expect(page.getByRole('heading', { name: 'Cockpit' })).toBeVisible();
    await page.close();
    await host.stop();
  });
});
