import type { Page } from '@playwright/test';
import { expect, test } from './support/test.ts';

const tile = (page: Page, name: string) => page.getByRole('article', { name, exact: true });
const menu = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name: name instanceof RegExp ? name : `View: ${name}` });
/** The button that stands for a tile while tiles are arranged. */
const handle = (page: Page, title: string) => page.getByRole('button', { name: new RegExp(`^${title}, place`) });

/** A view of its own, so that other specs see the program's arrangement. */
async function ownView(page: Page, name: string): Promise<void> {
  await menu(page, 'Overview').click();
  await page.getByRole('menuitem', { name: 'Save as new view…' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.keyboard.press('Enter');
  await expect(menu(page, name)).toBeVisible();
}

async function removeView(page: Page, name: string): Promise<void> {
  await menu(page, name).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(menu(page, 'Overview')).toBeVisible();
}

test.describe('arranging the cockpit', () => {
  test('by keyboard alone: move, widen, hide, add, undo, reset', async ({ open, page }) => {
    await open('/');
    await ownView(page, 'By keyboard');
    await page.keyboard.press('e');
    await expect(page.getByRole('toolbar', { name: 'Arrange tiles' })).toBeVisible();
    const said = page.getByRole('status').filter({ hasText: /place|columns|high|hidden|added|Undone|stand/ });

    await handle(page, 'MRR bridge').focus();
    await page.keyboard.press('ArrowLeft');
    await expect(said).toHaveText(/^MRR bridge: place 12 of \d+$/);
    await expect(handle(page, 'MRR bridge'), 'the focus stays with the tile').toBeFocused();
    await page.keyboard.press('Shift+ArrowRight');
    await expect(said).toHaveText('MRR bridge: 11 of 24 columns wide');
    await page.keyboard.press('Shift+ArrowDown');
    await expect(said).toHaveText('MRR bridge: 10 units high');
    await page.keyboard.press('Delete');
    await expect(said).toHaveText('MRR bridge hidden');
    await expect(page.getByRole('figure', { name: 'MRR bridge' })).toHaveCount(0);
    await page.keyboard.press('ControlOrMeta+z');
    await expect(handle(page, 'MRR bridge')).toHaveAccessibleName(
      /place 12 of \d+, 11 of 24 columns wide, 10 units high/,
    );

    await page.getByRole('button', { name: 'Add tile' }).press('Enter');
    await page.getByRole('menuitem', { name: 'What moved' }).press('Enter');
    await expect(said).toHaveText('What moved added at the end');
    await expect(page.getByRole('button', { name: 'Add tile' })).toBeFocused();
    await page.getByRole('button', { name: 'Reset' }).press('Enter');
    await expect(handle(page, 'MRR bridge')).toHaveAccessibleName(/place 13 of \d+, 10 of 24/);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('toolbar', { name: 'Arrange tiles' })).toBeHidden();
    await removeView(page, 'By keyboard');
  });

  test('faster than the engine answers: no edit is lost, and undo goes back one at a time', async ({ open, page }) => {
    await page.routeWebSocket(/.*/, (socket) => {
      const engine = socket.connectToServer();
      engine.onMessage((message) => void setTimeout(() => socket.send(message), 150));
    });
    await open('/');
    await ownView(page, 'In a hurry');
    await page.keyboard.press('e');
    await handle(page, 'MRR bridge').focus();
    await page.keyboard.press('Shift+ArrowRight');
    // Long enough that the first edit's answer and the refetch behind it are under way.
    for (const wait of [0, 100, 200, 300]) {
      await page.waitForTimeout(wait);
      await page.keyboard.press('Shift+ArrowLeft');
    }
    await expect(handle(page, 'MRR bridge')).toHaveAccessibleName(/, 7 of 24/);
    await page.keyboard.press('ControlOrMeta+z');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(handle(page, 'MRR bridge')).toHaveAccessibleName(/, 9 of 24/);
    await page.getByRole('button', { name: 'Done' }).click();
    // Saves are still on their way here: a page that is loaded anew now would leave them behind.
    const other = await page.context().newPage();
    await expect(async () => {
      await other.goto(page.url());
      await expect(menu(other, 'In a hurry')).toBeVisible();
      await other.keyboard.press('e');
      await expect(handle(other, 'MRR bridge')).toHaveAccessibleName(/, 9 of 24/, { timeout: 1_000 });
    }, 'what was shown last was kept').toPass();
    await other.close();
    await removeView(page, 'In a hurry');
  });

  test('left at once: edits that waited for an answer are kept', async ({ open, page }) => {
    await open('/');
    await ownView(page, 'Left at once');
    await page.keyboard.press('e');
    await handle(page, 'MRR bridge').focus();
    await expect(handle(page, 'MRR bridge')).toHaveAccessibleName(/, 10 of 24/);
    for (let edit = 0; edit < 4; edit++) await page.keyboard.press('Shift+ArrowRight');
    await page.reload();
    await expect(menu(page, 'Left at once')).toBeVisible();
    await page.keyboard.press('e');
    await expect(handle(page, 'MRR bridge')).toHaveAccessibleName(/, 14 of 24/);
    await page.keyboard.press('Escape');
    await removeView(page, 'Left at once');
  });

  test('by pointer: a tile is dragged before another one, its edge makes it wider, and both are kept', async ({
    open,
    page,
  }) => {
    await open('/');
    await ownView(page, 'By pointer');
    await page.keyboard.press('e');
    await handle(page, 'Trials').dragTo(handle(page, 'ARR, annual run rate'), { targetPosition: { x: 20, y: 80 } });
    await expect(handle(page, 'Trials')).toHaveAccessibleName(/place 1 of/);
    const box = await handle(page, 'Trials').boundingBox();
    if (box === null) throw new Error('the tile is not on the screen');
    await page.mouse.move(box.x + box.width + 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 1.5, box.y + box.height / 2, { steps: 6 });
    await page.mouse.up();
    await expect(handle(page, 'Trials')).toHaveAccessibleName(/place 1 of \d+, 6 of 24/);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.reload();
    await expect(page.getByRole('list', { name: 'Tiles' }).getByRole('listitem').first()).toContainText('Trials');
    await removeView(page, 'By pointer');
  });
});

test.describe('views of the cockpit', () => {
  test('keep their filters, are named by the address, and are switched by key and palette', async ({ open, page }) => {
    await open('/?period=12');
    await ownView(page, 'A year');
    expect(page.url()).toMatch(/period=12.*view=\d+|view=\d+.*period=12/);
    const address = page
      .url()
      .replace(/period=12&?/, '')
      .replace(/[?&]$/, '');
    await page.keyboard.press('1');
    await expect(menu(page, 'Overview')).toBeVisible();
    expect(page.url()).not.toContain('period=');
    await page.keyboard.press('2');
    await expect(menu(page, 'A year')).toBeVisible();
    await expect(page).toHaveURL(/period=12/);
    await page.keyboard.press('1');
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('combobox').fill('a year');
    await page
      .getByRole('option', { name: /A year/ })
      .first()
      .click();
    await expect(menu(page, 'A year')).toBeVisible();
    await page.goto(address);
    await expect(page, 'a view that is opened by its address brings its filters').toHaveURL(/period=12/);
    await removeView(page, 'A year');
  });

  test('stand in an order of their own: by menu, by keyboard and by dragging', async ({ open, page }) => {
    await open('/');
    await ownView(page, 'Second in order');
    const places = async () =>
      (await page.getByRole('menuitemcheckbox').allTextContents()).map((text) => text.replace(/[✓\d]/g, ''));
    await menu(page, 'Second in order').click();
    await page.getByRole('menuitem', { name: 'Move up' }).click();
    await menu(page, 'Second in order').click();
    await expect.poll(places).toEqual(['Second in order', 'Overview']);
    await expect(page.getByRole('menuitem', { name: 'Move up' })).toHaveAttribute('aria-disabled', 'true');
    await page.getByRole('menuitem', { name: 'Order of the views…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Order of the views' });
    const lines = dialog.getByRole('listitem');
    await expect(lines).toHaveText([/Second in order/, /Overview/]);
    await dialog.getByRole('button', { name: 'Move Second in order down' }).focus();
    await page.keyboard.press('Alt+ArrowDown');
    await expect(lines).toHaveText([/Overview/, /Second in order/]);
    await expect(dialog.getByRole('status')).toHaveText('Second in order: place 2 of 2');
    await lines.nth(1).dragTo(lines.nth(0), { sourcePosition: { x: 60, y: 18 }, targetPosition: { x: 60, y: 4 } });
    await expect(lines).toHaveText([/Second in order/, /Overview/]);
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.reload();
    await menu(page, 'Second in order').click();
    await expect.poll(places).toEqual(['Second in order', 'Overview']);
    await page.keyboard.press('Escape');
    await removeView(page, 'Second in order');
  });

  test('are renamed, duplicated, and deleted with a way back', async ({ open, page }) => {
    await open('/');
    await ownView(page, 'First');
    await menu(page, 'First').click();
    await page.getByRole('menuitem', { name: 'Rename…' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('overview');
    await expect(page.getByText('There is a view “overview” already')).toBeVisible();
    await page.getByRole('textbox', { name: 'Name' }).fill('Second');
    await page.getByRole('button', { name: 'Rename', exact: true }).click();
    await menu(page, 'Second').click();
    await page.getByRole('menuitem', { name: 'Duplicate…' }).click();
    await page.getByRole('button', { name: 'Save view' }).click();
    await expect(menu(page, 'Second 2')).toBeVisible();
    await removeView(page, 'Second 2');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(menu(page, 'Second 2')).toBeVisible();
    await removeView(page, 'Second 2');
    await menu(page, 'Overview').click();
    await page.getByRole('menuitemcheckbox', { name: 'Second' }).click();
    await removeView(page, 'Second');
  });
});

test.describe('the wall screen', () => {
  test('shows the cockpit without a frame, goes on by itself or by keys, and leaves with Escape', async ({
    open,
    page,
  }) => {
    await page.setViewportSize({ width: 1920, height: 1080 });
    await open('/kiosk?names=hidden');
    const screens = page.getByRole('img', { name: /^Screen 1 of \d/ });
    await expect(screens).toBeVisible();
    await expect(page.getByRole('navigation')).toHaveCount(0);
    await page.keyboard.press(' ');
    await expect(page.getByLabel('paused')).toBeVisible();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('img', { name: /^Screen 2 of \d/ })).toBeVisible();
    const figure = page.locator('article', { hasText: 'NRR' }).locator('p').first();
    await expect(figure).toBeVisible();
    const high = await figure.evaluate((element) => element.getBoundingClientRect().height);
    expect(high, 'a figure is read from four metres').toBeGreaterThan(40);
    await page.keyboard.press('Escape');
    await expect(page).toHaveURL(/\/$/);
    await expect(tile(page, 'NRR')).toBeVisible();
  });

  test('goes on by itself at the pace that was chosen, and hides names of customers', async ({ open, demo, page }) => {
    await page.clock.install();
    const { rows } = await demo.customers(400);
    await open('/');
    await menu(page, 'Overview').click();
    await page.getByRole('menuitem', { name: 'Wall screen…' }).click();
    await page.getByRole('combobox', { name: 'Next screen after' }).selectOption('15 seconds');
    await page.getByRole('button', { name: 'Start' }).click();
    const count = Number(
      /of (\d+)/.exec((await page.getByRole('img', { name: /^Screen/ }).getAttribute('aria-label')) ?? '')?.[1],
    );
    const names = new Set(rows.map(({ name }) => name));
    for (let screen = 1; screen <= count; screen += 1) {
      await expect(page.getByRole('img', { name: `Screen ${screen} of ${count}` })).toBeVisible();
      await expect(page.getByText('Loading')).toHaveCount(0);
      const text = await page.getByRole('main').innerText();
      expect(text.split('\n').filter((line) => names.has(line.trim()))).toEqual([]);
      await page.clock.runFor(15_100);
    }
    await expect(page.getByRole('img', { name: `Screen 1 of ${count}` })).toBeVisible();
  });
});
