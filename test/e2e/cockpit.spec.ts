import type { Page } from '@playwright/test';
import { drawn } from './support/pages.ts';
import { expect, test } from './support/test.ts';

const dollars = (minor: number | null, digits = 0): string =>
  new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format((minor ?? 0) / 100);

const percent = (fraction: number | null): string =>
  new Intl.NumberFormat('en-US', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
    fraction ?? 0,
  );

const tile = (page: Page, name: string) => page.getByRole('article', { name, exact: true });

test.describe('the cockpit', () => {
  test('shows the figures that the engine computed', async ({ open, demo, page }) => {
    const snapshot = await demo.snapshot();
    await open('/');
    await expect(tile(page, 'ARR, annual run rate')).toContainText(dollars(snapshot.arr));
    await expect(tile(page, 'ARR, annual run rate')).toContainText(`past due ${dollars(snapshot.pastDueMrr)}`);
    await expect(tile(page, 'MRR')).toContainText(dollars(snapshot.mrr));
    await expect(tile(page, 'NRR')).toContainText(percent(snapshot.nrr));
    await expect(tile(page, 'GRR')).toContainText(percent(snapshot.grr));
    await expect(tile(page, 'Customers')).toContainText(String(snapshot.customers));
    await expect(tile(page, 'Logo churn')).toContainText(percent(snapshot.logoChurn));
    await expect(tile(page, 'ARPA')).toContainText(dollars(snapshot.arpa, 2));
    await expect(tile(page, 'Cash in')).toContainText(dollars(snapshot.cashCollected));
    await expect(page.getByRole('figure', { name: 'Rate of climb' })).toContainText('ARR per week');
    await expect(page.getByRole('heading', { name: 'Next milestone' })).toBeVisible();
  });

  test('fits on one screen of 1440 × 900', async ({ open, page }) => {
    await open('/');
    await expect(page.getByRole('figure', { name: 'MRR bridge' })).toContainText('Closing');
    await drawn(page);
    const overflow = await page.locator('main').evaluate((main) => main.scrollHeight - main.clientHeight);
    expect(overflow).toBeLessThanOrEqual(0);
  });

  test('every figure leads to its rows, which add up to it', async ({ open, demo, page }) => {
    const snapshot = await demo.snapshot();
    await open('/');
    await tile(page, 'MRR').getByRole('button', { name: 'Why: the rows behind MRR' }).click();
    const sheet = page.getByRole('dialog');
    await expect(sheet.getByRole('heading')).toContainText(dollars(snapshot.mrr, 2));
    await expect(sheet.getByRole('table', { name: 'Rows behind MRR' }).getByRole('row').nth(1)).toBeVisible();
    await expect(page).toHaveURL(/why=mrr/);
    await page.goBack();
    await expect(sheet).toBeHidden();
  });

  test('a row behind a figure leads to its customer and to Stripe', async ({ open, page }) => {
    await open('/?why=mrr');
    const row = page.getByRole('table', { name: 'Rows behind MRR' }).getByRole('row').nth(1);
    await expect(row.getByRole('link', { name: /sub_/ })).toHaveAttribute(
      'href',
      /^https:\/\/dashboard\.stripe\.com\//,
    );
    const name = await row.getByRole('link').first().textContent();
    await row.getByRole('link').first().click();
    await expect(page.getByRole('heading', { level: 1, name: name ?? '' })).toBeVisible();
  });

  test('every figure states how it is computed, with the source', async ({ open, page }) => {
    await open('/');
    await tile(page, 'NRR').getByRole('button', { name: 'How NRR is computed' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('Formula')).toBeVisible();
    await expect(dialog.getByRole('link')).toHaveAttribute('href', /^https:/);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(tile(page, 'NRR').getByRole('button', { name: 'How NRR is computed' })).toBeFocused();
  });

  test('a step of the bridge opens the movements of its kind', async ({ open, page }) => {
    await open('/');
    const bridge = page.getByRole('figure', { name: 'MRR bridge' });
    await bridge.getByRole('button', { name: /^New/ }).click();
    await expect(page.getByRole('dialog').getByRole('heading')).toContainText('new');
    await expect(page).toHaveURL(/kind=new/);
  });

  test('an earlier month is a click away and stands in the address', async ({ open, demo, page }) => {
    await open('/');
    const arr = tile(page, 'ARR, annual run rate');
    // The figure alone: its comparison and its rates come by themselves, each when it is there.
    const figure = dollars((await demo.snapshot()).arr);
    await expect(arr).toContainText(figure);
    await page.getByRole('button', { name: 'Month before' }).click();
    await expect(page).toHaveURL(/asOf=\d{4}-\d{2}-\d{2}/);
    await expect(arr).toContainText('$');
    await expect(arr).not.toContainText(figure);
    await page.goBack();
    await expect(page).not.toHaveURL(/asOf=/);
    await expect(arr).toContainText(figure);
  });

  test('every chart has its table', async ({ open, page }) => {
    await open('/');
    const figure = page.getByRole('figure', { name: 'MRR over three years' });
    await figure.getByRole('button', { name: 'Show as table' }).click();
    await expect(figure.getByRole('row')).toHaveCount(37);
  });
});
