import { Host } from './support/host.ts';
import { keyboardOf } from './support/keyboard.ts';
import { drawn } from './support/pages.ts';
import { PASSPHRASE } from './support/prepared-company.ts';
import { expect, test } from './support/test.ts';

test.describe('without a pointer', () => {
  test('a figure is followed: room, filter, rows behind it, definition, and back to where one was', async ({
    open,
    page,
  }) => {
    const { press, tabTo } = await keyboardOf(page);
    await open('/');
    await expect(page.getByRole('heading', { level: 1, name: 'Cockpit' })).toBeVisible();
    await press('g', 'v');
    const tile = page.getByRole('article', { name: 'MRR', exact: true });
    await expect(tile).toContainText('$');
    await press('f');
    await tabTo(page.getByRole('button', { name: 'Usual period' }));
    await press('Enter');
    await tabTo(page.getByRole('button', { name: '12 months' }));
    await press('Enter');
    await expect(page).toHaveURL(/period=12/);
    const why = tile.getByRole('button', { name: 'Why: the rows behind MRR' });
    await tabTo(why);
    await press('Enter');
    const sheet = page.getByRole('dialog', { name: /^Why MRR is/ });
    const rows = sheet.getByRole('table', { name: /^Rows behind/ }).getByRole('row');
    await expect(rows.nth(1)).toBeVisible();
    await tabTo(rows.nth(1));
    await press('ArrowDown');
    await expect(rows.nth(2)).toBeFocused();
    await tabTo(sheet.getByRole('button', { name: 'All rows as CSV' }), 'Shift+Tab');
    const [saved] = await Promise.all([page.waitForEvent('download'), press('Enter')]);
    expect(saved.suggestedFilename()).toMatch(/\.csv$/);
    await press('Escape');
    await expect(sheet).toBeHidden();
    await expect(why).toBeFocused();
    await tabTo(tile.getByRole('button', { name: 'How MRR is computed' }));
    await press('Enter');
    await expect(page.getByRole('dialog').getByText('Formula')).toBeVisible();
    await press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(tile.getByRole('button', { name: 'How MRR is computed' })).toBeFocused();
    await press('r');
    await expect(page).not.toHaveURL(/period=/);
  });

  test('Escape closes a sheet at once, also one whose rows are remembered, and from a button with a tooltip', async ({
    open,
    page,
  }) => {
    const { press, tabTo } = await keyboardOf(page);
    await open('/revenue');
    const tile = page.getByRole('article', { name: 'MRR', exact: true });
    await expect(tile).toContainText('$');
    const why = tile.getByRole('button', { name: 'Why: the rows behind MRR' });
    const sheet = page.getByRole('dialog', { name: /^Why MRR is/ });
    for (const time of ['first', 'second']) {
      await tabTo(why);
      await press('Enter');
      await expect(sheet.getByRole('row').nth(1), time).toBeVisible();
      await press('Escape');
      await expect(sheet, time).toBeHidden();
      await expect(why, time).toBeFocused();
    }
    await press('Enter');
    await tabTo(sheet.getByRole('button', { name: 'Close' }), 'Shift+Tab');
    await expect(page.getByRole('tooltip', { name: 'Close' })).toBeVisible();
    await press('Escape');
    await expect(sheet).toBeHidden();
    await expect(why).toBeFocused();
  });

  test('a chart is read, looked at closely and turned into its table', async ({ open, page }) => {
    const { press, tabTo } = await keyboardOf(page);
    await open('/revenue');
    const figure = page.getByRole('figure', { name: 'MRR over time' });
    const drawing = figure.getByRole('application').or(figure.locator('svg[tabindex="0"]')).first();
    await tabTo(drawing);
    await press('ArrowRight', 'ArrowRight', '+');
    await expect(figure.getByRole('button', { name: 'Whole period' })).toBeVisible();
    await press('0');
    await expect(figure.getByRole('button', { name: 'Whole period' })).toBeHidden();
    await tabTo(figure.getByRole('button', { name: 'Show as table' }), 'Shift+Tab');
    await press('Enter');
    await expect(figure.getByRole('table')).toBeVisible();
    await press('Enter');
    await expect(figure.getByRole('table')).toBeHidden();
  });

  test('alerts are gone through, done and taken back', async ({ open, demo, page }) => {
    const { press, tabTo } = await keyboardOf(page);
    const { open: count } = await demo.alerts();
    await open('/alerts');
    const items = page.getByRole('list', { name: 'Alerts' }).getByRole('listitem');
    await expect(items).toHaveCount(count);
    await tabTo(items.first().locator('[data-alert]'));
    await press('j', 'k', 'e');
    await expect(items).toHaveCount(count - 1);
    await tabTo(page.getByRole('button', { name: 'Undo' }));
    await press('Enter');
    await expect(items).toHaveCount(count);
  });

  test('costs are typed, noted, and undone', async ({ open, page }) => {
    const { press, tabTo, type } = await keyboardOf(page);
    await open('/costs');
    const grid = page.getByRole('table', { name: 'Costs by month' });
    const cell = grid.getByRole('button', { name: /^Other, Oct 2026: / });
    // One stop of Tab for the grid; the arrows go on inside.
    await tabTo(grid.locator('button[tabindex="0"]').first());
    for (let row = 0; row < 40 && !(await cell.evaluate((it) => it === document.activeElement)); row++)
      await press('ArrowDown');
    await expect(cell).toBeFocused();
    await type('4321');
    await press('Enter');
    await expect(cell).toHaveText('4,321');
    await press('Control+z');
    await expect(cell).toHaveText('·');
  });

  test('accounts are matched and the match is taken back', async ({ open, page }) => {
    const { press, tabTo } = await keyboardOf(page);
    await open('/matching');
    const rows = page.getByRole('table', { name: 'Accounts to confirm' }).getByRole('row');
    await expect(rows.nth(1)).toBeVisible();
    const account = (await rows.nth(1).getByRole('cell').first().textContent()) ?? '';
    await tabTo(rows.nth(1).getByRole('button', { name: 'Same', exact: true }));
    await press('Enter');
    await expect(rows.filter({ hasText: account })).toHaveCount(0);
    await tabTo(page.getByRole('tab', { selected: true }), 'Shift+Tab');
    await press('End');
    const latest = page.getByRole('table', { name: 'Decisions' }).getByRole('row').nth(1);
    await expect(latest).toContainText(account);
    await tabTo(latest.getByRole('button', { name: 'Take back' }));
    await press('Enter');
    await expect(page.getByRole('table', { name: 'Decisions' }).getByRole('row').nth(1)).toContainText('is no longer');
  });

  test('a setting is found and changed; the handbook answers a question', async ({ open, page }) => {
    const { press, tabTo, type } = await keyboardOf(page);
    await open('/settings');
    await tabTo(page.getByRole('searchbox', { name: 'Search settings' }));
    await type('theme');
    await tabTo(page.getByRole('list', { name: 'Settings found' }).getByRole('button', { name: /^Theme/ }));
    await press('Enter');
    await expect(page).toHaveURL(/\/settings\/appearance/);
    const themes = page.getByRole('group', { name: 'Theme' }).or(page.getByRole('radiogroup', { name: 'Theme' }));
    // The focus follows a key in the turn after it.
    const move = async (key: string, to: string): Promise<void> => {
      await press(key);
      await expect(themes.getByRole('radio', { name: to })).toBeFocused();
    };
    await tabTo(themes.getByRole('radio', { name: 'As the system' }));
    await move('ArrowRight', 'Light');
    await move('ArrowRight', 'Dark');
    await press('Space');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await move('Home', 'As the system');
    await press('Space');
    await expect(page.locator('html')).not.toHaveAttribute('data-theme', 'dark');
    await press('Control+k');
    await type('handbook');
    await press('Enter');
    const search = page.getByRole('searchbox', { name: 'Search the handbook' });
    await tabTo(search);
    await type('close a month');
    await press('Tab');
    await press('Enter');
    await expect(page).toHaveURL(/\/handbook\/[a-z-]+/);
  });
});

test.describe('without a pointer, in a company of its own', () => {
  let host: Host;
  test.beforeAll(async () => {
    host = await Host.company();
  });
  test.afterAll(async () => {
    await host.stop();
  });

  test('locked and unlocked', async ({ page }) => {
    const { press, type } = await keyboardOf(page);
    await page.goto(await host.address('/'));
    await expect(page.getByRole('heading', { level: 1, name: 'Cockpit' })).toBeVisible();
    await press('Control+Shift+L');
    await expect(page.getByRole('textbox', { name: 'Passphrase' })).toBeFocused();
    await type(PASSPHRASE);
    await press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Cockpit' })).toBeVisible();
  });

  test('a month is closed and opened again', async ({ page }) => {
    const { press, tabTo, type } = await keyboardOf(page);
    await page.goto(await host.address('/reconciliation?tab=months'));
    const close = page.getByRole('button', { name: /^Close [A-Z][a-z]+ \d{4}$/ });
    await tabTo(close);
    const month = ((await close.textContent()) ?? '').replace('Close ', '');
    await press('Enter');
    const dialog = page.getByRole('dialog', { name: `Close ${month}?` });
    await tabTo(dialog.getByRole('button', { name: 'Close the month' }));
    await press('Enter');
    await expect(dialog).toBeHidden();
    const row = page
      .getByRole('table', { name: 'Months as reported and as known' })
      .getByRole('row', { name: new RegExp(`^${month}`) });
    await expect(row).toContainText('Closed');
    await tabTo(row);
    await press('Enter');
    const sheet = page.getByRole('dialog', { name: month });
    await tabTo(sheet.getByRole('textbox', { name: 'Reason' }));
    await type('An invoice was booked late');
    await tabTo(sheet.getByRole('button', { name: 'Open again' }));
    await press('Enter');
    await press('Escape');
    await expect(row).toContainText('Open again');
  });

  test('a file is chosen, tried, imported and taken back', async ({ page }) => {
    const { press, tabTo } = await keyboardOf(page);
    // Asked for before the page is there: Chromium is told of it while the page is on its way.
    const opened = page.waitForEvent('filechooser');
    await page.goto(await host.address('/import'));
    await drawn(page);
    await tabTo(page.getByRole('button', { name: 'Choose a file…' }));
    await press('Enter');
    const chooser = await opened;
    const csv = 'Subscription ID;Customer ID;Customer name;Plan;Status;Amount;Currency;Interval;Started\n';
    await chooser.setFiles({
      name: 'subscriptions.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`${csv}sub_a;k_a;Anker Werke;Team;active;1.000,00;USD;month;2026-03-04\n`),
    });
    await tabTo(page.getByRole('button', { name: 'Try all rows' }));
    await press('Enter');
    await expect(page.getByRole('region', { name: 'What the import would do' })).toBeVisible();
    await tabTo(page.getByRole('button', { name: /^Import 1 row/ }));
    await press('Enter');
    await expect(page.getByText('subscriptions.csv is imported')).toBeVisible();
    await tabTo(page.getByRole('button', { name: 'Take it back' }));
    await press('Enter');
    await expect(page.getByText('The import was taken back')).toBeVisible();
  });

  test('the board pack is printed', async ({ page }) => {
    const { press, tabTo } = await keyboardOf(page);
    await page.goto(await host.address('/reports'));
    await tabTo(page.getByRole('button', { name: 'Print PDF' }));
    await press('Enter');
    await expect(page.getByText(/^Board pack .*\.pdf/).first()).toBeVisible({ timeout: 40_000 });
  });
});
