import { axe } from './support/axe.ts';
import { expect, test } from './support/test.ts';

test.describe('the handbook', () => {
  test('opens beside a room, goes from passage to passage and back, and leaves the room as it was', async ({
    open,
    page,
  }) => {
    await open('/retention');
    await expect(page.getByRole('grid', { name: 'Customers kept' })).toBeVisible();
    await page.getByRole('button', { name: 'Help: Retention' }).click();
    const sheet = page.getByRole('dialog', { name: 'Handbook' });
    await expect(sheet.getByRole('heading', { name: 'Retention', exact: true })).toBeVisible();
    await sheet.getByRole('button', { name: 'Retention and churn' }).click();
    await expect(sheet.getByRole('heading', { name: 'Retention and churn' })).toBeVisible();
    await sheet.getByRole('button', { name: 'Quick ratio' }).click();
    await expect(sheet.getByRole('heading', { name: /^Quick ratio/ })).toBeInViewport();
    await page.goBack();
    await expect(sheet.getByRole('heading', { name: 'Retention and churn' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
    await expect(page).toHaveURL(/\/retention(?!.*help)/);
    await expect(page.getByRole('button', { name: 'Help: Retention' })).toBeFocused();
  });

  test('answers F1 anywhere, also while text is written, and from a definition', async ({ open, page }) => {
    await open('/customers');
    await page.getByRole('searchbox', { name: 'Search customers' }).focus();
    await page.keyboard.press('F1');
    const sheet = page.getByRole('dialog', { name: 'Handbook' });
    await expect(sheet.getByRole('heading', { name: 'Customers', exact: true })).toBeVisible();
    await open('/?how=nrr');
    await page.getByRole('button', { name: 'In the handbook' }).click();
    await expect(sheet.getByRole('heading', { name: /Net revenue retention/ })).toBeInViewport();
  });

  test('is searched with typing errors, marks what was found, and opens by address at a heading', async ({
    open,
    demo,
    page,
  }) => {
    await open('/handbook');
    await page.getByRole('searchbox', { name: 'Search the handbook' }).fill('varimeter');
    const found = page.getByRole('navigation', { name: 'Passages that were found' });
    await found.getByRole('link', { name: /^The variometer/ }).click();
    await expect(page).toHaveURL(/\/handbook\/room-cockpit\?q=varimeter#the-variometer$/);
    await expect(page.getByRole('heading', { name: 'The variometer' })).toBeInViewport();
    await expect(page.locator('article mark').first()).toHaveText(/variometer/i);
    await page.getByRole('searchbox', { name: 'Search the handbook' }).fill('xqzvw');
    await expect(page.getByText('Nothing speaks of “xqzvw”')).toBeVisible();

    await page.goto(`${demo.origin}/handbook/closing#restatements`);
    await expect(page.getByRole('heading', { name: 'Restatements' })).toBeFocused();
    await open('/handbook/no-such-page');
    await expect(page.getByText('There is no such page')).toBeVisible();
  });

  test('is printed whole', async ({ open, page }) => {
    await open('/handbook/import-formats');
    await expect(page.getByRole('heading', { name: 'Releases' })).toBeVisible();
    await page.emulateMedia({ media: 'print' });
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    expect(height, 'the page is as long as its text').toBeGreaterThan(2_000);
    await expect(page.getByRole('navigation', { name: 'Contents of the handbook' })).toBeHidden();
  });

  for (const colorScheme of ['light', 'dark'] as const)
    test(`has no accessibility fault in the ${colorScheme} theme`, async ({ open, page }) => {
      await page.emulateMedia({ colorScheme });
      for (const path of [
        '/handbook/sources-stripe?q=restricted%20key',
        '/handbook/keyboard',
        '/settings?help=room-settings',
        '/alerts?setup=open',
      ]) {
        await open(path);
        await expect(page.getByText(/Stripe dashboard|Everywhere|Goals and sync|ticked off/).first()).toBeVisible();
        const { violations } = await axe(page).analyze();
        expect(violations.map(({ id, nodes }) => ({ path, id, where: nodes.map(({ html }) => html) }))).toEqual([]);
      }
    });
});
