/** What people need beyond what axe can see: forced colours, focus in sight, charts in words, a screen that stays on. */
import type { Page } from '@playwright/test';
import { Host } from './support/host.ts';
import { drawn } from './support/pages.ts';
import { expect, test } from './support/test.ts';

const ground = (page: Page, selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => getComputedStyle(element).backgroundColor);

test.describe('with forced colours', () => {
  test.beforeEach(async ({ page }) => await page.emulateMedia({ forcedColors: 'active' }));

  test('what is chosen and what is on is told by the platform’s colours', async ({ open, page }) => {
    await open('/settings/appearance');
    await drawn(page);
    const chosen = 'main [role=radio][aria-checked=true]';
    const other = 'main [role=radio][aria-checked=false]';
    expect(await ground(page, chosen)).not.toBe(await ground(page, other));
    expect(await ground(page, 'nav a[aria-current=page]'), 'the room').not.toBe(
      await ground(page, 'nav a:not([aria-current])'),
    );
  });

  test('bars are filled, and every tile has an edge', async ({ open, page }) => {
    await open('/');
    await drawn(page);
    const bar = page.getByRole('meter', { name: /^Way to / }).locator('..');
    const [track, fill] = await bar.evaluate((element) => [
      getComputedStyle(element).backgroundColor,
      getComputedStyle(element.lastElementChild ?? element).backgroundColor,
    ]);
    expect(fill).not.toBe(track);
    const bare = await page
      .getByRole('list', { name: 'Tiles' })
      .getByRole('listitem')
      .evaluateAll(
        (tiles) =>
          tiles.filter(({ firstElementChild }) => {
            const looks = firstElementChild === null ? null : getComputedStyle(firstElementChild);
            return looks === null || (looks.outlineStyle === 'none' && looks.borderTopStyle === 'none');
          }).length,
      );
    expect(bare).toBe(0);
  });
});

/** The element that has the focus, where something stands over its middle; null where it is seen. */
function hiddenFocus(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return null;
    const { left, top, width, height } = element.getBoundingClientRect();
    // Names for screen readers alone show nothing; a switch or a box is pressed by its label.
    if (width < 3 || height < 3) return null;
    const shown = document.elementFromPoint(left + width / 2, top + height / 2);
    const isSeen = shown !== null && (element.contains(shown) || shown.contains(element));
    return isSeen ? null : element.outerHTML.slice(0, 160);
  });
}

// https://www.w3.org/TR/WCAG22/#focus-not-obscured-minimum
for (const address of ['/', '/customers', '/settings/policies'])
  test(`${address} keeps what has the focus in sight while one tabs through it`, async ({ open, page }) => {
    await page.setViewportSize({ width: 1024, height: 700 });
    await open(address);
    await drawn(page);
    const hidden: string[] = [];
    for (let stop = 0; stop < 60; stop += 1) {
      await page.keyboard.press('Tab');
      const found = await hiddenFocus(page);
      if (found !== null) hidden.push(found);
    }
    expect(hidden).toEqual([]);
  });

test('walking through a heat map that is wider than its box keeps the cell in sight', async ({ open, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open('/retention');
  await drawn(page);
  const matrix = page.getByRole('grid', { name: 'Customers kept' });
  await matrix.locator('button[tabindex="0"]').focus();
  for (const key of ['End', 'Home', 'ArrowRight', 'ArrowDown', 'End', 'ArrowLeft', 'Home']) {
    await page.keyboard.press(key);
    expect(await hiddenFocus(page), `after ${key}`).toBeNull();
  }
});

for (const address of ['/', '/revenue', '/usage', '/support', '/retention'])
  test(`every chart of ${address} says in a sentence what it shows`, async ({ open, page }) => {
    await open(address);
    await drawn(page);
    const figures = page.locator('main figure');
    await expect(figures.first()).toBeVisible();
    for (const figure of await figures.all()) {
      const sentence = (await figure.locator('figcaption').first().textContent()) ?? '';
      expect(sentence, await figure.getAttribute('aria-labelledby').then(String)).toMatch(/^.{20,}[.)]$/);
    }
  });

test.describe('the wall screen', () => {
  test('keeps the monitor awake, asks again when it comes back, and lets it sleep when it is left', async ({
    open,
    page,
  }) => {
    await page.addInitScript(() => {
      const log: string[] = [];
      Object.defineProperty(window, 'wakeLocks', { value: log });
      const request = (kind: string) => {
        log.push(`asked for ${kind}`);
        const lock = {
          released: false,
          release: () => {
            lock.released = true;
            log.push('released');
            return Promise.resolve();
          },
        };
        Object.defineProperty(window, 'lastLock', { value: lock, configurable: true });
        return Promise.resolve(lock);
      };
      Object.defineProperty(navigator, 'wakeLock', { value: { request } });
    });
    const log = () => page.evaluate(() => [...(Reflect.get(window, 'wakeLocks') as string[])]);
    await open('/kiosk');
    await expect(page.getByRole('img', { name: /^Screen 1 of/ })).toBeVisible();
    await expect.poll(log).toEqual(['asked for screen']);
    await page.evaluate(() => {
      // The system took it back, as when another window came to the front.
      (Reflect.get(window, 'lastLock') as { released: boolean }).released = true;
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await expect.poll(log).toEqual(['asked for screen', 'asked for screen']);
    await page.keyboard.press('Escape');
    await expect(page).toHaveURL(/\/$/);
    await expect.poll(log).toEqual(['asked for screen', 'asked for screen', 'released']);
  });

  test('shows nothing any more when the database is locked', async ({ browser }) => {
    const host = await Host.company();
    const page = await browser.newPage();
    try {
      await page.goto(await host.address('/kiosk'));
      await expect(page.getByRole('img', { name: /^Screen 1 of/ })).toBeVisible();
      await expect(page.getByRole('heading', { name: 'ARR, annual run rate' })).toBeVisible();
      await host.lock();
      await expect(page.getByRole('heading', { name: 'Unlock Vario' })).toBeVisible();
      await expect(page.getByRole('heading', { name: 'ARR, annual run rate' })).toHaveCount(0);
      await expect(page.getByRole('img', { name: /^Screen/ })).toHaveCount(0);
    } finally {
      await page.close();
      await host.stop();
    }
  });
});
