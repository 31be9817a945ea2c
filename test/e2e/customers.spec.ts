import { readFile } from 'node:fs/promises';
import { expect, test } from './support/test.ts';

test.describe('customers', () => {
  test('are searched by the engine, with the search in the address, and open by keyboard', async ({
    open,
    demo,
    page,
  }) => {
    const { rows, total } = await demo.customers(3);
    const wanted = rows[2];
    await open('/customers');
    await expect(page.getByText(`${total.toLocaleString('en-US')} customers`)).toBeVisible();
    await page.getByRole('searchbox', { name: 'Search customers' }).fill(wanted?.name ?? '');
    await expect(page).toHaveURL(/search=/);
    const table = page.getByRole('table', { name: 'Customers' });
    await expect(table.getByRole('row')).toHaveCount(2);
    await table.getByRole('row').nth(1).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: wanted?.name ?? '' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Timeline' }).getByRole('listitem').first()).toBeVisible();
    await expect(page.getByRole('table', { name: 'Subscriptions' })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('searchbox', { name: 'Search customers' })).toHaveValue(wanted?.name ?? '');
  });

  test('come in full while scrolling', async ({ open, demo, page }) => {
    const { total } = await demo.customers(1);
    await open('/customers?sort=name&direction=asc');
    const table = page.getByRole('table', { name: 'Customers' });
    await table.getByRole('row').nth(1).focus();
    await expect(async () => {
      await page.keyboard.press('End');
      await expect(table).toHaveAttribute('aria-rowcount', String(total + 1), { timeout: 500 });
    }).toPass();
  });

  test('are filtered by state', async ({ open, page }) => {
    await open('/customers?state=past_due');
    const table = page.getByRole('table', { name: 'Customers' });
    await expect(table.getByText('Past due').first()).toBeVisible();
    await expect(table.getByText('Paying')).toHaveCount(0);
  });

  test('an unknown customer is told, not shown empty', async ({ open, page }) => {
    await open('/customers/99999999');
    await expect(page.getByRole('alert')).toContainText('not_found');
  });

  test('all that is held of one is saved as a file; erasing asks for the name and can be left', async ({
    open,
    demo,
    page,
  }) => {
    const { rows } = await demo.customers(1);
    const [customer] = rows;
    if (customer === undefined) throw new Error('The demo company has no customer');
    await open(`/customers/${customer.customerId}`);
    const held = page.getByRole('region', { name: 'Data held' });
    const download = page.waitForEvent('download');
    await held.getByRole('button', { name: 'Export this customer’s data' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe(`customer-${customer.customerId}.json`);
    const text = await readFile(await file.path(), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ customerId: customer.customerId });
    expect(text).toContain(customer.name);

    await held.getByRole('button', { name: 'Erase personal data…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Erase this customer’s personal data?' });
    const erase = dialog.getByRole('button', { name: 'Erase for good' });
    await expect(erase).toBeDisabled();
    await dialog.getByRole('textbox').fill(`${customer.name} Ltd`);
    await expect(erase).toBeDisabled();
    await dialog.getByRole('textbox').fill(customer.name);
    await expect(erase).toBeEnabled();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('heading', { level: 1, name: customer.name })).toBeVisible();
  });
});
