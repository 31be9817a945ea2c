import { axe } from './support/axe.ts';
import { drawn } from './support/pages.ts';
import { expect, test } from './support/test.ts';

test.describe('the frame', () => {
  test('a further tab of a signed-in browser is let in, by a link and by a new window; another browser is not', async ({
    open,
    page,
    browser,
  }) => {
    await open('/?slice=plan:Scale');
    const rooms = page.getByRole('navigation', { name: 'Rooms' });
    const [second] = await Promise.all([
      page.context().waitForEvent('page'),
      rooms.getByRole('link', { name: 'Retention' }).click({ modifiers: ['ControlOrMeta'] }),
    ]);
    await expect(second.getByRole('heading', { level: 1, name: 'Retention' })).toBeVisible();
    await expect(second).toHaveURL(/slice=plan/);
    const [third] = await Promise.all([
      page.context().waitForEvent('page'),
      page.keyboard.press('Control+k').then(async () => {
        await page.keyboard.type('new window');
        await page.keyboard.press('Enter');
      }),
    ]);
    await expect(third.getByRole('article', { name: 'MRR', exact: true })).toContainText('$');
    await expect(page.getByRole('heading', { level: 1, name: 'Cockpit' })).toBeVisible();
    await second.close();
    await third.close();

    const stranger = await browser.newContext();
    const shut = await stranger.newPage();
    await shut.goto(new URL('/', page.url()).href);
    await expect(shut.getByText('This window is not signed in')).toBeVisible();
    await stranger.close();
  });

  test('the palette finds a customer by a slip, a metric where it stands, a setting and the handbook', async ({
    open,
    demo,
    page,
  }) => {
    const name = (await demo.customers(1)).rows[0]?.name ?? '';
    const word = name.split(' ').find((part) => part.length >= 5) ?? name;
    await open('/');
    await expect(page.getByRole('heading', { level: 1, name: 'Cockpit' })).toBeVisible();
    const find = async (text: string): Promise<void> => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type(text);
    };
    await find(`${word.slice(0, 2)}${word.slice(3)}`);
    await page.getByRole('option', { name: new RegExp(name) }).click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await find('gross revenue retention');
    await page.getByRole('group', { name: 'Metrics' }).getByRole('option').first().click();
    await expect(page.getByRole('heading', { level: 1, name: 'Retention' })).toBeVisible();
    await find('fiscal year');
    await page.getByRole('group', { name: 'Settings' }).getByRole('option').first().click();
    await expect(page).toHaveURL(/\/settings\/company#fiscalYearStartMonth/);
    await find('backup');
    await expect(page.getByRole('group', { name: 'Handbook' }).getByRole('option').first()).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('group', { name: 'Recent' }).getByRole('option', { name })).toBeVisible();
  });

  test('all long work stands in the tray, also after a reload', async ({ open, page }) => {
    await open('/');
    await page.getByRole('button', { name: 'Sync now' }).click();
    const trigger = page.getByRole('button', { name: /^Jobs/ });
    await trigger.click();
    const tray = page.getByRole('dialog', { name: 'Jobs' });
    const ended = tray.getByRole('region', { name: 'Ended' });
    await expect(ended.getByRole('listitem').filter({ hasText: /^Sync/ }).first()).toContainText('Done');
    await page.reload();
    await trigger.click();
    await expect(ended.getByRole('listitem').first()).toBeVisible();
    expect((await axe(page).analyze()).violations).toEqual([]);
    await ended.getByRole('listitem').filter({ hasText: /^Sync/ }).first().getByRole('button').click();
    await expect(page.getByRole('heading', { level: 1, name: 'Sources' })).toBeVisible();
  });

  test('what is done can be undone by Ctrl+Z while its message shows', async ({ open, demo, page }) => {
    await open('/alerts');
    const rows = page.getByRole('list', { name: 'Alerts' }).getByRole('listitem');
    const count = (await demo.alerts()).open;
    await expect(rows).toHaveCount(count);
    await rows.first().getByRole('button', { name: 'Snooze for a week' }).click();
    await expect(page.getByText(/^Snoozed for 7 days/)).toBeVisible();
    await expect(rows).toHaveCount(count - 1);
    await page.keyboard.press('Control+z');
    await expect(rows).toHaveCount(count);
    await expect(page.getByText(/^Snoozed for 7 days/)).toBeHidden();
  });

  test('a page that is come back to stands where it was left', async ({ open, page }) => {
    await page.setViewportSize({ width: 1440, height: 500 });
    await open('/revenue');
    await expect(page.getByRole('figure', { name: 'MRR over time' })).toBeVisible();
    await expect(page.getByText('By Stripe’s rules')).toBeVisible();
    await drawn(page);
    const main = page.locator('#main');
    await main.evaluate((element) => element.scrollTo({ top: 400 }));
    await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'Retention' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Retention' })).toBeVisible();
    await expect.poll(() => main.evaluate((element) => element.scrollTop)).toBe(0);
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Revenue' })).toBeVisible();
    await expect.poll(() => main.evaluate((element) => element.scrollTop)).toBeGreaterThan(300);
    await page.keyboard.press(']');
    await expect(page.getByRole('heading', { level: 1, name: 'Retention' })).toBeVisible();
  });

  test('the sidebar folds by itself, by a key and by its button; names stay for who listens', async ({
    open,
    page,
  }) => {
    await page.setViewportSize({ width: 1024, height: 700 });
    await open('/');
    const rooms = page.getByRole('navigation', { name: 'Rooms' });
    const width = () => rooms.evaluate((element) => element.getBoundingClientRect().width);
    await expect(rooms.getByRole('link', { name: 'Retention' })).toBeVisible();
    await expect.poll(width).toBeLessThan(70);
    await page.keyboard.press('Control+b');
    await expect.poll(width).toBeGreaterThan(150);
    await page.reload();
    await expect(rooms.getByRole('link', { name: 'Retention' })).toBeVisible();
    await expect.poll(width).toBeGreaterThan(150);
    await rooms.getByRole('button', { name: 'Fold' }).click();
    await expect.poll(width).toBeLessThan(70);
    expect((await axe(page).analyze()).violations).toEqual([]);
  });

  test('says in one place how fresh the figures are, and that the network is gone', async ({ open, page }) => {
    await open('/');
    const mark = page.getByRole('button', { name: /^Synced / });
    await mark.click();
    const panel = page.getByRole('dialog', { name: 'How fresh the figures are' });
    await expect(panel.getByText('Reachable: what changes is shown at once.')).toBeVisible();
    await expect(panel.getByText(/^Sync\. Stripe: last synced/)).toBeVisible();
    await page.keyboard.press('Escape');
    await page.evaluate(() => {
      Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
      window.dispatchEvent(new Event('offline'));
    });
    await expect(page.getByRole('button', { name: 'Offline' })).toBeVisible();
  });
});

test.describe('links from a cold start', () => {
  test('open a source with what is asked about it, and Escape leaves it', async ({ open, page }) => {
    await open('/sources?add=choose');
    await expect(
      page
        .getByRole('dialog')
        .getByRole('button', { name: /HubSpot/ })
        .first(),
    ).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page).not.toHaveURL(/add=/);
    await open('/sources?source=1&ask=disconnect');
    await expect(page.getByRole('dialog', { name: /Disconnect/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page).not.toHaveURL(/ask=/);
  });

  test('open an alert with the focus on it', async ({ open, demo, page }) => {
    const { rows } = await demo.alerts();
    const third = rows[2];
    if (third === undefined) throw new Error('the demo has three alerts');
    await open(`/alerts?alert=${third.alertId}`);
    await expect(page.locator(`[data-alert="${third.alertId}"]`)).toBeFocused();
    await page.keyboard.press('k');
    await expect(page).not.toHaveURL(new RegExp(`alert=${third.alertId}$`));
  });

  test('open the rows behind a figure of a part of the company on a day', async ({ open, page }) => {
    await open('/revenue?why=mrr&to=2026-06-30&slice=plan:Scale');
    const rows = page.getByRole('table', { name: 'Rows behind MRR' }).getByRole('row');
    await expect(rows.nth(1)).toContainText('Scale');
  });
});
