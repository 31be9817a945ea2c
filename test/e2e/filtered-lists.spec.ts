import { expect, test } from './support/test.ts';

test('lists follow the filters: who came back, planned changes, and coupons in force', async ({ open, page }) => {
  const counted = async (path: string, heading: string, unit: RegExp) => {
    await open(path);
    const tile = page.getByRole('region', { name: heading }).or(page.getByRole('article', { name: heading }));
    await expect(tile).toContainText(unit);
    return Number(unit.exec((await tile.textContent()) ?? '')?.[1]?.replaceAll(',', ''));
  };
  for (const [room, heading, unit] of [
    ['/retention', 'Customers who came back', /(\d[\d,]*) returns? so far/],
    ['/revenue?part=movements', 'Planned changes', /(\d[\d,]*) changes? of subscriptions/],
  ] as const) {
    const sign = room.includes('?') ? '&' : '?';
    const whole = await counted(room, heading, unit);
    const part = await counted(`${room}${sign}slice=country:DE`, heading, unit);
    const rest = await counted(`${room}${sign}slice=country:!DE`, heading, unit);
    expect(part, heading).toBeLessThan(whole);
    expect(part + rest, heading).toBe(whole);
  }
  await open('/discounts?slice=country:DE');
  await expect(page.getByRole('table', { name: 'Coupons in force' })).toBeVisible();
  await expect(page.getByRole('note')).toHaveCount(0);
});
