import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { expect, test } from './support/test.ts';

const FONTS = join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'standard_fonts/');

test.describe('Today', () => {
  test('says what happened; a sum opens its rows, a line its customer, Back leads back', async ({ open, page }) => {
    await open('/today');
    await expect(page.getByText(/^MRR (went|did not|came)/)).toBeVisible();
    const ahead = page.getByRole('region', { name: 'Trials ending' });
    await expect(ahead.getByRole('listitem').first()).toBeVisible();
    await page
      .getByRole('region', { name: 'Figures' })
      .getByRole('button', { name: 'Why: the rows behind MRR' })
      .click();
    const why = page.getByRole('dialog', { name: /MRR/ });
    await expect(why).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(why).toBeHidden();
    const line = ahead.getByRole('listitem').first().getByRole('button');
    await line.click();
    await expect(page).toHaveURL(/\/customers\/\d+/);
    await page.goBack();
    await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible();
  });

  test('any day can be chosen, and stands in the address', async ({ open, page }) => {
    await open('/today?since=2026-10-05&until=2026-10-05');
    await expect(page.getByText('Monday, October 5, 2026')).toBeVisible();
    await page.getByRole('button', { name: 'The day after' }).click();
    await expect(page).toHaveURL(/since=2026-10-06/);
    await expect(page.getByText('Tuesday, October 6, 2026')).toBeVisible();
    await page.getByRole('button', { name: 'Since yesterday' }).click();
    await expect(page).not.toHaveURL(/since=/);
  });

  test('is copied as Markdown with the numbers of the page', async ({ open, page, context, demo }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: demo.origin });
    await open('/today');
    const first = (await page.getByText(/^MRR (went|did not|came)/).textContent()) ?? '';
    await page.getByRole('button', { name: 'Copy as Markdown' }).click();
    await expect(page.getByText('Copied as Markdown')).toBeVisible();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    expect(text).toMatch(/^# Kestrel Labs: since /);
    expect(text.replaceAll('\\', '')).toContain(first);
  });
});

test.describe('Week', () => {
  test('holds the week against the targets; a target is set and taken back', async ({ open, page }) => {
    await open('/week');
    await expect(page.getByRole('figure', { name: 'ARR against the target' })).toBeVisible();
    await expect(page.getByText(/^ARR is .* the path to \$1,000,000/).first()).toBeVisible();
    await expect(page.getByRole('figure', { name: 'MRR against the target' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Targets…' }).click();
    const sheet = page.getByRole('dialog', { name: 'Targets' });
    await sheet.getByRole('button', { name: 'Add a target' }).click();
    await sheet.getByLabel('Figure').selectOption({ label: 'MRR' });
    await sheet.getByRole('button', { name: 'Save the target' }).click();
    await expect(sheet.getByText('Enter a number')).toBeVisible();
    await sheet.getByLabel('Value, in USD').fill('100,000');
    await sheet.getByLabel('To be reached by the end of').fill('2028-12-31');
    await sheet.getByRole('button', { name: 'Save the target' }).click();
    await expect(sheet.getByText('$100,000.00 MRR by')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('figure', { name: 'MRR against the target' })).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('figure', { name: 'MRR against the target' })).toHaveCount(0);
  });

  test('goes to the week before by keyboard, and from the room’s keys', async ({ open, page }) => {
    await open('/today');
    await expect(page.getByRole('heading', { name: 'In short' })).toBeVisible();
    await page.keyboard.press('g');
    await page.keyboard.press('k');
    await expect(page).toHaveURL(/\/week/);
    const before = page.getByRole('button', { name: 'The week before' });
    await expect(before).toBeEnabled();
    await before.focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/of=/);
    await expect(page.getByRole('button', { name: 'Latest week' })).toBeVisible();
  });
});

for (const [kind, format, words] of [
  ['daily', 'A4', ['Kestrel Labs', 'Figures', 'Cash collected', 'Gains', 'The next seven days', 'Computed']],
  [
    'weekly',
    'Letter',
    ['Kestrel Labs', 'ARR against the target', 'MRR bridge of the week', 'Largest gains', 'Computed'],
  ],
] as const)
  test(`the ${kind} digest prints on ${format}: every part, embedded fonts, nothing cut off`, async ({
    open,
    page,
  }, info) => {
    await open(`/report/${kind}?format=${format}`);
    await expect(page.locator('body')).toHaveAttribute('data-ready', 'true');
    const wide = await page.locator('.board').evaluate(
      (board) =>
        [...board.querySelectorAll('*')].filter((element) => {
          const box = element.getBoundingClientRect();
          const edge = board.getBoundingClientRect();
          return box.width > 1 && (box.right > edge.right + 1 || box.left < edge.left - 1);
        }).length,
    );
    expect(wide).toBe(0);
    const file = info.outputPath(`${kind}.pdf`);
    await page.pdf({ path: file, preferCSSPageSize: true, printBackground: true, tagged: true, outline: true });
    const bytes = readFileSync(file);
    expect(bytes.toString('latin1')).not.toContain('/Type3');
    const task = getDocument({ data: new Uint8Array(bytes), standardFontDataUrl: FONTS });
    const pdf = await task.promise;
    expect(pdf.numPages).toBeLessThanOrEqual(6);
    let text = '';
    for (let number = 1; number <= pdf.numPages; number++) {
      const { items } = await (await pdf.getPage(number)).getTextContent();
      text += items.map((item) => ('str' in item ? item.str : '')).join(' ');
    }
    for (const word of words) expect(text.replaceAll(/\s+/g, ' ')).toContain(word);
    await task.destroy();
  });

test('a digest is printed from its page and stands in Reports as it was', async ({ open, page }) => {
  await open('/today?since=2026-10-05&until=2026-10-05');
  await page.getByRole('button', { name: 'Print PDF' }).click();
  await expect(page.getByText(/^Printed: \d+ page/)).toBeVisible({ timeout: 45_000 });
  await open('/reports');
  const row = page.getByRole('table', { name: 'Digests' }).getByRole('row').nth(1);
  await expect(row).toContainText('Oct 5, 2026');
  await row.click();
  await expect(page.getByText(/^As it was told on/)).toBeVisible();
  await page.getByRole('link', { name: 'As known now' }).click();
  await expect(page).toHaveURL(/since=2026-10-05/);
});
