import { axe } from './support/axe.ts';
import { expect, test } from './support/test.ts';

test.describe('the filters of all rooms', () => {
  test('go along from room to room, survive back, forward and a reload, and go with one key', async ({
    open,
    page,
  }) => {
    await open('/revenue?slice=plan:Scale');
    const tile = page.getByRole('article', { name: 'MRR', exact: true });
    await expect(tile).toContainText('$');
    await page.getByRole('button', { name: 'Usual period' }).click();
    await page.getByRole('button', { name: '12 months' }).click();
    await expect(page).toHaveURL(/period=12/);
    await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'Retention' }).click();
    await expect(page).toHaveURL(/\/retention\?(?=.*slice=plan)(?=.*period=12)/);
    await expect(page.getByText(/^Chosen customers: \d+ lives/)).toBeVisible();
    await page.goBack();
    await page.goBack();
    await expect(page).not.toHaveURL(/period=/);
    await page.goForward();
    await expect(page).toHaveURL(/\/revenue\?(?=.*slice=plan)(?=.*period=12)/);
    await page.reload();
    await expect(page.getByRole('button', { name: 'Plan is Scale' })).toBeVisible();
    await expect(page.getByRole('button', { name: '12 months' })).toBeVisible();
    await page.keyboard.press('r');
    await expect(page).not.toHaveURL(/slice=|period=/);
    await expect(page.getByRole('button', { name: 'Whole company' })).toBeVisible();
  });

  test('reach every figure of the cockpit, and the rows behind it', async ({ open, page }) => {
    await open('/?slice=plan:Scale&policy=stripe');
    const mrr = page.getByRole('article', { name: 'MRR', exact: true });
    await expect(mrr).toContainText('$');
    await mrr.getByRole('button', { name: 'Why: the rows behind MRR' }).click();
    const rows = page.getByRole('table', { name: 'Rows behind MRR' }).getByRole('row');
    await expect(rows.nth(1)).toContainText('Scale');
    const heading = page.getByRole('dialog').getByRole('heading', { level: 2 }).first();
    await expect(heading).toContainText('$');
    const said = (await heading.textContent()) ?? '';
    const dollars = (text: string) => Math.round(Number(/\$([\d,.]+)/.exec(text)?.[1]?.replaceAll(',', '')));
    expect(dollars(said)).toBe(dollars((await mrr.textContent()) ?? ''));
  });

  test('a room that cannot follow says so in words', async ({ open, page }) => {
    await open('/alerts?slice=plan:Scale&asOf=2026-06-30');
    await expect(page.getByRole('note')).toHaveText(
      'The whole company and as of today: this room does not follow the filters.',
    );
    await page.keyboard.press('r');
    await expect(page.getByRole('note')).toHaveCount(0);
  });

  test('«is not» leaves a part out: the two parts are the whole', async ({ open, page }) => {
    const mrr = page.getByRole('article', { name: 'MRR', exact: true });
    const shown = async (path: string) => {
      await open(path);
      await expect(mrr).toContainText('$');
      return Number(/\$([\d,]+)/.exec((await mrr.textContent()) ?? '')?.[1]?.replaceAll(',', ''));
    };
    const whole = await shown('/revenue');
    const part = await shown('/revenue?slice=country:DE');
    const rest = await shown('/revenue?slice=country:!DE');
    expect(part).toBeGreaterThan(0);
    expect(Math.abs(part + rest - whole)).toBeLessThanOrEqual(1);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    test(`have no violation that axe knows, behind one button on a narrow window (${colorScheme})`, async ({
      open,
      page,
    }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: 1024, height: 700 });
      await open('/revenue?slice=plan:Scale');
      await page.getByRole('button', { name: '1 filter' }).click();
      await expect(
        page.getByRole('dialog', { name: 'Filters' }).getByRole('button', { name: 'Month before' }),
      ).toBeVisible();
      expect((await axe(page).analyze()).violations).toEqual([]);
    });
});
