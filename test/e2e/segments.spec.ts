import { readFileSync } from 'node:fs';
import { axe } from './support/axe.ts';
import { expect, test } from './support/test.ts';

test.describe('segments of customers', () => {
  test('are built from filters by keyboard, saved, used, renamed and deleted with an undo', async ({ open, page }) => {
    await open('/customers');
    await page.getByRole('button', { name: 'Whole company' }).focus();
    await page.keyboard.press('Enter');
    const filters = page.getByRole('dialog', { name: 'Part of the company' });
    await filters.getByRole('button', { name: 'Filter', exact: true }).focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('dialog', { name: 'Add a filter' });
    await panel.getByRole('checkbox', { name: /^Pro/ }).focus();
    await page.keyboard.press('Space');
    await expect(page).toHaveURL(/slice=plan/);
    await page.keyboard.press('Escape');
    await expect(filters.getByRole('button', { name: 'Plan is Pro: change' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Plan is Pro' })).toBeVisible();

    await page
      .getByRole('group', { name: 'Further filters' })
      .getByRole('button', { name: 'Amounts and dates' })
      .click();
    await page.getByRole('spinbutton', { name: 'MRR in USD from' }).fill('150');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/mrr=15000/);
    await page.keyboard.press('Escape');
    const table = page.getByRole('table', { name: 'Customers' });
    await expect(table.getByRole('row').nth(1)).toBeVisible();

    await page.getByRole('button', { name: 'Save as segment…' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Large on Pro');
    await page.keyboard.press('Enter');
    const bar = page.getByRole('group', { name: 'Segments' });
    const chosen = bar.getByRole('button', { name: /Large on Pro \d/ });
    await expect(chosen).toHaveAttribute('aria-pressed', 'true');
    await expect(page).toHaveURL(/slice=segment(:|%3A)\d+/);
    await expect(page).not.toHaveURL(/plan/);

    await bar.getByRole('button', { name: 'What to do with Large on Pro' }).click();
    await page.getByRole('menuitem', { name: 'Rename…' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Whales');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(bar.getByRole('button', { name: /Whales \d/ })).toBeVisible();

    await bar.getByRole('button', { name: 'What to do with Whales' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(bar.getByRole('button', { name: /Whales/ })).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(bar.getByRole('button', { name: /Whales \d/ })).toBeVisible();
    // Left as it was found.
    await bar.getByRole('button', { name: /Whales \d/ }).click();
    await bar.getByRole('button', { name: 'What to do with Whales' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(bar.getByRole('button', { name: /Whales/ })).toHaveCount(0);
  });

  test('all of a filter is exported, not only what was scrolled to', async ({ open, page }) => {
    await open('/customers?state=churned');
    const heading = page.getByText(/^\d+ customers$/);
    await expect(heading).toBeVisible();
    const total = Number.parseInt((await heading.textContent()) ?? '', 10);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const text = readFileSync(await (await download).path(), 'utf8');
    expect(text.trimEnd().split('\r\n')).toHaveLength(total + 1);
  });

  test('a filter of the address that fits nothing is left out; one that nobody has says what there is', async ({
    open,
    page,
  }) => {
    await open('/customers?slice=moon:1;country:DE');
    await expect(page.getByRole('button', { name: 'Country is DE', exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: /moon/ })).toHaveCount(0);
    await open('/customers?slice=country:XX');
    await expect(page.getByRole('alert')).toContainText('There is no country “XX”; known: ');
  });

  test('the Retention room is filtered by the same control', async ({ open, page }) => {
    await open('/retention?slice=country:DE');
    await expect(page.getByText(/^Chosen customers: \d+ lives/)).toBeVisible();
    await page.getByRole('button', { name: 'Country is DE', exact: true }).click();
    await page.getByRole('button', { name: 'Remove the filter Country' }).click();
    await expect(page.getByText(/^All customers: \d+ lives/)).toBeVisible();
  });

  test('the filters have no violation that axe knows', async ({ open, page }) => {
    await open('/customers?slice=plan:Pro;country:!DE&mrr=5000..&firstPaid=2024-01-01..');
    await page.getByRole('button', { name: 'Plan is Pro and 1 more' }).click();
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await expect(page.getByRole('checkbox', { name: /^Growth/ })).toBeVisible();
    expect((await axe(page).analyze()).violations).toEqual([]);
  });
});
