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
