import { readFile } from 'node:fs/promises';
import { drawn } from './support/pages.ts';
import { expect, test } from './support/test.ts';

test.describe('a chart', () => {
  test('is looked at closely by dragging or by keys, and whole again', async ({ open, page }) => {
    await open('/revenue');
    const chart = page.getByRole('figure', { name: 'MRR over time', exact: true });
    const drawing = chart.getByRole('application');
    await expect(drawing).toBeVisible();
    // Where it is does not change any more.
    await drawn(page);
    const box = await drawing.boundingBox();
    if (box === null) throw new Error('The drawing has no place');
    await page.mouse.move(box.x + box.width * 0.5, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.8, box.y + 60, { steps: 6 });
    await page.mouse.up();
    const whole = chart.getByRole('button', { name: 'Whole period' });
    await expect(whole).toBeVisible();
    await whole.click();
    await expect(whole).toBeHidden();
    await drawing.focus();
    await page.keyboard.press('+');
    await expect(whole).toBeVisible();
    await page.keyboard.press('0');
    await expect(whole).toBeHidden();
  });

  test('is saved as a picture with its title, in colours of its own', async ({ open, page }) => {
    await open('/revenue');
    const chart = page.getByRole('figure', { name: 'MRR over time', exact: true });
    await expect(chart.getByRole('application')).toBeVisible();
    const save = async (kind: string): Promise<Buffer> => {
      const download = page.waitForEvent('download');
      await chart.getByRole('button', { name: 'Save as picture' }).click();
      await page.getByRole('menuitem', { name: new RegExp(`^${kind}`) }).click();
      const file = await download;
      expect(file.suggestedFilename()).toBe(`MRR over time.${kind.toLowerCase()}`);
      return await readFile(await file.path());
    };
    const png = await save('PNG');
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect(png.length).toBeGreaterThan(5_000);
    const svg = (await save('SVG')).toString('utf8');
    expect(svg).toContain('>MRR over time</text>');
    // Nothing refers to the program's style sheets.
    expect(svg).not.toContain('var(--');
  });
});
