import { expect, test } from './support/test.ts';

test.describe('alerts', () => {
  test('are done by key and taken back by undo', async ({ open, demo, page }) => {
    const { open: count, rows } = await demo.alerts();
    expect(rows.length).toBeGreaterThan(1);
    await open('/alerts');
    const list = page.getByRole('list', { name: 'Alerts' });
    await expect(list.getByRole('listitem')).toHaveCount(count);
    const first = list.getByRole('listitem').first();
    const title = (await first.locator('[data-alert]').textContent()) ?? '';
    await first.locator('[data-alert]').focus();
    await page.keyboard.press('j');
    await expect(list.getByRole('listitem').nth(1).locator('[data-alert]')).toBeFocused();
    await page.keyboard.press('k');
    await expect(first.locator('[data-alert]')).toBeFocused();
    await page.keyboard.press('e');
    await expect(list.getByRole('listitem')).toHaveCount(count - 1);
    await expect(page.getByText(`Done: ${title}`)).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(list.getByRole('listitem')).toHaveCount(count);
  });

  test('are snoozed and come back by reopening', async ({ open, demo, page }) => {
    const { open: count } = await demo.alerts();
    await open('/alerts');
    const list = page.getByRole('list', { name: 'Alerts' });
    await expect(list.getByRole('listitem')).toHaveCount(count);
    await list.getByRole('listitem').first().getByRole('button', { name: 'Snooze for a week' }).click();
    await expect(list.getByRole('listitem')).toHaveCount(count - 1);
    await page.getByRole('tab', { name: 'Snoozed' }).click();
    await expect(list.getByRole('listitem')).toHaveCount(1);
    await list.getByRole('button', { name: 'Reopen' }).click();
    await expect(page.getByText('Nothing is snoozed')).toBeVisible();
    await expect.poll(async () => (await demo.alerts()).open).toBe(count);
  });

  test('keep the threshold that was set', async ({ open, page }) => {
    await open('/alerts?view=rules');
    const rule = page.getByRole('region', { name: 'A payment failed' });
    const field = rule.getByRole('textbox');
    const before = await field.inputValue();
    await field.fill('7.5');
    await rule.getByRole('button', { name: 'Save' }).click();
    await expect(rule.getByRole('button', { name: 'Save' })).toBeDisabled();
    await page.reload();
    await expect(field).toHaveValue('7.5');
    await field.fill(before);
    await rule.getByRole('button', { name: 'Save' }).click();
    await expect(rule.getByRole('button', { name: 'Save' })).toBeDisabled();
  });
});
