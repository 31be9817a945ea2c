import type { Page } from '@playwright/test';
import { axe } from './support/axe.ts';
import { Host } from './support/host.ts';
import { PASSPHRASE } from './support/prepared-company.ts';
import { expect, test } from './support/test.ts';

const NEXT = 'nine loud herons stride';
const RECOVERY = 'a note in the drawer of my desk';

async function unlock(page: Page, passphrase: string): Promise<void> {
  await page.getByLabel(/^(Recovery p|P)assphrase$/).fill(passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
}

// Each has a company of its own.
test.describe.configure({ mode: 'parallel' });

test('two windows show the same: what one changes, and what one locks', async ({ page, context }) => {
  const host = await Host.company();
  const other = await context.newPage();
  await page.goto(await host.address('/settings'));
  await other.goto(await host.address('/'));
  await expect(other.getByText('Kestrel Labs').first()).toBeVisible();
  await page.getByRole('textbox', { name: 'Company name' }).fill('Kestrel and Sons');
  await page.keyboard.press('Enter');
  await expect(other.getByText('Kestrel and Sons').first()).toBeVisible();
  await page.keyboard.press('Control+Shift+L');
  await expect(page.getByRole('heading', { name: 'Unlock Vario' })).toBeVisible();
  await expect(other.getByRole('heading', { name: 'Unlock Vario' })).toBeVisible();
  await unlock(page, PASSPHRASE);
  await expect(page.getByRole('textbox', { name: 'Company name' })).toBeVisible();
  // The other window still asks; its own unlocking finds the database open.
  await unlock(other, PASSPHRASE);
  await expect(other.getByRole('heading', { name: 'Cockpit' })).toBeVisible();
  await other.close();
  await page.close();
  await host.stop();
});

test('locking during a sync stops it at a safe point, and it goes on after unlocking', async ({ page }) => {
  const host = await Host.company();
  const { mrr } = await host.snapshot();
  await page.goto(await host.address('/'));
  await expect(page.getByRole('article', { name: 'MRR', exact: true })).toContainText('$');
  await host.mood({ slow: 400 });
  await page.getByRole('button', { name: 'Sync now' }).click();
  await expect(page.getByRole('button', { name: /^Jobs: Sync/ })).toBeVisible();
  await page.keyboard.press('Control+Shift+L');
  await expect(page.getByRole('heading', { name: 'Unlock Vario' })).toBeVisible();
  expect((await host.status()).state).toBe('locked');
  await host.mood({});
  await unlock(page, PASSPHRASE);
  await expect(page.getByRole('article', { name: 'MRR', exact: true })).toContainText('$');
  expect((await host.snapshot()).mrr).toBe(mrr);
  await host.sync();
  await page.close();
  await host.stop();
});

test('the passphrase is changed: the old one opens nothing any more', async ({ page }) => {
  const host = await Host.company();
  await page.goto(await host.address('/settings/security'));
  await page.getByRole('button', { name: 'Change passphrase' }).click();
  await page.getByLabel('Current passphrase', { exact: true }).fill('not the passphrase');
  await page.getByLabel('New passphrase', { exact: true }).fill(NEXT);
  await page.getByLabel('New passphrase again', { exact: true }).fill(NEXT);
  const save = page.getByRole('button', { name: 'Save passphrase' });
  await save.click();
  await expect(page.getByRole('alert').first()).toBeVisible();
  await page.getByLabel('Current passphrase', { exact: true }).fill(PASSPHRASE);
  await save.click();
  await expect(page.getByText('The passphrase was changed.')).toBeVisible();
  await page.keyboard.press('Control+Shift+L');
  await unlock(page, PASSPHRASE);
  await expect(page.getByRole('alert')).toBeVisible();
  await unlock(page, NEXT);
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await page.close();
  await host.stop();
});

test('a recovery passphrase opens beside the other one', async ({ page }) => {
  const host = await Host.company();
  await page.goto(await host.address('/settings/security'));
  await page.getByRole('button', { name: 'Add recovery passphrase' }).click();
  await page.getByLabel('Current passphrase', { exact: true }).fill(PASSPHRASE);
  await page.getByLabel('New passphrase', { exact: true }).fill(RECOVERY);
  await page.getByLabel('New passphrase again', { exact: true }).fill(RECOVERY);
  await page.getByRole('button', { name: 'Save passphrase' }).click();
  await expect(page.getByText('The recovery passphrase is set.')).toBeVisible();
  await page.keyboard.press('Control+Shift+L');
  await unlock(page, RECOVERY);
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await page.close();
  await host.stop();
});

test('single keys are switched off, and those with Ctrl still act', async ({ page }) => {
  const host = await Host.company();
  await page.goto(await host.address('/settings/shortcuts'));
  await page.getByRole('switch', { name: 'Single-key shortcuts' }).click();
  await expect(page.getByRole('switch', { name: 'Single-key shortcuts' })).not.toBeChecked();
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await page.keyboard.press('Shift+?');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('keyboard shortcuts');
  await page.getByRole('option', { name: 'Keyboard shortcuts', exact: true }).first().click();
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet.getByText('Single keys are switched off in Settings.')).toBeVisible();
  await expect(sheet.getByText('Find anything')).toBeVisible();
  await expect(sheet.getByText('Sync now')).toBeHidden();
  await page.close();
  await host.stop();
});

test('quiet hours are set, kept, and said in the inbox while they hold', async ({ page }) => {
  const host = await Host.company();
  await page.goto(await host.address('/alerts?view=rules'));
  const tile = page.getByRole('region', { name: 'Quiet hours' });
  await tile.getByRole('switch', { name: 'On' }).click();
  await tile.getByLabel('From').fill('00:00');
  await tile.getByLabel('To').fill('00:00');
  await expect(tile.getByText('Enter two different times.')).toBeVisible();
  // Whatever time it is: all of the day but one minute is quiet.
  await tile.getByLabel('From').fill('00:01');
  await tile.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/^Quiet hours until/)).toBeVisible();
  await page.reload();
  await expect(tile.getByLabel('From')).toHaveValue('00:01');
  await page.close();
  await host.stop();
});

test('the settings of an own company list its backups, restore one, and have no accessibility fault', async ({
  page,
}) => {
  const host = await Host.company();
  const before = (await host.snapshot()).mrr;
  await host.backup();
  await page.goto(await host.address('/settings/data'));
  const backups = page.getByRole('table', { name: 'Backups' });
  await expect(backups.getByText('By hand')).toBeVisible();
  const { violations } = await axe(page).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await page.getByRole('link', { name: 'Company', exact: true }).click();
  await page.getByRole('textbox', { name: 'Company name' }).fill('A mistake');
  await page.keyboard.press('Enter');
  await expect(page.getByText('A mistake').first()).toBeVisible();
  await page.getByRole('link', { name: 'Data', exact: true }).click();
  await backups.getByText('By hand').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(page.getByText('Kestrel Labs').first()).toBeVisible();
  await expect(dialog).toBeHidden();
  expect((await host.snapshot()).mrr).toBe(before);
  await page.close();
  await host.stop();
});
