import { Host } from './support/host.ts';
import type { Damage } from './support/host-messages.ts';
import { PASSPHRASE } from './support/prepared-company.ts';
import { expect, test } from './support/test.ts';

const CASES: readonly (readonly [how: Damage, says: RegExp])[] = [
  ['pages', /damaged|does not open/],
  ['newer_schema', /newer/i],
  ['foreign', /not.*Vario/i],
  ['other_key', /key does not open|does not open/],
];

for (const [how, says] of CASES)
  test(`a database that cannot be opened says why, and is left alone: ${how}`, async ({ page }) => {
    const host = await Host.start({ unlocked: false, filled: false });
    await host.create(PASSPHRASE);
    await host.damage(how, PASSPHRASE);
    await page.goto(await host.address('/'));
    await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await expect(page.getByRole('heading', { name: 'Vario cannot open its data' })).toBeVisible();
    await expect(page.getByRole('alert')).toHaveText(says);
    await expect(page.getByText('Nothing was changed.')).toBeVisible();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('heading', { name: 'Unlock Vario' })).toBeVisible();
    await page.close();
    await host.stop();
  });

test('a damaged database is replaced by its latest backup, from the screen that says so', async ({ page }) => {
  const host = await Host.company();
  const before = await host.snapshot();
  await host.backup();
  await host.damage('pages', PASSPHRASE);
  await page.goto(await host.address('/'));
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('heading', { name: 'Vario cannot open its data' })).toBeVisible();
  await page.getByRole('button', { name: 'Restore it…' }).click();
  await page.getByLabel('Passphrase', { exact: true }).fill('not the passphrase');
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(page.getByText('The passphrase does not fit')).toBeVisible();
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Cockpit' })).toBeVisible();
  expect((await host.snapshot()).mrr).toBe(before.mrr);
  expect(await host.files()).toContain('vario.db.before-restore');
  await page.close();
  await host.stop();
});
