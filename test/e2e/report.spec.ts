import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { pdfParts } from '../security/pdf-parts.ts';
import { holding } from '../security/written-files.ts';
import { expect, test } from './support/test.ts';

const PAPER = { A4: [595, 842], Letter: [612, 792] } as const;
const FONTS = join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'standard_fonts/');

for (const format of ['A4', 'Letter'] as const) {
  test(`the board pack prints on ${format}: every section, embedded fonts, bookmarks, nothing cut off`, async ({
    open,
    page,
  }, info) => {
    await open(`/report/board?month=2026-10&format=${format}`);
    await expect(page.locator('body')).toHaveAttribute('data-ready', 'true');
    const wide = await page.locator('.board').evaluate(
      (board) =>
        [...board.querySelectorAll('*')].filter((element) => {
          const box = element.getBoundingClientRect();
          const edge = board.getBoundingClientRect();
          return box.width > 0 && (box.right > edge.right + 1 || box.left < edge.left - 1);
        }).length,
    );
    expect(wide).toBe(0);

    const file = info.outputPath(`board-${format}.pdf`);
    await page.pdf({ path: file, preferCSSPageSize: true, printBackground: true, tagged: true, outline: true });
    const bytes = readFileSync(file);
    // Chromium writes fonts' dictionaries in plain words; Type 3 would be outlines drawn letter by letter.
    for (const cut of ['Regular', 'Medium', 'SemiBold']) expect(bytes.toString('latin1')).toContain(`+Inter-${cut}`);
    expect(bytes.toString('latin1')).not.toContain('/Type3');
    const task = getDocument({ data: new Uint8Array(bytes), standardFontDataUrl: FONTS });
    const pdf = await task.promise;
    expect(pdf.numPages).toBeGreaterThanOrEqual(6);
    expect(pdf.numPages).toBeLessThanOrEqual(10);
    const first = await pdf.getPage(1);
    const [, , width, height] = first.view;
    expect([Math.round(width ?? 0), Math.round(height ?? 0)]).toEqual(PAPER[format]);
    const text = await allText(pdf);
    for (const part of [
      'Kestrel Labs',
      'October 2026',
      'Scorecard',
      'ARR bridge',
      'Cash collected',
      'Customers kept',
      'Concentration',
      'Churned in the month',
      'At risk',
      'Customer acquisition cost',
      'Definitions',
    ])
      expect(text).toContain(part);
    const outline = JSON.stringify(await pdf.getOutline());
    for (const bookmark of ['The month in short', 'Growth', 'Retention', 'Customers', 'Unit economics', 'Definitions'])
      expect(outline).toContain(bookmark);
    await task.destroy();
    // The keys of the demo's sources all hold these words; that looking works is seen by the company's name.
    const parts = await pdfParts(bytes);
    expect(holding(parts, 'Kestrel Labs')).not.toEqual([]);
    expect(holding(parts, 'KestrelReadAll')).toEqual([]);
    // Figures and customers lead into the desktop app, definitions to their sources.
    for (const link of [
      'vario://cockpit?why=arr&to=2026-10-31',
      'kind=expansion',
      'vario://customers/',
      'https://docs.stripe.com/',
    ])
      expect(holding(parts, link).filter((part) => part.startsWith('links of page'))).not.toEqual([]);
  });
}

type Pdf = Awaited<ReturnType<typeof getDocument>['promise']>;

async function allText(pdf: Pdf): Promise<string> {
  const pages: string[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
  }
  return pages.join('\n').replaceAll(/\s+/g, ' ');
}

test('a pack is printed from the reports page and stands in the archive', async ({ open, page }) => {
  await open('/reports?month=2026-10');
  await expect(page.getByText(/^ARR stood at/)).toBeVisible();
  await page.getByRole('button', { name: 'Print PDF' }).click();
  await expect(page.getByText(/^Printed: \d+ pages/)).toBeVisible({ timeout: 45_000 });
  await expect(page.getByRole('table', { name: 'Printed board packs' }).getByRole('row')).toHaveCount(2);
});

test('on the screen a figure of the pack leads to its rows, and Back to the pack', async ({ open, page }) => {
  await open('/report/board?month=2026-10&format=A4');
  await expect(page.locator('body')).toHaveAttribute('data-ready', 'true');
  await page.getByRole('row', { name: /^MRR / }).getByRole('link').first().click();
  await expect(page.getByRole('dialog', { name: /^Why MRR is \$/ })).toContainText('at the end of Oct 31, 2026');
  await page.goBack();
  await expect(page.getByRole('heading', { name: /^Board pack/ })).toBeVisible();
});
