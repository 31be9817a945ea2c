import { expect, test } from './support/test.ts';

test.describe('custom fields of the CRM', () => {
  test('a field becomes a slice by keyboard, cuts figures at once, and is taken back', async ({ open, page }) => {
    await open('/sources');
    await page.getByRole('link', { name: 'What custom fields mean' }).click();
    const table = page.getByRole('table', { name: 'Custom fields of accounts' });
    await expect(table.getByRole('row', { name: /Region/ })).toContainText('Americas');
    const means = page.getByRole('button', { name: 'What Region means: Nothing' });
    await means.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Slice of figures…' }).press('Enter');
    const name = page.getByRole('textbox', { name: 'Name of the slice' });
    await expect(name).toHaveValue('Region');
    await name.fill('sales region');
    await name.press('Enter');
    await expect(page.getByRole('button', { name: 'What Region means: Slice of figures: sales region' })).toBeVisible();
    await open('/revenue?part=breakdown');
    await page.getByRole('combobox', { name: 'By', exact: true }).selectOption({ label: 'sales region' });
    await expect(page.getByRole('table', { name: 'MRR by sales region' }).getByText('Americas')).toBeVisible();
    await open('/sources/fields?view=changes');
    const latest = page.getByRole('table', { name: 'Changes' }).getByRole('row').nth(1);
    await expect(latest).toContainText('Slice of figures: sales region');
    await latest.focus();
    await page.keyboard.press('u');
    await expect(page.getByRole('table', { name: 'Changes' }).getByRole('row').nth(1)).toContainText('Nothing');
    await page.getByRole('tab', { name: /^Accounts/ }).click();
    await expect(page.getByRole('button', { name: 'What Region means: Nothing' })).toBeVisible();
  });

  test('fields of people show no value and mean nothing; a search that finds none is told', async ({ open, page }) => {
    await open('/sources/fields?view=contact');
    const row = page
      .getByRole('table', { name: 'Custom fields of contacts' })
      .getByRole('row', { name: /Buying role/ });
    await expect(row).toContainText('not read');
    await page.getByRole('textbox', { name: 'Search fields' }).fill('no such field');
    await expect(page.getByText('No field fits')).toBeVisible();
  });
});
