import { keyboardOf } from './support/keyboard.ts';
import { expect, test } from './support/test.ts';

test.use({ viewport: { width: 390, height: 844 } });

test('the rooms are behind a button, go when one is chosen, and Escape gives the focus back', async ({
  open,
  page,
}) => {
  const { press, tabTo } = await keyboardOf(page);
  await open('/');
  const button = page.getByRole('banner').getByRole('button', { name: 'Rooms' });
  const drawer = page.getByRole('dialog', { name: 'Rooms' });
  await tabTo(button);
  await press('Enter');
  await expect(drawer).toBeVisible();
  await press('Escape');
  await expect(drawer).toBeHidden();
  await expect(button).toBeFocused();
  await press('Enter');
  await tabTo(drawer.getByRole('link', { name: 'Retention' }));
  await press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Retention' })).toBeVisible();
  await expect(drawer).toBeHidden();
});

test('a table scrolls in its own box, the page does not', async ({ open, page }) => {
  await open('/customers');
  const table = page.getByRole('table', { name: 'Customers' });
  await expect(table.getByRole('row').nth(1)).toBeVisible();
  const box = await table.evaluate((element) => {
    let parent = element.parentElement;
    while (parent !== null && parent.scrollWidth <= parent.clientWidth) parent = parent.parentElement;
    return { tag: parent?.tagName ?? null, window: document.documentElement.scrollWidth - window.innerWidth };
  });
  expect(box.tag, 'something narrower than the table scrolls').not.toBeNull();
  expect(box.tag).not.toBe('MAIN');
  expect(box.window).toBeLessThanOrEqual(0);
});
