import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { Host } from './support/host.ts';
import { expect, test } from './support/test.ts';

test.describe('settings of the demo company', () => {
  test('are found by name from the keyboard, led to by links, and marked', async ({ open, page }) => {
    await open('/settings');
    await page.getByRole('searchbox', { name: 'Search settings' }).fill('decimal excel');
    await expect(page.getByRole('list', { name: 'Settings found' }).getByRole('listitem')).toHaveCount(1);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/settings\/formats#exportFormat$/);
    await expect(page.getByRole('radio', { name: 'For other programs' })).toBeFocused();
    // A link from elsewhere, in a window that is signed in.
    await page.goto(new URL('/settings/notifications#weeklyDigest', page.url()).href);
    await expect(page.getByRole('switch', { name: 'View of the week' })).toBeFocused();
    await page.getByRole('searchbox', { name: 'Search settings' }).fill('no such thing');
    await expect(page.getByText('No setting is called that.')).toBeVisible();
  });

  test('take effect at once in every window, and are taken back by the message’s undo', async ({
    open,
    page,
    context,
  }) => {
    await open('/settings/formats');
    await expect(page.getByText('1,234,567 · 12.3%')).toBeVisible();
    const other = await context.newPage();
    await other.goto(new URL('/', page.url()).href);
    await expect(other.getByRole('article', { name: 'MRR', exact: true })).toContainText('$');
    await page.getByRole('combobox', { name: 'Language of figures and days' }).selectOption('de-DE');
    await expect(page.getByText('1.234.567 · 12,3 %')).toBeVisible();
    await expect(page.getByText('Kestrel Labs;21.11.2026;1234,50;0,125')).toBeVisible();
    await expect(other.getByRole('article', { name: 'MRR', exact: true })).toContainText(/\d\.\d{3}\s\$/);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('1,234,567 · 12.3%')).toBeVisible();
    await other.close();
  });

  test('a wrong one says what and where, and nothing is changed', async ({ open, page }) => {
    await open('/settings/goals');
    const minutes = page.getByRole('textbox', { name: 'Sync every' });
    await minutes.fill('3');
    await minutes.press('Enter');
    await expect(page.getByText('Enter 5 to 1440 minutes.')).toBeVisible();
    await minutes.press('Escape');
    await expect(minutes).toHaveValue('15');
    await open('/settings/company');
    await page
      .getByLabel('Logo for reports')
      .setInputFiles({ name: 'x.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
    await expect(page.getByText(/Logo for reports: not a PNG/)).toBeVisible();
  });

  test('appearance is seen at once, and before the database opens the next time', async ({ open, page }) => {
    await open('/settings/appearance');
    const html = page.locator('html');
    await page.getByRole('radio', { name: 'More' }).click();
    await expect(html).toHaveAttribute('data-contrast', 'more');
    await page.getByRole('radio', { name: 'Larger' }).click();
    await expect(html).toHaveCSS('font-size', '20px');
    await page.getByRole('radio', { name: 'Compact' }).click();
    await expect(html).toHaveAttribute('data-density', 'compact');
    await page.reload();
    await expect(html).toHaveAttribute('data-text-size', 'larger');
    for (const [group, usual] of [
      ['Contrast', 'As the system'],
      ['Text size', 'Normal'],
      ['Density', 'Comfortable'],
    ] as const)
      await page.getByRole('radiogroup', { name: group }).getByRole('radio', { name: usual }).click();
    await expect(html).not.toHaveAttribute('data-contrast');
    await expect(html).toHaveCSS('font-size', '16px');
  });

  test('licences of what is brought along can be read offline, and so can the bundle before it is saved', async ({
    open,
    page,
  }) => {
    await open('/settings/about');
    await page.getByRole('table', { name: 'Licences' }).getByText('@babel/runtime', { exact: true }).click();
    await expect(page.getByRole('textbox', { name: 'Text of the licence' })).toHaveValue(/MIT License/);
    await page.keyboard.press('Escape');
    await open('/settings/diagnostics');
    await page.getByRole('tab', { name: 'database.json' }).click();
    await expect(page.getByRole('textbox', { name: 'database.json' })).toHaveValue(/"customer": \d+/);
    await open('/settings/privacy');
    await expect(
      page.getByRole('table', { name: 'Hosts that were spoken with' }).getByText('this computer').first(),
    ).toBeVisible();
  });
});

test('an own company: ways to the key, everything exported, compacted, and erased', async ({ page }) => {
  const host = await Host.company();
  await page.goto(await host.address('/settings/security'));
  await expect(page.getByText(/Opens anywhere, for whoever knows it\. Set /)).toBeVisible();
  await page.getByRole('combobox', { name: 'Lock after' }).selectOption('15');
  await expect(page.getByText('Lock after: saved.')).toBeVisible();

  await page.getByRole('link', { name: 'Data', exact: true }).click();
  await page.getByRole('button', { name: 'Export everything', exact: true }).click();
  const exported = page.getByRole('complementary').filter({ hasText: 'Everything is exported' });
  await expect(exported).toContainText('.zip');
  const file = /^.*?(\/\S.*?\.zip)/.exec((await exported.textContent()) ?? '')?.[1] ?? '';
  const zip = unzipSync(readFileSync(file.replace('Everything is exported', '')));
  expect(Object.keys(zip)).toEqual(expect.arrayContaining(['customer.csv', 'invoice.csv', 'movement.csv']));
  expect(strFromU8(zip['customer.csv']!)).toContain('customer_id');
  await page.getByRole('button', { name: 'Compact now' }).click();
  await expect(page.getByText('The database is compact.')).toBeVisible();

  await page.getByRole('button', { name: 'Erase everything…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Erase everything?' });
  const erase = dialog.getByRole('button', { name: 'Erase everything' });
  await expect(erase).toBeDisabled();
  await dialog.getByRole('textbox').fill('Kestrel Labs');
  await erase.click();
  await expect(page).toHaveURL(/\/welcome/);
  expect((await host.status()).state).toBe('new');
  expect(await host.files()).not.toContain('vario.db');
  await page.close();
  await host.stop();
});

test('policies: every switch, what others would make of MRR, and the change previewed in money', async ({
  open,
  page,
}) => {
  await open('/settings/policies');
  const others = page.getByRole('list', { name: 'Other sets of rules' });
  await expect(others.getByRole('listitem').filter({ hasText: 'Stripe' })).toContainText(/MRR \$[\d,.]+, [+−]\$/);
  await expect(page.getByRole('heading', { name: 'Switches of Vario' })).toBeVisible();
  await others.getByRole('button', { name: 'Use Stripe’s rules…' }).click();
  const preview = page.getByRole('dialog', { name: 'Count by Stripe’s rules?' });
  await expect(preview.getByText('MRR then')).toBeVisible();
  await preview.getByRole('button', { name: 'Cancel' }).click();

  await page.getByRole('button', { name: 'Own switches…' }).click();
  await page.getByRole('dialog', { name: 'Own switches' }).getByRole('combobox').first().selectOption('ChartMogul');
  await page.getByRole('button', { name: 'Show the difference' }).click();
  await expect(page.getByText(/nothing has changed yet/)).toBeVisible();
  await page.getByRole('button', { name: 'Use Own switches over ChartMogul’s rules…' }).click();
  await expect(page.getByRole('dialog', { name: /^Count by Own switches/ }).getByText('MRR then')).toBeVisible();
});
