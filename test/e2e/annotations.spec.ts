import { axe } from './support/axe.ts';
import { drawn } from './support/pages.ts';
import { expect, test } from './support/test.ts';

test.describe('a note on a day', () => {
  test('is written by keys on a chart, stands in its table, and is deleted with an undo', async ({ open, page }) => {
    await open('/revenue');
    const chart = page.getByRole('figure', { name: 'MRR over time', exact: true });
    const drawing = chart.getByRole('application');
    await expect(drawing).toBeVisible();
    await drawn(page);
    await drawing.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+N');
    const dialog = page.getByRole('dialog', { name: 'Note on a day' });
    await expect(dialog.getByLabel('What happened')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(dialog.getByText('Write what happened in a few words.')).toBeVisible();
    await page.keyboard.type('New prices');
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();

    const flag = chart.getByRole('button', { name: /^Note on .*: New prices$/ });
    await expect(flag).toBeVisible();
    await chart.getByRole('button', { name: 'Show as table' }).click();
    await expect(chart.getByRole('columnheader', { name: 'Notes and releases' })).toBeVisible();
    await expect(chart.getByRole('cell', { name: /New prices/ })).toBeVisible();
    await chart.getByRole('button', { name: 'Show as chart' }).click();

    await flag.press('Enter');
    await page.getByRole('button', { name: 'Edit the note New prices' }).click();
    await page.getByLabel('What happened').fill('New prices for all');
    await page.getByRole('button', { name: 'Save note' }).click();
    const changed = chart.getByRole('button', { name: /New prices for all$/ });
    await changed.click();
    await page.getByRole('button', { name: 'Delete the note New prices for all' }).click();
    await expect(changed).toBeHidden();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(changed).toBeVisible();
    await changed.click();
    await page.getByRole('button', { name: 'Delete the note New prices for all' }).click();
    await expect(changed).toBeHidden();
  });

  test('is written by a double click; the list of all is in the address', async ({ open, page }) => {
    await open('/revenue?notes=all');
    const list = page.getByRole('dialog', { name: 'Notes and releases' });
    await expect(list.getByText('Nothing is noted yet')).toBeVisible();
    await list.getByRole('button', { name: 'Close' }).click();
    await expect(page).not.toHaveURL(/notes=/);

    const chart = page.getByRole('figure', { name: 'MRR over time', exact: true });
    const drawing = chart.getByRole('application');
    await expect(drawing).toBeVisible();
    await drawn(page);
    await drawing.dblclick({ position: { x: 300, y: 100 } });
    const dialog = page.getByRole('dialog', { name: 'Note on a day' });
    // The month that was pointed at, not today.
    await expect(dialog.getByLabel('Day')).toHaveValue(/-(28|30|31)$/);
    await dialog.getByLabel('What happened').fill('Campaign');
    await dialog.getByRole('button', { name: 'Add note' }).click();
    await expect(chart.getByRole('button', { name: /: Campaign$/ })).toBeVisible();

    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.type('notes and rel');
    await page.keyboard.press('Enter');
    await expect(list.getByRole('cell', { name: 'Campaign' })).toBeVisible();
    const { violations } = await axe(page).include('dialog').analyze();
    expect(violations).toEqual([]);
    await list.getByRole('button', { name: 'Delete the note Campaign' }).click();
    await expect(list.getByText('Nothing is noted yet')).toBeVisible();
  });
});
