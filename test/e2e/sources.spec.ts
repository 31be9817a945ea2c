import { axe } from './support/axe.ts';
import { Host } from './support/host.ts';
import { expect, test } from './support/test.ts';
import { dollars } from './support/words.ts';

// Each has a company of its own, or only looks.
test.describe.configure({ mode: 'parallel' });

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
  await expect(sheet.getByText('1 record tried, 0 fit now')).toBeVisible();

  await host.mood({});
  await sheet.getByRole('button', { name: 'Try all with this reason' }).click();
  await expect(sheet.getByText('3 records tried, 3 fit now')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('Nothing was set aside')).toBeVisible();
  await page.close();
  await host.stop();
});

test('a source is disconnected, and its data stays', async ({ page }) => {
  const host = await Host.company();
  const { mrr } = await host.snapshot();
  await page.goto(await host.address('/sources'));
  await page.getByRole('button', { name: 'More for Stripe' }).click();
  await page.getByRole('menuitem', { name: /^Disconnect/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();

  await page.getByRole('button', { name: 'More for Stripe' }).click();
  await page.getByRole('menuitem', { name: /^Disconnect/ }).click();
  await expect(page.getByRole('region', { name: 'What is stored' })).toContainText(/Invoice\s*\d+/);
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(page.getByText('Stripe is disconnected; its data stays.')).toBeVisible();
  expect((await host.snapshot()).mrr).toBe(mrr);
  const card = page.getByRole('region', { name: /^Stripe/ });
  await expect(card.getByText('Disconnected; its data stays in the figures')).toBeVisible();

  // A slip is taken back: the key was only out of the database.
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(card.getByText('Connected', { exact: true })).toBeVisible();
  await card.getByRole('button', { name: 'More for Stripe' }).click();
  await page.getByRole('menuitem', { name: /^Disconnect/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect', exact: true }).click();

  // Without undo it is connected again by its key, with all that it had; the figures never moved.
  await page.getByRole('button', { name: 'Dismiss' }).last().click();
  await card.getByRole('button', { name: 'Connect again…' }).click();
  const { apiKey } = await host.keys();
  await page.getByLabel('Restricted API key', { exact: true }).fill(apiKey);
  await page.getByRole('button', { name: 'Check and save' }).click();
  await expect(card.getByText('Connected', { exact: true })).toBeVisible();
  expect((await host.snapshot()).mrr).toBe(mrr);

  // What is left of a source that is cut goes by the same counts.
  await card.getByRole('button', { name: 'More for Stripe' }).click();
  await page.getByRole('menuitem', { name: /^Disconnect/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect', exact: true }).click();
  await card.getByRole('button', { name: 'Delete its data…' }).click();
  await expect(page.getByRole('dialog')).toContainText('Customers who lose their names');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete data' }).click();
  await expect(page.getByText('Stripe and its data are gone.')).toBeVisible();
  await expect.poll(async () => (await host.customers(1)).total).toBe(0);
  await page.close();
  await host.stop();
});

test('a source is disconnected and its data deleted with it', async ({ page }) => {
  const host = await Host.company();
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
  const host = await Host.company();
  await page.goto(await host.address('/'));
  const arr = page.getByRole('article', { name: 'ARR, annual run rate' });
  // The figure alone: its comparison and its rates come by themselves.
  const shown = dollars((await host.snapshot()).arr);
  await expect(arr).toContainText(shown);
  await host.mood({ refusing: true });
  await page.getByRole('button', { name: 'Sync now' }).click();
  await expect(page.getByRole('button', { name: 'Stripe: sync fails' })).toBeVisible();
  await expect(arr).toContainText(shown);
  await page.goto(await host.address('/sources'));
  await expect(page.getByText(/Invalid API Key|refuses|does not accept/).first()).toBeVisible();
  const card = page.getByRole('region', { name: /^Stripe/ });
  await expect(card.getByText('Needs a new key')).toBeVisible();
  await card.getByRole('button', { name: 'Enter a new key…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Restricted API key', { exact: true }).fill('rk_live_stillwrong');
  await dialog.getByRole('button', { name: 'Check and save' }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await host.mood({});
  await dialog.getByLabel('Restricted API key', { exact: true }).fill((await host.keys()).apiKey);
  await dialog.getByRole('button', { name: 'Check and save' }).click();
  await expect(dialog).toBeHidden();
  await expect(card.getByText('Connected', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Stripe: sync fails' })).toBeHidden();
  await page.close();
  await host.stop();
});

test('a source rests, and goes on where it was', async ({ page }) => {
  const host = await Host.company();
  await page.goto(await host.address('/sources'));
  const card = page.getByRole('region', { name: /^Stripe/ });
  await card.getByRole('button', { name: 'More for Stripe' }).click();
  await page.getByRole('menuitem', { name: 'Pause' }).click();
  await expect(card.getByText('Nothing is asked of the vendor.')).toBeVisible();
  await expect(card.getByRole('button', { name: 'Sync now' })).toBeHidden();
  await card.getByRole('button', { name: 'Resume' }).click();
  await expect(card.getByText('Connected', { exact: true })).toBeVisible();
  await page.close();
  await host.stop();
});

test('a source shows its budget, its next sync and each stream’s proof, by keyboard', async ({ open, page }) => {
  await open('/sources');
  const card = page.getByRole('region', { name: /^Stripe/ });
  await expect(card.getByText('Reads in 30 days')).toBeVisible();
  await expect(card.getByText(/^\d[\d,]* used, [\d,]+ left$/)).toBeVisible();
  await expect(card.getByText(/^in \d+ minutes?$/)).toBeVisible();
  await card.getByRole('button', { name: 'Show streams of Stripe' }).press('Enter');
  const row = card.getByRole('table', { name: 'Streams of Stripe' }).getByRole('row', { name: /^Invoices / });
  await row.press('Enter');
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByText('Proven complete.')).toBeVisible();
  await expect(sheet.getByText(/, equal$/).first()).toBeVisible();
  expect((await axe(page).include('dialog').analyze()).violations).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(row).toBeFocused();
});

test('what can be connected is found by its name, and chosen by Enter', async ({ open, page }) => {
  await open('/sources');
  const add = page.getByRole('button', { name: 'Add source' });
  await expect(add).toBeEnabled();
  await add.press('Enter');
  const catalogue = page.getByRole('dialog');
  await expect(page.getByRole('searchbox', { name: 'Find a vendor' })).toBeFocused();
  await page.keyboard.type('central');
  await expect(catalogue.getByRole('button', { name: /^Connect European Central Bank/ })).toBeVisible();
  await expect(catalogue.getByRole('button', { name: /^Connect HubSpot/ })).toBeHidden();
  expect((await axe(page).include('dialog').analyze()).violations).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Connect European Central Bank' })).toBeVisible();
  await page.keyboard.press('Escape');
});
