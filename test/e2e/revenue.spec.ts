import { expect, test } from './support/test.ts';

test.describe('revenue', () => {
  test('a closed month says so, and leads to what was reported', async ({ open, page }) => {
    await open('/revenue?part=movements&asOf=2026-06-30');
    const month = page.getByRole('group', { name: 'As of' });
    await month.getByRole('link', { name: 'Closed' }).click();
    await expect(page).toHaveURL(/\/reconciliation\?tab=months&month=2026-06.*asOf=2026-06-30/);
    await expect(page.getByText('Seal holds')).toBeVisible();
  });

  test('the course: measure, range, steps and comparison stand in the address', async ({ open, page }) => {
    await open('/revenue');
    const figure = page.getByRole('figure', { name: 'MRR over time' });
    await expect(figure.getByText('Committed (CMRR)')).toBeVisible();
    await page.getByRole('radio', { name: 'ARR' }).click();
    await expect(page.getByRole('figure', { name: 'ARR over time' })).toBeVisible();
    await page.getByRole('button', { name: 'Usual period' }).click();
    await page.getByRole('button', { name: '6 months', exact: true }).click();
    await page.getByRole('radio', { name: 'Days' }).click();
    await page.getByRole('combobox', { name: 'Compared with' }).selectOption('The year before');
    await expect(page).toHaveURL(/(?=.*as=arr)(?=.*period=6)(?=.*grain=day)(?=.*compare=year)/);
    await expect(page.getByText('ARR a year before')).toBeVisible();
    await page.reload();
    await expect(page.getByText('ARR a year before')).toBeVisible();
    await page.getByRole('button', { name: 'Currency and rules: USD' }).click();
    await page.getByRole('radio', { name: 'Constant' }).click();
    await expect(page.getByText(/all at the exchange rates of the last day/)).toBeVisible();
  });

  test('a figure says what the engine says, why and how', async ({ open, page, demo }) => {
    const { netCash } = await demo.snapshot();
    await open('/revenue');
    const tile = page.getByRole('article', { name: 'Net cash' });
    const shown =
      (await tile
        .getByText(/^-?\$[\d,]+$/)
        .first()
        .textContent()) ?? '';
    expect(Number(shown.replaceAll(/[^\d-]/g, ''))).toBe(Math.round((netCash ?? Number.NaN) / 100));
    await tile.getByRole('button', { name: 'How Net cash is computed' }).click();
    const how = page.getByRole('dialog', { name: 'How Net cash collected is computed' });
    await expect(how.getByText('gross cash − refunds − fees − disputes opened + disputes won')).toBeVisible();
    await page.keyboard.press('Escape');
    await tile.getByRole('button', { name: 'Why: the rows behind Net cash' }).click();
    await expect(
      page
        .getByRole('table', { name: /Rows behind/ })
        .getByRole('row')
        .nth(1),
    ).toBeVisible();
  });

  test('a step of the bridge lists its movements; a movement leads to its customer', async ({ open, page }) => {
    await open('/revenue?part=movements&asOf=2026-10-31');
    const bridge = page.getByRole('figure', { name: 'MRR bridge' });
    await bridge.getByRole('button', { name: /^Churn/ }).click();
    await expect(page).toHaveURL(/moved=churn/);
    const table = page.getByRole('table', { name: 'Movements' });
    await expect(table.getByRole('cell', { name: 'Churn' }).first()).toBeVisible();
    await expect(table.getByRole('cell', { name: 'New', exact: true })).toHaveCount(0);
    const saved = page.waitForEvent('download');
    await page.getByRole('region', { name: 'Movements' }).getByRole('button', { name: 'Save as CSV' }).click();
    await page.getByRole('menuitem', { name: 'CSV for other programs' }).click();
    expect((await saved).suggestedFilename()).toBe('movements 2026-10 churn.csv');
    const row = table.getByRole('row').nth(1);
    const name = (await row.getByRole('cell').nth(1).textContent()) ?? '';
    await row.click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  });

  test('the parts of a month add up to the company’s, by any dimension', async ({ open, page }) => {
    await open('/revenue?part=breakdown&asOf=2026-10-31');
    await expect(page.getByRole('heading', { name: 'MRR by plan' })).toBeVisible();
    await page.getByRole('combobox', { name: 'By' }).selectOption('Country');
    await expect(page).toHaveURL(/cut=country/);
    const table = page.getByRole('table', { name: 'MRR by country' });
    await expect(table.getByText('Total')).toBeVisible();
    const amounts = await table
      .getByRole('row')
      .evaluateAll((rows) => rows.map((row) => Number((row.children[1]?.textContent ?? '').replaceAll(/[^\d-]/g, ''))));
    const [, ...values] = amounts;
    const total = values.pop() ?? 0;
    // Whole dollars: each part is rounded for the screen.
    expect(Math.abs(values.reduce((a, b) => a + b, 0) - total)).toBeLessThanOrEqual(values.length);
    expect(total).toBeGreaterThan(0);
  });

  test('a row of the breakdown shows the course of that part, and what stands behind it', async ({ open, page }) => {
    await open('/revenue?part=breakdown&cut=plan');
    const row = page.getByRole('table', { name: 'MRR by plan' }).getByRole('row', { name: /^Scale/ });
    const part = (await row.getByRole('cell').nth(1).textContent()) ?? '';
    await row.click();
    await expect(page).toHaveURL(/slice=plan/);
    await expect(page.getByRole('button', { name: 'Plan is Scale', exact: true })).toBeVisible();
    const tile = page.getByRole('article', { name: 'MRR', exact: true });
    await expect(tile).toContainText(part);
    await expect(page.getByRole('article', { name: 'Net cash' })).not.toContainText('Known for the whole company only');
    await tile.getByRole('button', { name: 'Why: the rows behind MRR' }).click();
    // The sheet says the cents that the table rounds.
    const sheet = page.getByRole('dialog', { name: /^Why MRR is/ });
    const heading = sheet.getByRole('heading', { level: 2 }).first();
    await expect(heading).toContainText('$');
    const said = (await heading.textContent()) ?? '';
    const dollars = (text: string) => Math.round(Number(text.replaceAll(/[^0-9.]/g, '')));
    expect(dollars(said)).toBe(dollars(part));
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Revenue and cash' }).click();
    // Payments follow the lines of their invoices: the rows behind a figure are those of the part.
    const parts = page.getByRole('table', { name: 'Revenue and cash by plan' });
    await expect(parts.getByRole('row', { name: /^Scale/ })).toBeVisible();
    await expect(parts.getByRole('row')).toHaveCount(3);
    await page.getByRole('article', { name: 'Net revenue' }).getByRole('button', { name: /^Why/ }).click();
    await expect(
      page
        .getByRole('table', { name: /Rows behind/ })
        .getByRole('row')
        .nth(1),
    ).toBeVisible();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Plan is Scale', exact: true }).click();
    await page.getByRole('button', { name: 'Show the whole company' }).click();
    await expect(page).not.toHaveURL(/slice=/);
  });

  test('revenue and cash of a month by country; a row narrows the page to it', async ({ open, page }) => {
    await open('/revenue?part=cash&cut=country&asOf=2026-10-31');
    const table = page.getByRole('table', { name: 'Revenue and cash by country' });
    const total = table.getByRole('row').filter({ hasText: 'Total' });
    await expect(total).toBeVisible();
    const figure = page.getByRole('article', { name: 'Net revenue' });
    const digits = (text: string) => text.replaceAll(/[^0-9]/g, '');
    const whole = digits((await total.getByRole('cell').nth(1).textContent()) ?? '');
    expect(whole).not.toBe('');
    const row = table.getByRole('row', { name: /^US/ });
    const part = (await row.getByRole('cell').nth(1).textContent()) ?? '';
    await row.click();
    await expect(page).toHaveURL(/slice=country/);
    await expect(page.getByRole('button', { name: 'Country is US', exact: true })).toBeVisible();
    await expect(total.getByRole('cell').nth(1)).toHaveText(part);
    await expect(figure).toContainText(/[0-9]/);
  });

  test('several conditions hold together, and stand in the address', async ({ open, page }) => {
    await open('/revenue?part=breakdown&cut=country&slice=plan:Scale');
    const filters = page.getByRole('group', { name: 'Filters', exact: true });
    const figure = page.getByRole('table', { name: 'MRR by country' }).getByRole('row').nth(1).getByRole('cell').nth(1);
    const ofPlan = (await figure.textContent()) ?? '';
    await page.getByRole('button', { name: 'Plan is Scale', exact: true }).click();
    await filters.getByRole('button', { name: 'Filter', exact: true }).click();
    const panel = page.getByRole('dialog', { name: 'Add a filter' });
    await panel.getByRole('combobox', { name: 'Filter by' }).selectOption('Interval');
    await panel.getByRole('checkbox').first().check();
    await expect(page).toHaveURL(/slice=plan(:|%3A)Scale(;|%3B)interval/);
    await page.keyboard.press('Escape');
    await expect(filters.getByRole('button', { name: /^Interval is .*: change$/ })).toBeVisible();
    await expect(figure).not.toHaveText(ofPlan);
    await page.reload();
    await page.getByRole('button', { name: 'Plan is Scale and 1 more' }).click();
    await filters.getByRole('button', { name: 'Remove the filter Interval' }).click();
    await expect(figure).toHaveText(ofPlan);
  });

  test('any stretch of days or months can be drawn', async ({ open, page }) => {
    await open('/revenue');
    await page.getByRole('button', { name: 'Usual period' }).click();
    const panel = page.getByRole('dialog', { name: 'Period of all rooms' });
    await panel.getByLabel('From', { exact: true }).fill('2026-03-10');
    await panel.getByLabel('To', { exact: true }).fill('2026-03-01');
    await expect(panel.getByText('Before the start')).toBeVisible();
    await expect(panel.getByRole('button', { name: 'Show' })).toBeDisabled();
    await panel.getByLabel('To', { exact: true }).fill('2026-04-08');
    await panel.getByLabel('To', { exact: true }).press('Enter');
    await expect(page).toHaveURL(/period=2026-03-10\.\.2026-04-08/);
    await expect(page.getByText('Figures as of Apr 8, 2026')).toBeVisible();
    await expect(page.getByText('Mar 10, 2026 – Apr 8, 2026, by day')).toBeVisible();
    await page.getByRole('button', { name: 'Mar 10, 2026 – Apr 8, 2026' }).click();
    await panel.getByRole('radio', { name: 'Whole months' }).click();
    await panel.getByRole('button', { name: 'Show' }).click();
    await expect(page).toHaveURL(/period=2026-03\.\.2026-04/);
    await expect(page.getByText('Mar 1, 2026 – Apr 30, 2026, by day')).toBeVisible();
    await page.getByRole('button', { name: 'Reset all filters' }).click();
    await expect(page).not.toHaveURL(/period=/);
  });

  test('views change by keyboard', async ({ open, page }) => {
    await open('/revenue');
    await page.getByRole('tab', { name: 'Course' }).focus();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('tab', { name: 'Movements' })).toBeFocused();
    await expect(page.getByRole('table', { name: 'Movements' })).toBeVisible();
    await page.keyboard.press('End');
    await expect(page.getByRole('figure', { name: 'Failed payments' })).toBeVisible();
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await expect(page.getByRole('heading', { level: 1, name: 'Discount cliffs' })).toBeVisible();
  });

  test('failed payments: the table behind the bars has the rates, and none where it is not decided', async ({
    open,
    page,
  }) => {
    await open('/revenue?part=payments');
    const figure = page.getByRole('figure', { name: 'Failed payments' });
    await figure.getByRole('button', { name: 'Show as table' }).click();
    await expect(figure.getByRole('columnheader', { name: 'Recovery rate' })).toBeVisible();
    await expect(figure.getByRole('cell', { name: '—' }).first()).toBeVisible();
  });

  test('what does not fit in the address falls back to the whole', async ({ open, page }) => {
    await open(
      '/revenue?part=everything&period=2026-05-01..2026-04&slice=weather:fine&grain=year&cut=weather&asOf=2199-13-01',
    );
    await expect(page.getByRole('figure', { name: 'MRR over time' })).toBeVisible();
  });
});

test.describe('discount cliffs', () => {
  test('the calendar’s month and the coupon filter the list; the sums follow', async ({ open, page }) => {
    await open('/discounts');
    const rows = page.getByRole('table', { name: 'Discounts that will end' }).getByRole('row');
    await expect(rows.nth(1)).toBeVisible();
    const all = await rows.count();
    await page.getByRole('combobox', { name: 'Coupon' }).selectOption('Launch offer');
    await expect(page).toHaveURL(/coupon=/);
    await expect.poll(() => rows.count()).toBeLessThan(all);
    await expect(rows.nth(1)).toContainText('Launch offer');
    await page.getByRole('combobox', { name: 'Month of the list' }).selectOption({ index: 1 });
    await expect(page).toHaveURL(/month=20\d\d-\d\d/);
    await page.reload();
    await expect(rows.nth(1)).toContainText('Launch offer');
  });

  test('those that came say what became of them', async ({ open, page }) => {
    await open('/discounts');
    await page.getByRole('radio', { name: 'Past' }).click();
    await expect(page).toHaveURL(/list=past/);
    const table = page.getByRole('table', { name: 'Discounts that ended' });
    await expect(table.getByText('Kept').first()).toBeVisible();
    await expect(page.getByRole('article', { name: 'Kept the new price' })).toContainText('after 60 days');
    const saved = page.waitForEvent('download');
    await page
      .getByRole('region', { name: 'Discounts that ended' })
      .getByRole('button', { name: 'Save as CSV' })
      .click();
    await page.getByRole('menuitem', { name: 'CSV for other programs' }).click();
    expect((await saved).suggestedFilename()).toBe('discounts that ended.csv');
  });

  test('the figures lead to the ends behind them, and say how they are computed', async ({ open, page }) => {
    await open('/discounts');
    const short = page.getByRole('region', { name: 'Discounts in short' });
    await short.getByRole('button', { name: 'Why: the rows behind Kept the new price' }).click();
    await expect(page.getByRole('table', { name: 'Discounts that ended' })).toBeInViewport();
    await short.getByRole('button', { name: 'How MRR at risk is computed' }).click();
    const how = page.getByRole('dialog', { name: 'How discount cliffs are computed' });
    await expect(how).toContainText('whole MRR in that currency 60 days later');
    await page.keyboard.press('Escape');
    await expect(how).toBeHidden();
  });

  test('a row leads to its customer', async ({ open, page }) => {
    await open('/discounts?ahead=24');
    const row = page.getByRole('table', { name: 'Discounts that will end' }).getByRole('row').nth(1);
    const name = (await row.getByRole('cell').nth(1).textContent()) ?? '';
    await row.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  });
});
