/** A file on its way in: dropped on the window, mapped, tried, imported, seen in the figures, and taken back. */
import type { Page } from '@playwright/test';
import { axe } from './support/axe.ts';
import { Host } from './support/host.ts';
import { expect, test } from './support/test.ts';

const HEADER = 'Subscription ID;Customer ID;Customer name;Plan;Status;Amount;Currency;Interval;Started';
const ROWS = [
  'sub_a;k_a;Anker Werke;Team;active;1.000,00;USD;month;03/04/2026',
  'sub_b;k_b;Birke AG;Team;active;250,50;USD;month;05/04/2026',
  'sub_c;k_c;Cedar Ltd;Team;active;a lot;USD;month;07/04/2026',
];
const CSV = [HEADER, ...ROWS].join('\r\n');

/** Lets a file go over the middle of the window, as a hand would. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content ?? ''], fileName ?? ''));
      return transfer;
    },
    [name, text],
  );
  for (const type of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('main', type, { dataTransfer: data });
}

test.describe('importing a file', () => {
  let host: Host;
  test.beforeAll(async () => {
    host = await Host.company();
  });
  test.afterAll(async () => {
    await host.stop();
  });

  test('dropped anywhere, its open question answered, it is tried, imported, counted, and taken back', async ({
    page,
  }) => {
    const before = await host.snapshot();
    await page.goto(await host.address('/customers'));
    await expect(page.getByRole('heading', { level: 1, name: 'Customers' })).toBeVisible();
    await drop(page, 'subscriptions.csv', CSV);
    await expect(page).toHaveURL(/\/import\?upload=\d+/);
    await expect(page.getByLabel('Between columns')).toHaveValue(';');
    await expect(page.getByLabel('Kind of rows')).toHaveValue('subscriptions');
    // Days that can be read in two ways are asked for, never guessed.
    await expect(page.getByRole('button', { name: /^Import \d/ })).toBeDisabled();
    await page.getByRole('button', { name: 'Day first' }).click();
    const columns = page.getByRole('table', { name: 'Columns of the file' });
    await expect(columns.getByText('“a lot” is no amount')).toBeVisible();
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await axe(page).analyze();
      expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html.slice(0, 200)) }))).toEqual(
        [],
      );
    }
    await expect(page.getByRole('table', { name: 'First rows' }).getByText('2026-04-03')).toBeVisible();

    await page.getByRole('button', { name: 'Try all rows' }).click();
    const tried = page.getByRole('region', { name: 'What the import would do' });
    await expect(tried.getByText('2 of 3 rows fit, 1 would be left out')).toBeVisible();
    expect((await host.snapshot()).mrr).toEqual(before.mrr);

    await page.getByRole('button', { name: 'Import 3 rows' }).click();
    await expect(page.getByText('subscriptions.csv is imported')).toBeVisible();
    await expect.poll(async () => (await host.snapshot()).mrr).toBe((before.mrr ?? 0) + 125_050);

    await page.getByRole('button', { name: 'Take it back' }).click();
    await expect(page.getByText('The import was taken back')).toBeVisible();
    await expect.poll(async () => (await host.snapshot()).mrr).toBe(before.mrr);
    await page.getByRole('link', { name: 'All imports and rows left out' }).click();
    const history = page.getByRole('table', { name: 'Imports' });
    await expect(history.getByRole('row').nth(1)).toContainText('Taken back');
  });

  test('a column is read as something else, what is missing is told, and the mapping is kept for the next file', async ({
    page,
  }) => {
    await page.goto(await host.address('/import'));
    const chooser = page.getByLabel('File to import', { exact: true });
    await chooser.setInputFiles({
      name: 'who.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('Nr,Who\n1,Ada\n2,Bo\n'),
    });
    await page.getByLabel('Kind of rows').selectOption('customers');
    await expect(page.getByText('No column says Customer ID')).toBeVisible();
    await page.getByLabel('Nr is read as').selectOption('id');
    await expect(page.getByText('No column says')).toHaveCount(0);
    await page.getByLabel('Who is read as').selectOption('name');
    await expect(page.getByRole('table', { name: 'First rows' }).getByText('Ada')).toBeVisible();
    await page.getByRole('button', { name: 'Import 2 rows' }).click();
    await expect(page.getByText('who.csv is imported')).toBeVisible();
    await page.getByRole('link', { name: 'Import another file' }).click();
    await chooser.setInputFiles({ name: 'more.csv', mimeType: 'text/csv', buffer: Buffer.from('Nr,Who\n3,Cy\n') });
    await expect(page.getByText('as kept from the last file with these columns')).toBeVisible();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('tab', { name: 'Mappings' }).click();
    await expect(page.getByRole('table', { name: 'Kept mappings' }).getByText('Nr, Who')).toBeVisible();
  });

  test('what is no table says so, and an empty file is not taken', async ({ page }) => {
    await page.goto(await host.address('/import'));
    const chooser = page.getByLabel('File to import', { exact: true });
    const picture = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 0, 1, 2, 3]);
    await chooser.setInputFiles({ name: 'logo.csv', mimeType: 'text/csv', buffer: picture });
    await expect(page.getByText('This file cannot be read as a table')).toBeVisible();
    await page.getByRole('button', { name: 'Discard' }).click();
    await chooser.setInputFiles({ name: 'nothing.csv', mimeType: 'text/csv', buffer: Buffer.alloc(0) });
    await expect(page.getByText('The file is empty')).toBeVisible();
  });

  test('is found by ⌘K and by its keys', async ({ page }) => {
    await page.goto(await host.address('/'));
    await expect(page.getByRole('heading', { level: 1, name: 'Cockpit' })).toBeVisible();
    for (const key of 'gi') await page.keyboard.press(key);
    await expect(page.getByRole('heading', { level: 1, name: 'Import' })).toBeVisible();
    await page.keyboard.press('ControlOrMeta+k');
    const opened = page.waitForEvent('filechooser');
    await page.keyboard.type('import a file');
    await page.keyboard.press('Enter');
    await (await opened).setFiles({ name: 'who.csv', mimeType: 'text/csv', buffer: Buffer.from('Nr,Who\n1,Ada\n') });
    await expect(page).toHaveURL(/upload=\d+/);
  });
});
