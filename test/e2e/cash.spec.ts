/** Payouts, open quotes and metered usage; and what the rooms say while a first sync is under way. */
import { axe } from './support/axe.ts';
import { Host } from './support/host.ts';
import { expect, test } from './support/test.ts';

test('payouts are held against what they consist of', async ({ open, page }) => {
  await open('/reconciliation?tab=payouts');
  const table = page.getByRole('table', { name: 'Payouts' });
  await expect(page.getByText(/^All \d+ compared agree$/)).toBeVisible();
  const newest = table.getByRole('row').nth(1);
  await expect(newest.getByText('Agrees')).toBeVisible();
  await expect(newest.getByRole('link', { name: /^po_/ })).toHaveAttribute('href', /dashboard\.stripe\.com\/payouts\//);
  // The largest first, by the keyboard.
  await table.getByRole('button', { name: /^Paid out/ }).press('Enter');
  await expect(table.getByRole('columnheader', { name: /^Paid out/ })).toHaveAttribute('aria-sort', 'descending');
  const { violations } = await axe(page).include('#main').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});

test('an open quote leads to its customer, whose metered usage and quotes are shown', async ({ open, page }) => {
  await open('/revenue?part=cash');
  const quotes = page.getByRole('region', { name: 'Open quotes' });
  await expect(quotes.getByText(/\d+ offers?, \$[\d,.]+ a month if all that were sent are accepted/)).toBeVisible();
  await quotes.scrollIntoViewIfNeeded();
  await quotes.getByRole('row').nth(1).click();
  await expect(page).toHaveURL(/\/customers\/\d+/);
  await expect(page.getByText(/^QT-\S+ sent$/).first()).toBeVisible();
  const { violations } = await axe(page).include('#main').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});

test('while a first sync is under way figures are called provisional; paused, they stay so, and whole when it is through', async ({
  page,
}) => {
  test.slow();
  // A host of its own, and a first sync that is slow on purpose.
  const host = await Host.start({ unlocked: true, filled: false, scale: 0.1 });
  // So slow that a slow page finds it under way as well.
  await host.mood({ slow: 250 });
  const filled = host.fill();
  await page.goto(await host.address('/sources'));
  const note = page.getByRole('status').filter({ hasText: 'Provisional' });
  await expect(note).toBeVisible({ timeout: 60_000 });
  const card = page.getByRole('region', { name: /^Stripe/ });
  await expect(card.getByText(/^(Time left: unknown|About .* left|Almost through)/)).toBeVisible();
  const { violations } = await axe(page).include('#main').include('[role=status]').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);

  await card.getByRole('button', { name: 'Pause' }).click();
  await expect(card.getByText('Paused', { exact: true }).first()).toBeVisible();
  await filled;
  await expect(note).toBeVisible();

  await host.mood({});
  await card.getByRole('button', { name: /^Resume/ }).click();
  await expect(note).toBeHidden({ timeout: 60_000 });
  await page.close();
  await host.stop();
});
