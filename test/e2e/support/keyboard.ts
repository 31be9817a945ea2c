/** A hand that has a keyboard and nothing else. */
import { expect, type Locator, type Page } from '@playwright/test';

export interface Keyboard {
  press(...keys: readonly string[]): Promise<void>;
  type(text: string): Promise<void>;
  /** Presses Tab (or Shift+Tab) until the element has the focus, which must then be seen. */
  tabTo(wanted: Locator, key?: 'Tab' | 'Shift+Tab'): Promise<void>;
}

/** More than any way of these pages takes; who needs them all has gone round. */
const MOST_TABS = 120;

/** From here on a pointer, or a click that a script makes, is an error of the page, which fails the test. */
export async function keyboardOf(page: Page): Promise<Keyboard> {
  await page.addInitScript(() => {
    for (const type of ['pointerdown', 'mousedown', 'touchstart'])
      document.addEventListener(type, () => reportError(new Error('A pointer was used')), { capture: true });
  });
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  return {
    press,
    type: async (text) => await page.keyboard.type(text),
    async tabTo(wanted, key = 'Tab') {
      await expect(wanted).toBeVisible();
      for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
        if (await hasFocus(wanted)) return await seen(wanted);
        await press(key);
      }
      throw new Error(`${MOST_TABS} times ${key} do not lead to ${wanted}`);
    },
  };
}

async function hasFocus(wanted: Locator): Promise<boolean> {
  return await wanted.evaluate((element) => element === document.activeElement);
}

/** What has the focus is on the screen, not covered by a bar that sticks. https://www.w3.org/TR/WCAG22/#focus-not-obscured-minimum */
async function seen(focused: Locator): Promise<void> {
  const covered = await focused.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const points = [0.1, 0.5, 0.9].map((part) => document.elementFromPoint(left + width * part, top + height / 2));
    return points.every((hit) => hit === null || !(element.contains(hit) || hit.contains(element)));
  });
  expect(covered, `${focused} has the focus and cannot be seen`).toBe(false);
}
