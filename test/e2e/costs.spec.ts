import type { Page } from '@playwright/test';
import { axe } from './support/axe.ts';
import { Host } from './support/host.ts';
import { expect, listenTo, test } from './support/test.ts';

/** The grid's cell of a row and month, named by what stands in it. */
const cell = (page: Page, name: string) =>
  page.getByRole('table', { name: 'Costs by month' }).getByRole('button', { name: new RegExp(`^${name}: `) });

test.describe('costs', () => {
  test('figures of the last whole month, with the costs and customers behind them', async ({ open, page }) => {
    await open('/costs');
    const cac = page.getByRole('article', { name: 'CAC', exact: true });
    await expect(cac.getByText(/^\$\d/).first()).toBeVisible();
    await cac.getByRole('button', { name: 'Why: the rows behind CAC' }).click();
    const sheet = page.getByRole('dialog', { name: /^Why Customer acquisition cost/ });
    await expect(sheet.getByText(/^Marketing, self_serve/).first()).toBeVisible();
    await sheet.getByRole('button', { name: 'Why New customers' }).click();
    const customers = page.getByRole('dialog', { name: /^Why New customers is \d+/ });
    await expect(customers.getByRole('row').nth(1)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(customers).toBeHidden();
  });

  test('are typed like in a spreadsheet: arrows, Enter, Escape, undo and redo', async ({ open, page }) => {
    await open('/costs');
    const other = cell(page, 'Other, Oct 2026');
    await other.click();
    await page.keyboard.type('1,234.5');
    await page.keyboard.press('Enter');
    await expect(other).toHaveText('1,234.5');
    await expect(page.getByText('Other, Oct 2026: entered')).toBeVisible();
    // Enter moves down and stops at the last row; the arrows go on from there.
    await expect(other).toBeFocused();
    await page.keyboard.press('ArrowLeft');
    await expect(cell(page, 'Other, Sep 2026')).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await expect(cell(page, 'General and administrative, Sep 2026')).toBeFocused();
    await page.keyboard.press('F2');
    await page.keyboard.type('999');
    await page.keyboard.press('Escape');
    await expect(cell(page, 'General and administrative, Sep 2026')).not.toContainText('999');
    await page.keyboard.press('Control+z');
    await expect(other).toHaveText('·');
    await page.keyboard.press('Control+Shift+z');
    await expect(other).toHaveText('1,234.5');
    await other.click();
    await page.keyboard.press('Delete');
    await expect(other).toHaveText('·');
    // Leaves the company as it was.
    await expect(page.getByText('Other, Oct 2026: cleared')).toBeVisible();
  });

  test('a note is written on a cell, stands with it, and is taken back', async ({ open, page }) => {
    await open('/costs');
    const other = cell(page, 'Other, Aug 2026');
    await other.click();
    await page.keyboard.type('77');
    await page.keyboard.press('Enter');
    await expect(other).toHaveText('77');
    const note = page.getByRole('textbox', { name: 'Note on Other, Aug 2026' });
    // There is something to write a note on once the amount is stored.
    await expect(note).toBeEnabled();
    await page.keyboard.press('Shift+F2');
    await expect(note).toBeFocused();
    await page.keyboard.type('Team dinner');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Other, Aug 2026: note kept')).toBeVisible();
    await expect(other).toBeFocused();
    await expect(other).toHaveAccessibleName(/with a note$/);
    await page.keyboard.press('ArrowLeft');
    await expect(page.getByRole('textbox', { name: 'Note on Other, Jul 2026' })).toHaveValue('');
    await page.keyboard.press('ArrowRight');
    await expect(note).toHaveValue('Team dinner');
    await page.keyboard.press('Control+z');
    await expect(note).toHaveValue('');
    // Leaves the company as it was.
    await page.keyboard.press('Control+z');
    await expect(other).toHaveText('·');
  });

  test('what is no amount stays in the box, and says why', async ({ open, page }) => {
    await open('/costs');
    await cell(page, 'Other, Oct 2026').click();
    await page.keyboard.press('Enter');
    await page.keyboard.type('12.345');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toContainText('more decimals than USD');
    await expect(page.getByRole('textbox', { name: 'Other, Oct 2026, in USD' })).toHaveAttribute(
      'aria-invalid',
      'true',
    );
    await page.keyboard.press('Escape');
    await expect(page.getByRole('alert')).toBeHidden();
  });

  test('a block is pasted from a spreadsheet, and taken back by its message', async ({ open, page }) => {
    await open('/costs');
    await page.getByRole('textbox', { name: 'Channel' }).fill('events');
    await page.getByRole('button', { name: 'Add row' }).click();
    const september = cell(page, 'Marketing, events, Sep 2026');
    await september.click();
    await september.evaluate((element) => {
      const data = new DataTransfer();
      data.setData('text/plain', '$1,000.00\t2 000\r\n');
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
    });
    await expect(september).toHaveText('1,000');
    await expect(cell(page, 'Marketing, events, Oct 2026')).toHaveText('2,000');
    await page.getByText('2 costs pasted').locator('..').getByRole('button', { name: 'Undo' }).click();
    await expect(september).toHaveText('·');
  });

  test('a file is shown before it is imported; rows that do not fit are listed; the import is undone', async ({
    open,
    page,
  }) => {
    await open('/costs');
    const text = [
      'month,kind,channel,amount,currency',
      '2026-11,marketing,radio,500.50,USD',
      '2026-11,party,,1,USD',
      '2026-11,cogs,,10.5,JPY',
    ].join('\n');
    const file = { name: 'november.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
    await page.getByLabel('File of costs').setInputFiles(file);
    const dialog = page.getByRole('dialog', { name: 'Import november.csv' });
    await expect(dialog.getByText('2 rows do not fit and would be left out')).toBeVisible();
    await expect(dialog.getByText('“10.5” has more decimals than JPY, which has none')).toBeVisible();
    expect((await axe(page).analyze()).violations).toEqual([]);
    await dialog.getByRole('button', { name: 'Import 1 cost' }).click();
    await expect(dialog).toBeHidden();
    await expect(cell(page, 'Marketing, radio, Nov 2026')).toHaveText('500.5');
    await expect(page.getByRole('heading', { name: '2 rows of november.csv not imported' })).toBeVisible();
    await page.getByRole('button', { name: 'Undo: Imported november.csv' }).click();
    await expect(page.getByRole('heading', { name: '2 rows of november.csv not imported' })).toBeHidden();
    await expect(cell(page, 'Marketing, radio, Nov 2026')).toBeHidden();
  });

  test('the template is a file that can be imported; the months shown stand in the address', async ({ open, page }) => {
    await open('/costs');
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Template' }).click();
    expect((await saved).suggestedFilename()).toBe('costs-template.csv');
    await page.getByRole('button', { name: 'Usual period' }).click();
    await page.getByRole('button', { name: '24 months' }).click();
    await expect(page).toHaveURL(/period=24/);
    await expect(page.getByRole('columnheader', { name: 'Dec 2024' })).toBeVisible();
    await page.getByRole('combobox', { name: 'Figure' }).selectOption('LTV');
    await expect(page).toHaveURL(/trend=ltv/);
    await expect(page.getByRole('figure', { name: 'LTV by month' })).toBeVisible();
  });

  for (const colorScheme of ['light', 'dark'] as const)
    test(`has no accessibility fault in the ${colorScheme} theme`, async ({ open, page }) => {
      await page.emulateMedia({ colorScheme });
      await open('/costs');
      await expect(page.getByRole('table', { name: 'CAC by channel' }).getByText('self_serve')).toBeVisible();
      await cell(page, 'Other, Oct 2026').click();
      await page.keyboard.press('Enter');
      const { violations } = await axe(page).analyze();
      expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html.slice(0, 200)) }))).toEqual(
        [],
      );
    });
});

test('without any costs the room teaches; what was taken back can be repeated', async ({ browser }) => {
  // A company of its own: closed months note every cost that is taken back.
  const host = await Host.start({ unlocked: true, filled: true });
  const page = await browser.newPage();
  const complaints: string[] = [];
  await listenTo(page.context(), complaints);
  try {
    await page.goto(await host.address('/costs'));
    await page.getByRole('button', { name: 'Undo: Imported kestrel-costs.csv' }).click();
    await expect(page.getByText('No costs are recorded yet')).toBeVisible();
    await expect(page.getByRole('article', { name: 'CAC', exact: true })).toBeHidden();
    await expect(page.getByRole('button', { name: 'Save the template' })).toBeVisible();
    await expect(cell(page, 'Marketing, Oct 2026')).toHaveText('·');
    await page.getByRole('button', { name: 'Undo: Taken back' }).first().click();
    await expect(page.getByRole('article', { name: 'CAC', exact: true }).getByText(/^\$\d/).first()).toBeVisible();
    expect(complaints).toEqual([]);
  } finally {
    await page.close();
    await host.stop();
  }
});
