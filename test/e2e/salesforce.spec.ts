import { smallCompany } from '../support/salesforce/company.ts';
import { CONSUMER_KEY } from '../support/salesforce/oauth.ts';
import { startSalesforce } from '../support/salesforce/server.ts';
import { axe } from './support/axe.ts';
import { Host } from './support/host.ts';
import { runNow } from './support/moment.ts';
import { expect, test } from './support/test.ts';

test('Salesforce is connected by signing in: refused first, then done', async ({ page, context }) => {
  const host = await Host.company();
  const server = await startSalesforce(smallCompany({ now: runNow() }));
  await page.goto(await host.address('/sources'));
  const add = page.getByRole('button', { name: 'Add source' });
  await expect(add).toBeEnabled();
  await add.press('Enter');
  await page.getByRole('searchbox', { name: 'Find a vendor' }).fill('salesf');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Connect Salesforce' });
  await dialog.getByLabel('Login address').fill(server.apiBase);
  await dialog.getByLabel('Consumer key of the app').fill('3MVG9.wrong');
  await dialog.getByLabel('Callback address').fill('http://127.0.0.1:0/salesforce');
  expect((await axe(page).include('dialog').analyze()).violations).toEqual([]);
  await dialog.getByText('What it must be allowed to read').click();
  await expect(dialog.getByText('Opportunities: Read, View All')).toBeVisible();
  await dialog.getByText('What it must be allowed to read').click();

  // An app that Salesforce does not know: its page says so, and the dialog goes on waiting until it is given up.
  const wrong = context.waitForEvent('page');
  await dialog.getByRole('button', { name: 'Sign in' }).press('Enter');
  await (await wrong).close();
  await expect(dialog.getByText('Waiting for the sign-in in your browser')).toBeVisible();
  expect((await axe(page).include('dialog').analyze()).violations).toEqual([]);
  const address = new URL(
    (await dialog.getByRole('link', { name: 'Open the sign-in page' }).getAttribute('href')) ?? '',
  );
  const back = new URL(address.searchParams.get('redirect_uri') ?? '');
  back.searchParams.set('state', address.searchParams.get('state') ?? '');
  back.searchParams.set('error', 'access_denied');
  await fetch(back);
  await expect(dialog.getByRole('alert')).toHaveText(/left without allowing it/);

  await dialog.getByLabel('Consumer key of the app').fill(CONSUMER_KEY);
  const right = context.waitForEvent('page');
  await dialog.getByRole('button', { name: 'Sign in' }).press('Enter');
  const browser = await right;
  await expect(browser.getByText('You can close this window')).toBeVisible();
  await browser.close();
  await expect(page.getByText('Salesforce is connected; its first sync is under way.')).toBeVisible();
  const card = page.getByRole('region', { name: /^Salesforce/ });
  await expect(card.getByText('Kestrel Sales')).toBeVisible();

  // A sign-in that was revoked is made anew, into the same source.
  await card.getByRole('button', { name: 'More for Salesforce' }).click();
  await page.getByRole('menuitem', { name: /^Edit/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign in again…' }).click();
  const again = page.getByRole('dialog', { name: 'Sign in to Salesforce again' });
  await expect(again.getByLabel('Consumer key of the app')).toHaveValue(CONSUMER_KEY);
  const once = context.waitForEvent('page');
  await again.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect((await once).getByText('You can close this window')).toBeVisible();
  await expect(page.getByText('Salesforce is connected; a sync is under way.')).toBeVisible();
  await expect(page.getByRole('region', { name: /^Salesforce/ })).toHaveCount(1);
  await expect(page.locator('body')).not.toContainText(/00D!access|5Aep\.refresh/);
  await page.close();
  await server.close();
  await host.stop();
});
