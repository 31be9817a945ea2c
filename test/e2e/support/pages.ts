/**
 * Every page there is, read off the router, and the further views, sheets and dialogs that an address opens. Whoever
 * looks at all of them (accessibility, small screens, pictures, budgets) cannot forget a new one.
 */
import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { SETTINGS_SECTIONS } from '../../../src/shared/contract/settings-sections.ts';

const ROUTER = new URL('../../../src/renderer/app/router.tsx', import.meta.url);

/** Addresses that show nothing of their own. */
const NO_PAGES: ReadonlySet<string> = new Set(['/index.html']);

/** Something to stand for the variable parts of a path. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  '/customers/$customerId': ['/customers/1'],
  '/handbook/$page': ['/handbook/numbers-reading'],
  // The first section is what stands without one.
  '/settings/$section': SETTINGS_SECTIONS.slice(1).map(({ id }) => `/settings/${id}`),
};

/**
 * An address for each route of the renderer, `/customers/1` for `/customers/$customerId`; for some more than one.
 * @throws Error where a path has variable parts and no example.
 */
export function routeAddresses(): string[] {
  const paths = [...readFileSync(ROUTER, 'utf8').matchAll(/^ {2}path: '([^']+)',$/gm)].map(([, path]) => path ?? '');
  return paths.filter((path) => !NO_PAGES.has(path)).flatMap(examplesOf);
}

function examplesOf(path: string): readonly string[] {
  const addresses = EXAMPLES[path] ?? [path];
  if (addresses.some((address) => address.includes('$')))
    throw new Error(`Give an example address of ${path} in test/e2e/support/pages.ts`);
  return addresses;
}

/** Something that is there only when its data is. */
export type Ready = (page: Page) => ReturnType<Page['getByText']>;

/** Views of the pages, and what opens over them, by their addresses; with a sign where the page's own does not do. */
export const VIEWS: readonly (readonly [address: string, ready: Ready])[] = [
  ['/?why=mrr', (page) => page.getByRole('link', { name: /sub_/ }).first()],
  ['/?arrange=yes', (page) => page.getByRole('button', { name: /^Rate of climb, place/ })],
  ['/?how=mrr', (page) => page.getByText('Formula')],
  ['/revenue?part=movements', (page) => page.getByRole('table', { name: 'Movements' }).getByText('New').first()],
  ['/revenue?part=breakdown', (page) => page.getByRole('table', { name: 'MRR by plan' }).getByText('Enterprise')],
  ['/revenue?part=cash', (page) => page.getByRole('figure', { name: 'Cash by month' }).getByText('Charged').first()],
  [
    '/revenue?part=payments',
    (page) => page.getByRole('figure', { name: 'Failed payments' }).getByText('Recovered').first(),
  ],
  [
    '/discounts?list=past',
    (page) => page.getByRole('table', { name: 'Discounts that ended' }).getByText('Kept').first(),
  ],
  ['/retention?cohort=2025-03&age=6', (page) => page.getByRole('dialog').getByText('Does not pay').first()],
  ['/reconciliation?rule=pause', (page) => page.getByRole('dialog').getByText('Delft Instruments')],
  ['/reconciliation?tab=completeness', (page) => page.getByText('agree').first()],
  ['/reconciliation?tab=quarantine', (page) => page.getByText('Nothing was set aside')],
  [
    '/reconciliation?tab=months&cause=late',
    (page) => page.getByRole('table', { name: 'Restatements' }).getByText('Sorrel Grid'),
  ],
  ['/reconciliation?tab=months&month=2026-09', (page) => page.getByText('Seal holds')],
  ['/reconciliation?tab=evidence', (page) => page.getByText(/disagreements? (so far|in all), among/)],
  ['/alerts?view=rules', (page) => page.getByText('A payment failed')],
  ['/matching?customer=1', (page) => page.getByRole('button', { name: 'Split off' }).first()],
  ['/matching?view=linked', (page) => page.getByText('Unlink').first()],
  ['/matching?view=decisions', (page) => page.getByRole('button', { name: 'Take back' }).first()],
  ['/import?view=history', (page) => page.getByRole('table', { name: 'Imports' }).getByText('NPS answers')],
];

/** Waits until the page stands: its heading, and nothing of it on its way or waiting to be drawn. */
export async function drawn(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await expect(page.locator('main output', { hasText: /^Loading/ })).toHaveCount(0, { timeout: 20_000 });
  await expect(page.locator('main [aria-busy=true]')).toHaveCount(0);
  await page.evaluate(async () => {
    await document.fonts.ready;
  });
}
