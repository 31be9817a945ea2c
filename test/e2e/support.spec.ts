import { expect, test } from './support/test.ts';

test.describe('support and NPS', () => {
  test('the period stands in the address; figures have their definition; a row leads to its customer', async ({
    open,
    page,
  }) => {
    await open('/support');
    const tiles = page.getByRole('region', { name: 'Service' });
    await expect(tiles.getByRole('article', { name: 'First response, median' })).toContainText('hour');
    await page.getByRole('button', { name: 'Usual period' }).click();
    await page.getByRole('button', { name: '24 months' }).click();
    await expect(page).toHaveURL(/period=24/);
    await tiles.getByRole('button', { name: 'How First response, median is computed' }).click();
    const how = page.getByRole('dialog', { name: 'How First response, median is computed' });
    await expect(how.getByText('nights and weekends included', { exact: false })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(how).toBeHidden();
    const requests = page.getByRole('table', { name: 'Open requests' });
    const first = requests.getByRole('row').nth(1);
    const name = (await first.getByRole('cell').first().textContent()) ?? '';
    await first.click();
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Support and NPS' })).toBeVisible();
    await expect(page.getByRole('table', { name: 'Requests' }).getByRole('row').nth(1)).toBeVisible();
  });

  test('figures lead to the answers and requests that they are read off', async ({ open, page }) => {
    await open('/support');
    const tiles = page.getByRole('region', { name: 'Service' });
    const score = await tiles
      .getByRole('article', { name: 'Net Promoter Score' })
      .getByRole('paragraph')
      .first()
      .textContent();
    await tiles.getByRole('button', { name: 'Why: the rows behind Net Promoter Score' }).click();
    const sheet = page.getByRole('dialog', { name: `Why Net Promoter Score is ${score ?? ''}` });
    await expect(sheet.getByText('the figure is the mean of these rows', { exact: false })).toBeVisible();
    await expect(
      sheet
        .getByRole('row')
        .filter({ hasText: /Promoter: 10 of 10/ })
        .first(),
    ).toContainText('100');
    await page.keyboard.press('Escape');
    await tiles.getByRole('button', { name: 'Why: the rows behind First response, median' }).click();
    await expect(page.getByRole('dialog').getByText('it is the middle one of them', { exact: false })).toBeVisible();
    await expect(page.getByRole('dialog').getByRole('columnheader', { name: 'Hours' })).toBeVisible();
  });

  test('every drawing has its table', async ({ open, page }) => {
    await open('/support');
    const ages = page.getByRole('figure', { name: 'Open requests by age' });
    await ages.getByRole('button', { name: 'Show as table' }).click();
    await expect(ages.getByRole('table').getByText('Over 30 days')).toBeVisible();
    await page.keyboard.press('g');
    await page.keyboard.press('u');
    await expect(page).toHaveURL(/\/customers$/);
  });
});
