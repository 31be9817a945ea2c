import { expect, test } from './support/test.ts';

test.describe('reconstructed history', () => {
  test('is marked in the rows behind a figure, and said in a sentence', async ({ open, page }) => {
    await open('/?why=newMrr&from=2024-01-01');
    const sheet = page.getByRole('dialog');
    await expect(sheet.getByRole('columnheader', { name: 'Evidence' })).toBeVisible();
    await expect(sheet.getByRole('table').getByText('reconstructed').first()).toBeVisible();
    await expect(sheet.getByText('Reconstructed rows are read off invoices and dates')).toBeVisible();
  });

  test('is marked in a customer’s timeline', async ({ open, demo, page }) => {
    const { rows } = await demo.customers(1);
    await open(`/customers/${rows[0]?.customerId}`);
    const timeline = page.getByRole('region', { name: 'Timeline' });
    await expect(timeline.getByRole('listitem').first()).toBeVisible();
    const marked = timeline.getByText('reconstructed', { exact: true });
    const earlier = timeline.getByRole('button', { name: 'Show earlier' });
    await expect(async () => {
      if ((await marked.count()) === 0 && (await earlier.count()) > 0) await earlier.click();
      expect(await marked.count()).toBeGreaterThan(0);
    }).toPass();
  });
});

test('the definition of a figure can be saved beside its rows', async ({ open, page }) => {
  await open('/?how=nrr');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Source', { exact: true })).toBeVisible();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Definition as CSV' }).press('Enter');
  expect((await download).suggestedFilename()).toBe('nrr-definition.csv');
});
