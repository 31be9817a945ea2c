import { Host } from './support/host.ts';
import { expect, test } from './support/test.ts';
import { dollars } from './support/words.ts';

interface Noted {
  readonly title: string;
  readonly body: string;
}

declare global {
  interface Window {
    noted: Noted[];
  }
}

test('a customer who cancels at Stripe is known after the next sync: ledger, alert, notification', async ({
  page,
  complaints,
}) => {
  const host = await Host.start({ unlocked: true, filled: true, scale: 0.1 });
  // The browser's own notifications cannot be looked at; what the page asks it to show can.
  await page.addInitScript(() => {
    window.noted = [];
    class Recorder extends EventTarget {
      static permission = 'granted';
      constructor(title: string, options: { body: string }) {
        super();
        window.noted.push({ title, body: options.body });
      }
      close(): void {
        this.dispatchEvent(new Event('close'));
      }
    }
    Object.defineProperty(window, 'Notification', { value: Recorder });
  });
  const { rows } = await host.customers(5);
  const leaving = rows.find((row) => row.state === 'paying');
  const customerId = leaving?.customerId;
  if (leaving === undefined || customerId === undefined) throw new Error('the demo has no paying customer');
  const before = await host.snapshot();

  await page.goto(await host.address('/'));
  const arr = page.getByRole('article', { name: 'ARR, annual run rate' });
  // The figure alone: its comparison and its rates come by themselves.
  const shown = dollars(before.arr);
  await expect(arr).toContainText(shown);

  for (const { subscriptionId } of await host.subscriptions(customerId)) await host.cancel(subscriptionId);
  await page.getByRole('button', { name: 'Sync now' }).click();

  await expect.poll(() => page.evaluate(() => window.noted.map(({ title }) => title).join())).toContain(leaving.name);
  await expect(arr).toContainText('$');
  await expect(arr).not.toContainText(shown);
  expect((await host.snapshot()).customers).toBe(before.customers - 1);
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await page
    .getByRole('main')
    .getByText(new RegExp(`${leaving.name} has left`))
    .click();
  await expect(page.getByRole('heading', { level: 1, name: leaving.name })).toBeVisible();
  await expect(page.getByText('Churned', { exact: true })).toBeVisible();

  // The engine goes away: the window says so and keeps what it shows; nothing is changed in its absence.
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await expect(arr).toContainText('$');
  await host.stop();
  await expect(page.getByText('The engine is not reachable; Vario keeps trying.')).toBeVisible();
  await expect(arr).toContainText('$');
  await page.getByRole('button', { name: 'Sync now' }).click();
  await expect(page.getByText('nothing was changed')).toBeVisible();
  // The browser reports every refused dial.
  expect(complaints.filter((text) => !/ERR_CONNECTION_REFUSED|WebSocket/.test(text))).toEqual([]);
  complaints.length = 0;
});

test('a cut connection is taken up again, with everything asked anew', async ({ open, page }) => {
  const wires: { close(): Promise<void> }[] = [];
  await page.routeWebSocket(/\/rpc$/, (wire) => {
    wire.connectToServer();
    wires.push(wire);
  });
  await open('/');
  const mrr = page.getByRole('article', { name: 'MRR', exact: true });
  await expect(mrr).toContainText('$');
  const before = wires.length;
  for (const wire of wires) await wire.close();
  await expect.poll(() => wires.length).toBeGreaterThan(before);
  await expect(page.getByText('The engine is not reachable')).toBeHidden();
  await page.getByRole('button', { name: 'Month before' }).click();
  await expect(mrr).toContainText('$');
});
