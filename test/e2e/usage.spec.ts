import { expect, test } from './support/test.ts';

test.describe('product usage', () => {
  test('tells who is active, who becomes a customer, and who is near a limit', async ({ open, page }) => {
    await open('/usage');
    await expect(page.getByRole('figure', { name: 'Active users' })).toBeVisible();
    await page.getByRole('radio', { name: 'Month' }).click();
    await expect(page).toHaveURL(/step=month/);
    const funnel = page.getByRole('table', { name: 'From visit to payment, by channel' });
    const all = funnel.getByRole('row').last();
    await expect(all).toContainText('All channels');
    const numbers = (await all.getByRole('cell').allTextContents())
      .slice(1)
      .map((text) => Number(text.split(' ·')[0]?.replaceAll(',', '')));
    // Fewer at every step, of visitors and of those who signed up.
    expect(numbers[0]).toBeGreaterThan(numbers[1] ?? 0);
    for (const later of numbers.slice(2)) expect(numbers[1]).toBeGreaterThanOrEqual(later);
    await page.getByRole('radio', { name: '7 days' }).click();
    await expect(page).toHaveURL(/within=7/);
    await page.getByRole('button', { name: 'How the funnel is counted' }).click();
    await expect(page.getByRole('dialog')).toContainText('first seen');
    await page.keyboard.press('Escape');
    const near = page.getByRole('table', { name: 'Near a limit' }).getByRole('row').nth(1);
    const name = (await near.getByRole('cell').first().textContent()) ?? '';
    await near.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
    const used = page.getByRole('region', { name: 'Product usage' });
    await expect(used).toContainText('Last active');
    await expect(used.getByRole('table', { name: 'Features used' })).toContainText('report made');
  });

  test('a feature’s use, and the active users’, lead to the accounts that they are made of', async ({ open, page }) => {
    await open('/usage');
    await page
      .getByRole('table', { name: 'Features in use' })
      .getByRole('row')
      .filter({ hasText: /^report made/ })
      .click();
    const sheet = page.getByRole('dialog', { name: 'Who used report made' });
    await expect(sheet.getByText(/^[\d,]+ times in all: /)).toBeVisible();
    await expect(sheet.getByRole('row').nth(1)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
    await page.getByRole('button', { name: 'Why: the rows behind Active users' }).click();
    const active = page.getByRole('dialog', { name: 'Who was active' });
    const row = active.getByRole('row').nth(1);
    const name = (await row.getByRole('cell').first().textContent()) ?? '';
    await row.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
  });

  test('meters of the billing system are a source of use, and a customer can have limits of its own', async ({
    open,
    page,
  }) => {
    await open('/usage');
    await page.getByRole('combobox', { name: 'Source' }).click();
    await page.getByRole('option', { name: /Stripe/ }).click();
    await expect(page.getByRole('table', { name: 'Meters' })).toContainText('api_call');
    await expect(page.getByRole('figure', { name: 'Active users' })).toBeHidden();
    const near = page.getByRole('table', { name: 'Near a limit' }).getByRole('row').nth(1);
    await near.focus();
    await page.keyboard.press('Enter');
    const limits = page.getByRole('region', { name: 'Limits' });
    await limits.getByRole('button', { name: 'Own limits' }).click();
    const dialog = page.getByRole('dialog', { name: 'Limits of this customer' });
    await dialog.getByRole('textbox', { name: 'Includes' }).fill('123456');
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('list', { name: 'Own limits' })).toContainText('123,456');
    // Leaves the company as it was.
    await dialog.getByRole('button', { name: /^Remove the limit for/ }).click();
    await expect(dialog.getByRole('list', { name: 'Own limits' })).toBeHidden();
    await page.keyboard.press('Escape');
    await expect(limits).toBeVisible();
  });

  test('what an event means can be changed, is previewed, and taken back before it is applied', async ({
    open,
    page,
  }) => {
    await open('/usage');
    await page.getByRole('link', { name: 'What events mean' }).click();
    const apply = page.getByRole('button', { name: 'Apply' });
    await expect(apply).toBeDisabled();
    await page.getByRole('combobox', { name: 'Activated' }).selectOption({ label: 'Not tracked' });
    await expect(page.getByText(/days have to be read again once this is applied/)).toBeVisible();
    await page.getByRole('combobox', { name: 'Customer', exact: true }).fill('nowhere');
    await expect(page.getByText('no event of late carries the customer’s property')).toBeVisible();
    await expect(apply).toBeEnabled();
    await page.getByRole('button', { name: 'Discard' }).click();
    await expect(apply).toBeDisabled();
    await expect(page.getByRole('combobox', { name: 'Customer', exact: true })).toHaveValue('$group_0');
  });

  test('features and limits take effect at once', async ({ open, page }) => {
    await open('/usage/mapping');
    const feature = page.getByRole('checkbox', { name: 'alert set is a feature' });
    await feature.click();
    await expect(feature).not.toBeChecked();
    await page.getByRole('combobox', { name: 'Plan', exact: true }).selectOption('Enterprise');
    await page.getByRole('combobox', { name: 'Event', exact: true }).selectOption('data exported');
    const amount = page.getByRole('textbox', { name: 'Includes' });
    await amount.fill('-3');
    await expect(page.getByText('A whole number above 0')).toBeVisible();
    await amount.fill('2');
    await page.keyboard.press('Enter');
    const limits = page.getByRole('table', { name: 'Limits' });
    await expect(limits.getByRole('row', { name: /Enterprise data exported/ })).toBeVisible();
    // As it was found.
    await page.getByRole('button', { name: 'Remove the limit of Enterprise for data exported' }).click();
    await expect(limits.getByRole('row', { name: /Enterprise data exported/ })).toHaveCount(0);
    await feature.click();
    await expect(feature).toBeChecked();
  });
});
