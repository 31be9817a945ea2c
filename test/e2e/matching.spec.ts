import { expect, test } from './support/test.ts';

test.describe('matching', () => {
  test('a suggestion is confirmed and taken back, and the evidence is there to read', async ({ open, page }) => {
    await open('/sources');
    await page.getByRole('link', { name: 'Which accounts are which customers' }).click();
    const table = page.getByRole('table', { name: 'Accounts to confirm' });
    const row = table.getByRole('row').nth(1);
    const account = (await row.getByRole('cell').first().textContent()) ?? '';
    expect(account).toMatch(/ Ltd\.$/);
    await expect(row).toContainText('Both are called');
    await row.getByRole('button', { name: 'Same', exact: true }).click();
    await expect(table.getByText(account)).toHaveCount(0);
    const toast = page.getByText(`${account} is ${account.replace(/ Ltd\.$/, '')}`);
    await expect(toast).toBeVisible();
    await page.getByRole('tab', { name: /^Linked/ }).click();
    await expect(page).toHaveURL(/view=linked/);
    await page.getByRole('textbox', { name: 'Search accounts' }).fill(account);
    await expect(page.getByRole('table', { name: 'Linked accounts' }).getByText('By hand')).toBeVisible();
    await page.getByRole('tab', { name: 'Decisions' }).click();
    const decisions = page.getByRole('table', { name: 'Decisions' });
    const latest = decisions.getByRole('row').nth(1);
    await expect(latest).toContainText(account);
    await latest.getByRole('button', { name: 'Take back' }).click();
    await expect(decisions.getByRole('row').nth(1)).toContainText('is no longer');
    await expect(decisions.getByRole('row').nth(1).getByRole('button', { name: 'Take back' })).toHaveCount(0);
  });

  test('a linked account shows its deals on the customer’s page', async ({ open, page }) => {
    await open('/matching?view=linked&system=crm');
    const table = page.getByRole('table', { name: 'Linked accounts' });
    await table.getByRole('row').nth(1).getByRole('link').click();
    await expect(page.getByRole('region', { name: 'Deals' })).toBeVisible();
  });

  test('an account that nobody is called is told, not shown empty', async ({ open, page }) => {
    await open('/matching?view=unlinked');
    await page.getByRole('textbox', { name: 'Search accounts' }).fill('no such company at all');
    await expect(page.getByText('No account fits')).toBeVisible();
  });
});

test.describe('by hand', () => {
  test('two customers are merged, count as one, lead to each other, and are taken apart again', async ({
    open,
    page,
    demo,
  }) => {
    const { rows } = await demo.customers(6);
    const [first, second] = rows.filter(({ mrr }) => (mrr ?? 0) > 0);
    if (!first || !second) throw new Error('Two customers that pay');
    const before = (await demo.snapshot()).customers;
    await open(`/customers/${first.customerId}`);
    await page.getByRole('link', { name: 'Merge, split, link' }).click();
    await page.getByRole('button', { name: 'Merge with…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Merge customers' });
    await dialog.getByRole('textbox', { name: 'Add a customer' }).fill(second.name);
    const found = dialog.getByRole('table', { name: 'Customers found' });
    await expect(found.getByRole('row')).toHaveCount(2);
    await found.getByText(second.name).click();
    await dialog.getByRole('button', { name: 'Merge 2 customers' }).click();
    await expect(page.getByText(`${second.name} is part of ${first.name} now`)).toBeVisible();
    await expect(page.getByRole('table', { name: 'Billing records' }).getByRole('row')).toHaveCount(3);
    await expect.poll(async () => (await demo.snapshot()).customers).toBe((before ?? 0) - 1);
    await page.goto(await demo.address(`/customers/${second.customerId}`));
    await expect(page.getByText(`part of ${first.name} since they were merged`)).toBeVisible();
    await page.goto(await demo.address('/matching?view=decisions'));
    const latest = page.getByRole('table', { name: 'Decisions' }).getByRole('row').nth(1);
    await expect(latest).toContainText(`of ${second.name} went over to ${first.name}`);
    // By the keyboard: the row that has the focus is taken back with U.
    await latest.focus();
    await page.keyboard.press('u');
    await expect.poll(async () => (await demo.snapshot()).customers).toBe(before);
  });

  test('the keyboard alone walks the suggestions, says no, and links to somebody else', async ({ open, page }) => {
    await open('/matching');
    const table = page.getByRole('table', { name: 'Accounts to confirm' });
    const row = table.getByRole('row').nth(1);
    await row.focus();
    await page.keyboard.press('j');
    await expect(table.getByRole('row').nth(2)).toBeFocused();
    const account = (await table.getByRole('row').nth(2).getByRole('cell').first().textContent()) ?? '';
    await page.keyboard.press('x');
    await expect(page.getByText(new RegExp(`^${account.replaceAll('.', '\\.')} is not`))).toBeVisible();
    // The next row has the focus, so that the next answer needs no mouse.
    await expect(table.getByRole('row').nth(2)).toBeFocused();
    await page.keyboard.press('k');
    await page.keyboard.press('l');
    const dialog = page.getByRole('dialog', { name: /^Link / });
    await expect(dialog.getByRole('textbox', { name: 'Customer' })).toBeFocused();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(table.getByText(account)).toBeVisible();
  });
});
