import type { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { axe } from './support/axe.ts';
import { drawn, routeAddresses, VIEWS, type Ready } from './support/pages.ts';
import { expect, test } from './support/test.ts';
import { cutOffBySpacing } from './support/text-spacing.ts';

/** WCAG 2.2 AA, and what axe recommends beyond: order of headings, landmarks, labels. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The least width in which everything must be readable: 1280 pixels at 400 %. https://www.w3.org/TR/WCAG22/#reflow */
const NARROWEST = { width: 320, height: 640 };

/** What is shown as it is printed keeps the width of paper: it has no other layout. */
const PAPER = /^\/report\//;

/** The cockpit's tiles are as high as they were arranged: with wide text a tile shows less, and its room has all of it. */
const ARRANGED = /^\/(?:\?.*|kiosk|welcome)?$/;

const NO_SIGN: Ready = (page) => page.getByRole('heading', { level: 1 }).first();

const STATES: readonly (readonly [address: string, ready: Ready])[] = [
  ...routeAddresses().map((address) => [address, NO_SIGN] as const),
  ...VIEWS,
];

async function faults(builder: AxeBuilder): Promise<unknown[]> {
  const { violations } = await builder.analyze();
  return violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html.slice(0, 200)) }));
}

/** How many pixels the page can be scrolled sideways. */
async function sideways(page: Page): Promise<number> {
  return await page.evaluate(() =>
    Math.max(
      ...[document.documentElement, ...document.querySelectorAll('main, dialog:modal, dialog:modal > *')].map(
        (element) => element.scrollWidth - element.clientWidth,
      ),
    ),
  );
}

// Nothing is changed: they can be shared out.
test.describe.configure({ mode: 'parallel' });

/** What is out of sight is laid out as it is in sight: by guesses of its size it would lie over what is next to it. */
async function layOutAll(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { content-visibility: visible !important; }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  });
}

for (const [address, ready] of STATES)
  test(`${address} has no accessibility fault: light, dark, more contrast, wide text, and 320 pixels wide`, async ({
    open,
    page,
  }) => {
    await open(address);
    await expect(ready(page)).toBeVisible();
    await drawn(page);
    await layOutAll(page);
    expect(await faults(axe(page).withTags(RULES)), 'light').toEqual([]);
    const contrast = axe(page).withRules(['color-contrast', 'link-in-text-block']);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await faults(contrast), 'dark').toEqual([]);
    await page.emulateMedia({ contrast: 'more' });
    expect(await faults(contrast), 'dark, more contrast').toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await faults(contrast), 'light, more contrast').toEqual([]);
    if (!PAPER.test(address) && !ARRANGED.test(address))
      expect(await cutOffBySpacing(page), 'texts that wide spacing cuts off').toEqual([]);
    await page.setViewportSize(NARROWEST);
    await drawn(page);
    if (!PAPER.test(address)) expect(await sideways(page), 'pixels to scroll sideways').toBeLessThanOrEqual(0);
    expect(await faults(axe(page).withTags(RULES)), 'narrow').toEqual([]);
  });
