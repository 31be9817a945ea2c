import { expect, test } from './support/test.ts';

test.describe('retention', () => {
  test('a cell opens its customers, with the cell in the address', async ({ open, page }) => {
    await open('/retention');
    const matrix = page.getByRole('grid', { name: 'Customers kept' });
    const cell = matrix.getByRole('button', { name: /^Mar 2025, M6/ });
    const share = Number((await cell.textContent())?.replace('%', ''));
    await cell.click();
    await expect(page).toHaveURL(/cohort=2025-03&age=6/);
    const sheet = page.getByRole('dialog', { name: 'Cohort Mar 2025 after 6 months' });
    const words = (await sheet.getByText(/customers pay on/).textContent()) ?? '';
    const [kept = 0, total = 1] = [...words.matchAll(/\d+/g)].map(([digits]) => Number(digits));
    expect(Math.round((kept / total) * 100)).toBe(share);
    const customers = sheet.getByRole('table', { name: 'Customers of cohort Mar 2025' });
    await expect(customers.getByRole('row')).toHaveCount(total + 1);
    await expect(customers.getByText('Does not pay')).toHaveCount(total - kept);
    await page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
    await expect(page).not.toHaveURL(/cohort=/);
  });

  test('all cells are one tab stop, walked by arrows, Home and End', async ({ open, page }) => {
    await open('/retention');
    const matrix = page.getByRole('grid', { name: 'Customers kept' });
    await expect(matrix.locator('button[tabindex="0"]')).toHaveCount(1);
    expect(await matrix.locator('button[tabindex="-1"]').count()).toBeGreaterThan(100);
    await matrix.locator('button[tabindex="0"]').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    const focused = matrix.locator('button:focus');
    await expect(focused).toHaveAttribute('tabindex', '0');
    const name = (await focused.getAttribute('aria-label')) ?? '';
    const [, cohort, age] = /^(\w+ \d{4}), M(\d+):/.exec(name) ?? [];
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: `Cohort ${cohort} after ${age} months` })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(focused, 'the focus comes back to the cell').toHaveAttribute('aria-label', name);
    await page.keyboard.press('Tab');
    await expect(focused, 'Tab leaves the grid').toHaveCount(0);
  });

  test('measure, period and group stand in the address', async ({ open, page }) => {
    await open('/retention');
    await page.getByRole('radio', { name: 'Net revenue' }).click();
    await expect(page).toHaveURL(/measure=net/);
    await page.getByRole('radio', { name: 'Quarters' }).click();
    await expect(page).toHaveURL(/unit=quarter/);
    await page.getByRole('combobox', { name: 'Split' }).selectOption('By first plan');
    await page.getByRole('combobox', { name: 'Group' }).selectOption('Starter');
    await expect(page).toHaveURL(/by=plan&group=Starter/);
    await expect(page.getByRole('grid', { name: 'Revenue kept, net' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Revenue kept, net: Starter' })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Revenue kept, net: Starter' })).toBeVisible();
  });

  test('fiscal quarters, and groups by any metadata, by the address', async ({ open, page }) => {
    await open('/retention?unit=fiscal_quarter&by=metadata:channel');
    const periods = page.getByRole('radiogroup', { name: 'Period' }).or(page.getByRole('group', { name: 'Period' }));
    await expect(periods.getByText('Fiscal quarters')).toBeVisible();
    await expect(page.getByText(/^FY\d\d Q[1-4]$/).first()).toBeVisible();
    await expect(page.getByRole('combobox', { name: 'Split' })).toHaveValue('metadata:channel');
  });

  test('trials stand by the period in which they started', async ({ open, page }) => {
    await open('/retention?unit=quarter');
    const trials = page.getByRole('figure', { name: 'Trials' });
    await expect(trials.getByText(/By the quarter in which they started/)).toBeVisible();
    await trials.getByRole('button', { name: 'Show as table' }).click();
    await expect(
      trials
        .getByRole('table')
        .getByText(/^Q[1-4] 20\d\d$/)
        .first(),
    ).toBeVisible();
    await expect(trials.getByRole('columnheader', { name: 'Conversion' })).toBeVisible();
  });

  test('lifetimes: the curve has a table, a method and its source', async ({ open, page }) => {
    await open('/retention');
    const panel = page.getByRole('figure', { name: 'How long customers stay' });
    await expect(panel.getByText('Expected lifetime', { exact: true })).toBeVisible();
    await panel.getByRole('button', { name: 'Show as table' }).click();
    await expect(panel.getByRole('columnheader', { name: '95% from' })).toBeVisible();
    await panel.getByRole('button', { name: /^How / }).click();
    const method = page.getByRole('dialog', { name: 'How lifetimes are computed' });
    await expect(method.getByRole('link', { name: /Kaplan–Meier/ })).toBeVisible();
  });

  test('the matrix can be saved as CSV, and who came back leads to the customer', async ({ open, page }) => {
    await open('/retention');
    const matrix = page.getByRole('figure', { name: 'Customers kept', exact: true });
    const saved = page.waitForEvent('download');
    await matrix.getByRole('button', { name: 'Save as CSV' }).click();
    await page.getByRole('menuitem', { name: 'CSV for other programs' }).click();
    expect((await saved).suggestedFilename()).toBe('Customers kept.csv');
    const row = page.getByRole('table', { name: 'Customers who came back' }).getByRole('row').nth(1);
    const name = (await row.getByRole('cell').first().textContent()) ?? '';
    await row.click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  });

  test('what does not fit in the address falls back to the whole', async ({ open, page }) => {
    await open('/retention?measure=love&unit=fortnight&age=-3');
    await expect(page.getByRole('grid', { name: 'Customers kept' })).toBeVisible();
  });
});
