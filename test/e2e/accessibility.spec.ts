import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support/test.ts';

/** Each page with something that is there only when its data is. */
const PAGES: readonly (readonly [path: string, ready: (page: Page) => ReturnType<Page['getByText']>])[] = [
  ['/', (page) => page.getByRole('figure', { name: 'MRR bridge' }).getByText('Closing').first()],
  ['/?why=mrr', (page) => page.getByRole('link', { name: /sub_/ }).first()],
  ['/?how=mrr', (page) => page.getByText('Formula')],
  ['/customers', (page) => page.getByRole('table', { name: 'Customers' }).getByText('Enterprise').first()],
  ['/customers/1', (page) => page.getByRole('region', { name: 'Timeline' }).getByRole('listitem').first()],
  ['/revenue', (page) => page.getByRole('figure', { name: 'MRR over time' }).getByText('Committed (CMRR)')],
  ['/revenue?part=movements', (page) => page.getByRole('table', { name: 'Movements' }).getByText('New').first()],
  ['/revenue?part=breakdown', (page) => page.getByRole('table', { name: 'MRR by plan' }).getByText('Enterprise')],
  ['/revenue?part=cash', (page) => page.getByRole('figure', { name: 'Cash by month' }).getByText('Charged').first()],
  [
    '/revenue?part=payments',
    (page) => page.getByRole('figure', { name: 'Failed payments' }).getByText('Recovered').first(),
  ],
  [
    '/discounts',
    (page) => page.getByRole('table', { name: 'Discounts that will end' }).getByText('Launch offer').first(),
  ],
  [
    '/discounts?list=past',
    (page) => page.getByRole('table', { name: 'Discounts that ended' }).getByText('Kept').first(),
  ],
  ['/retention', (page) => page.getByRole('table', { name: 'Customers kept' }).getByText('Mean')],
  ['/retention?cohort=2025-03&age=6', (page) => page.getByRole('dialog').getByText('Does not pay').first()],
  ['/usage', (page) => page.getByRole('table', { name: 'Near a limit' }).getByRole('meter').first()],
  ['/usage/mapping', (page) => page.getByRole('table', { name: 'Limits' }).getByText('Growth')],
  [
    '/support',
    (page) => page.getByRole('figure', { name: 'Open requests by age' }).getByText('Over 30 days', { exact: true }),
  ],
  ['/reconciliation', (page) => page.getByRole('table', { name: 'Rules between the policies' }).getByText('Pauses')],
  ['/reconciliation?rule=pause', (page) => page.getByRole('dialog').getByText('Delft Instruments')],
  ['/reconciliation?tab=completeness', (page) => page.getByText('agree').first()],
  ['/reconciliation?tab=quarantine', (page) => page.getByText('Nothing was set aside')],
  [
    '/reconciliation?tab=months&cause=late',
    (page) => page.getByRole('table', { name: 'Restatements' }).getByText('Sorrel Grid'),
  ],
  ['/reconciliation?tab=months&month=2026-09', (page) => page.getByText('Seal holds')],
  ['/reconciliation?tab=evidence', (page) => page.getByText(/disagreements? (so far|in all), among/)],
  ['/alerts', (page) => page.getByRole('button', { name: 'Done' }).first()],
  ['/alerts?view=rules', (page) => page.getByText('A payment failed')],
  ['/reports?month=2026-10', (page) => page.getByText(/^ARR stood at/)],
  ['/sources', (page) => page.getByText('Next sync').first()],
  [
    '/sources/fields',
    (page) => page.getByRole('table', { name: 'Custom fields of accounts' }).getByText('Americas').first(),
  ],
  ['/matching', (page) => page.getByRole('button', { name: 'Not the same' }).first()],
  ['/matching?customer=1', (page) => page.getByRole('button', { name: 'Split off' }).first()],
  ['/import', (page) => page.getByRole('button', { name: 'Choose a file…' })],
  ['/import?view=history', (page) => page.getByRole('table', { name: 'Imports' }).getByText('NPS answers')],
  ['/matching?view=decisions', (page) => page.getByRole('button', { name: 'Take back' }).first()],
  ['/settings', (page) => page.getByRole('button', { name: 'Save company' })],
  ['/report/board?month=2026-10', (page) => page.getByText('Scorecard')],
];

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [path, ready] of PAGES) {
    test(`${path} has no accessibility fault in the ${colorScheme} theme`, async ({ open, page }) => {
      await page.emulateMedia({ colorScheme });
      await open(path);
      await expect(ready(page)).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html.slice(0, 200)) }))).toEqual(
        [],
      );
    });
  }
}
