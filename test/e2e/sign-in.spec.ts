import { expect, test } from './support/test.ts';

test.describe('signing in', () => {
  test('the one-time address opens the cockpit and leaves no token behind', async ({ open, page }) => {
    await open('/');
    await expect(page.getByRole('heading', { name: 'Cockpit' })).toBeVisible();
    expect(page.url()).not.toContain('token');
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Cockpit' })).toBeVisible();
  });

  test('an address that was used before lets nobody in, and says what to do', async ({ demo, page, complaints }) => {
    const address = await demo.address('/');
    await page.goto(address);
    await expect(page.getByRole('heading', { name: 'Cockpit' })).toBeVisible();
    await page.context().clearCookies();
    await page.goto('about:blank');
    await page.goto(address);
    await expect(page.getByRole('heading', { name: 'This window is not signed in' })).toBeVisible();
    await expect(page.getByText('opens one browser, once')).toBeVisible();
    // The browser itself reports the refused exchange and the refused socket.
    expect(complaints.every((text) => /401|WebSocket/.test(text))).toBe(true);
    complaints.length = 0;
  });

  test('an address of no page says so inside the frame', async ({ open, page }) => {
    await open('/no/such/page');
    await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
    await page.getByRole('link', { name: 'Open the cockpit' }).click();
    await expect(page.getByRole('heading', { name: 'Cockpit' })).toBeVisible();
  });
});
