import type { Page } from '@playwright/test';
import { axe } from './support/axe.ts';
import { Host } from './support/host.ts';
import { PASSPHRASE } from './support/prepared-company.ts';
import { expect as quickly, test } from './support/test.ts';

/** Keys are stretched, databases made and servers begun: on a busy machine that takes its time. */
const expect = quickly.configure({ timeout: 90_000 });

/** Small: what is measured is the way, not the amount of data. */
const SCALE = 0.3;

test.describe('the first start', () => {
  // A whole first sync, on whatever computer.
  test.describe.configure({ timeout: 300_000 });

  test('the demo company is one click away, and its way out leads to the own data', async ({ page }) => {
    const host = await Host.start({ unlocked: false, filled: false, scale: SCALE });
    await page.goto(await host.address('/'));
    await expect(page).toHaveURL(/\/welcome/);
    await page.getByRole('button', { name: 'Start the demo' }).click();
    await expect(page.getByRole('heading', { name: 'Reading the data' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Cockpit' })).toBeVisible();
    await expect(page.getByText('Demo', { exact: true })).toBeVisible();
    expect(await host.files()).toEqual(
      expect.arrayContaining([expect.stringMatching(/^demo\/throw-away-.*\/vario\.db$/)]),
    );

    await page.getByRole('button', { name: /^Set up/ }).click();
    await expect(page.getByText(/First number after \d+/)).toBeVisible();
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Use your own data' }).click();
    await page.getByRole('button', { name: 'Delete the demo' }).click();
    await expect(page.getByRole('heading', { name: 'Protect the data' })).toBeVisible();
    expect(await host.files(), 'nothing is left of the demo').toEqual([]);
    await page.goto(await host.address('/'));
    await expect(page.getByRole('button', { name: 'Start the demo' })).toBeEnabled();
    await page.close();
    await host.stop();
  });

  test('the own data: by the keyboard alone, in under five minutes, kept at every step', async ({ page }) => {
    const host = await Host.start({ unlocked: false, filled: false, scale: SCALE });
    const { apiBase, apiKey } = await host.keys();
    const hand = handOf(page);
    await page.goto(await host.address('/'));
    await expect(page.getByRole('button', { name: 'Connect Stripe' })).toBeVisible();
    const startedAt = performance.now();

    await hand.tabTo('button', 'Connect Stripe');
    await hand.press('Enter');
    await expect(page.getByRole('heading', { name: 'Protect the data' })).toBeVisible();
    await hand.tabTo('textbox', 'Passphrase');
    await hand.paste(PASSPHRASE);
    await hand.tabTo('textbox', 'Passphrase again');
    await hand.paste(PASSPHRASE);
    await hand.press('Enter');

    await expect(page.getByRole('heading', { name: 'Connect Stripe' })).toBeVisible();
    await hand.tabTo('textbox', 'Restricted API key');
    await hand.paste(apiKey);
    // What only a test needs: the public services cannot be reached from it. It is not counted.
    const counted = hand.inputs();
    await page.getByText('More settings').click();
    await page.getByLabel(/address/i).fill(apiBase);
    await page.getByRole('checkbox', { name: 'Exchange rates from Frankfurter' }).click();
    await page.getByRole('textbox', { name: 'Restricted API key' }).focus();
    await hand.press('Enter');
    await connectTestAccount(page, hand);

    await expect(page.getByRole('heading', { name: 'The company' })).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Company name' })).toHaveValue('Kestrel Labs');
    await expect(page.getByRole('combobox', { name: 'Reporting currency' })).toHaveValue('USD');
    await expect(page.getByRole('textbox', { name: 'Company name' })).toBeFocused();
    await hand.press('Enter');

    await expect(page.getByRole('heading', { name: 'Cockpit' })).toBeVisible();
    await expect(page.getByRole('article', { name: 'ARR, annual run rate' })).toContainText('$');
    const seconds = (performance.now() - startedAt) / 1_000;
    test.info().annotations.push({
      type: 'first number',
      description: `${seconds.toFixed(1)} s, ${hand.inputs()} inputs (${counted} before the key was sent)`,
    });
    expect(seconds, 'five minutes').toBeLessThan(300);
    expect(hand.inputs()).toBeLessThan(30);

    await page.getByRole('button', { name: /^Set up/ }).click();
    await expect(page.getByText(/First number after \d+/)).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: 'Connect Stripe' })).toContainText('(done)');
    await expect(page.getByRole('listitem').filter({ hasText: 'Connect the CRM' })).toContainText('(open)');
    await page.getByRole('link', { name: /Enter costs/ }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Costs' })).toBeVisible();
    await page.close();
    await host.stop();
  });

  test('can be left at any step, and goes on there', async ({ page }) => {
    const host = await Host.start({ unlocked: false, filled: false, scale: SCALE });
    const keys = await host.keys();
    await page.goto(await host.address('/'));
    await page.getByRole('button', { name: 'Connect Stripe' }).click();
    const create = page.getByRole('button', { name: 'Create the encrypted database' });
    await page.getByLabel('Passphrase', { exact: true }).fill('too short');
    await expect(page.getByText('It has fewer than 12 characters.')).toBeVisible();
    await expect(create).toBeDisabled();
    await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
    await page.getByLabel('Passphrase again', { exact: true }).fill(PASSPHRASE);
    await create.click();
    await expect(page.getByRole('heading', { name: 'Connect Stripe' })).toBeVisible();
    await expectNoFault(page);

    await page.goto(await host.address('/customers'));
    await expect(page.getByRole('heading', { name: 'Connect Stripe' }), 'the step that was left').toBeVisible();
    await page.getByRole('button', { name: 'Finish later' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Cockpit' })).toBeVisible();
    await page.goto(await host.address('/welcome'));

    const key = page.getByRole('textbox', { name: 'Restricted API key' });
    const connect = page.getByRole('button', { name: 'Check and connect' });
    await key.fill('pk_live_51abc');
    await expect(page.getByText(/publishable key: it can read nothing/)).toBeVisible();
    await expect(connect).toBeDisabled();
    await page.getByRole('checkbox', { name: 'Exchange rates from Frankfurter' }).click();
    await page.getByText('More settings').click();

    await page.getByLabel(/address/i).fill('http://127.0.0.1:9');
    await key.fill(keys.apiKey);
    await connect.click();
    await expect(page.getByRole('alert').getByText('Stripe cannot be reached')).toBeVisible();
    await page.getByLabel(/address/i).fill(keys.apiBase);
    await key.fill(`${keys.apiKey}wrong`);
    await connect.click();
    await expect(page.getByText('Stripe refused the key')).toBeVisible();
    await key.fill(keys.limitedKey);
    await connect.click();
    await expect(page.getByText('The key may not read everything yet')).toBeVisible();
    await expectNoFault(page);
    await key.fill(keys.apiKey);
    await connect.click();
    await page.getByRole('button', { name: 'Connect the test account' }).click();
    await expect(page.getByRole('heading', { name: 'The company' })).toBeVisible();

    await page.goto(await host.address('/welcome'));
    await expect(page.getByRole('heading', { name: 'The company' }), 'the step that was left').toBeVisible();
    await expectNoFault(page);
    await page.getByLabel('Company name').fill('Otter Works');
    await page.getByRole('button', { name: 'Open the cockpit' }).click();
    await expect(page.getByRole('article', { name: 'ARR, annual run rate' })).toContainText('$');

    await page.keyboard.press('Control+Shift+L');
    await expect(page.getByRole('heading', { name: 'Unlock Vario' })).toBeVisible();
    await page.getByLabel('Passphrase', { exact: true }).fill('not the passphrase');
    await page.getByRole('button', { name: 'Unlock' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await expect(page.getByRole('heading', { name: 'Cockpit' })).toBeVisible();
    await expect(page.getByText('Otter Works').first()).toBeVisible();
    await page.close();
    await host.stop();
  });
});

/** No accessibility fault in either theme. */
async function expectNoFault(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await axe(page).analyze();
    expect(violations.map(({ id, nodes }) => ({ colorScheme, id, where: nodes.map(({ html }) => html) }))).toEqual([]);
  }
}

interface Hand {
  /** Presses Tab until the part with this role and name has the focus. */
  tabTo(role: 'button' | 'textbox', name: string): Promise<void>;
  press(key: string): Promise<void>;
  /** What a founder pastes is one input. */
  paste(text: string): Promise<void>;
  inputs(): number;
}

const MOST_TABS = 40;

function handOf(page: Page): Hand {
  let inputs = 0;
  const press = async (key: string): Promise<void> => {
    inputs += 1;
    await page.keyboard.press(key);
  };
  return {
    press,
    inputs: () => inputs,
    async tabTo(role, name) {
      const wanted = page.getByRole(role, { name, exact: true });
      await expect(wanted).toBeVisible();
      for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
        if (await wanted.evaluate((element) => element === document.activeElement)) return;
        await press('Tab');
      }
      throw new Error(`${MOST_TABS} tabs do not lead to ${role} “${name}”`);
    },
    async paste(text) {
      inputs += 1;
      await page.keyboard.insertText(text);
    },
  };
}

/** The demo's key belongs to a test account, which is connected only after a word; that button has the focus. */
async function connectTestAccount(page: Page, hand: Hand): Promise<void> {
  await expect(page.getByRole('button', { name: 'Connect the test account' })).toBeFocused();
  await hand.press('Enter');
}
