import { expect, test } from './support/test.ts';

test.describe('the keyboard alone', () => {
  test('walks through the rooms by sequences', async ({ open, page }) => {
    await open('/');
    await expect(page.getByRole('heading', { level: 1, name: 'Cockpit' })).toBeVisible();
    for (const [keys, room] of [
      ['ge', 'Retention'],
      ['gu', 'Customers'],
      ['gp', 'Support and NPS'],
      ['ga', 'Alerts'],
      ['gn', 'Reconciliation'],
      ['gr', 'Reports'],
      ['gs', 'Sources'],
      ['gi', 'Import'],
      ['gt', 'Settings'],
      ['gc', 'Cockpit'],
    ] as const) {
      for (const key of keys) await page.keyboard.press(key);
      await expect(page.getByRole('heading', { level: 1, name: room })).toBeVisible();
      await expect(page).toHaveTitle(new RegExp(`(^|· )${room} ·`));
      await expect(page.locator('main')).toBeFocused();
    }
  });

  test('skips to the page with the first press of Tab', async ({ open, page }) => {
    await open('/');
    await expect(page.getByRole('heading', { level: 1, name: 'Cockpit' })).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Skip to the page' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.locator('main')).toBeFocused();
  });

  test('finds a customer in the palette and opens the page', async ({ open, demo, page }) => {
    const [largest] = (await demo.customers(1)).rows;
    const name = largest?.name ?? '';
    await open('/');
    await expect(page.getByRole('heading', { level: 1, name: 'Cockpit' })).toBeVisible();
    await page.keyboard.press('Control+k');
    await page.keyboard.type(name.slice(0, 8));
    await expect(page.getByRole('option', { name: new RegExp(name) }).first()).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  });

  test('finds actions and definitions in the palette', async ({ open, page }) => {
    await open('/');
    await expect(page.getByRole('heading', { level: 1, name: 'Cockpit' })).toBeVisible();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('dark theme');
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('theme of the system');
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).not.toHaveAttribute('data-theme', /./);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('quick ratio is computed');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: /Quick ratio/ })).toBeVisible();
  });

  test('does not open a customer found for half a word, when the answer for the whole comes late', async ({
    open,
    page,
  }) => {
    let delay = 0;
    await page.routeWebSocket(/.*/, (socket) => {
      const server = socket.connectToServer();
      server.onMessage((message) => void setTimeout(() => socket.send(message), delay));
    });
    await open('/');
    await expect(page.getByRole('heading', { level: 1, name: 'Cockpit' })).toBeVisible();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('da');
    await expect(page.getByRole('group', { name: 'Customers' }).getByRole('option').first()).toBeVisible();
    delay = 1_500;
    await page.keyboard.type('rk theme');
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(page.getByRole('heading', { level: 1, name: 'Cockpit' })).toBeVisible();
  });

  test('lists every shortcut under the question mark', async ({ open, page }) => {
    await open('/');
    await expect(page.getByRole('heading', { level: 1, name: 'Cockpit' })).toBeVisible();
    await page.keyboard.press('Shift+?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await expect(sheet.getByText('Sync now')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
  });
});
