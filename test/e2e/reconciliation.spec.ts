import { createFormatter } from '../../src/renderer/lib/format.ts';
import { addToMonth, lastDayOf, monthOf, UTC } from '../../src/shared/kernel/day.ts';
import { Host } from './support/host.ts';
import { runToday } from './support/moment.ts';
import { expect, listenTo, test } from './support/test.ts';

const format = createFormatter('en-US', UTC);
const thisMonth = monthOf(runToday());
/** The demo company has reported every month up to here; the one after it is still open. */
const reported = addToMonth(thisMonth, -2);
const open = addToMonth(thisMonth, -1);

test.describe('between policies', () => {
  test('says what each rule comes to, and who is behind it, by address', async ({ open: visit, page }) => {
    await visit('/reconciliation');
    await expect(page.getByTestId('between')).toHaveText(
      /By Stripe’s rules MRR is \$[\d,.]+, by Vario’s \$[\d,.]+: −?\+?/,
    );
    const rules = page.getByRole('table', { name: 'Rules between the policies' });
    await rules.getByRole('row', { name: /^Pauses/ }).click();
    await expect(page).toHaveURL(/rule=pause/);
    const sheet = page.getByRole('dialog', { name: 'Pauses' });
    await expect(
      sheet.getByRole('table', { name: 'Customers behind the rule' }).getByText('Delft Instruments'),
    ).toBeVisible();
    const saved = page.waitForEvent('download');
    await sheet.getByRole('button', { name: 'All as CSV' }).click();
    expect((await saved).suggestedFilename()).toMatch(/^pause \d{4}-\d\d-\d\d\.csv$/);
    await page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
    await page.getByRole('combobox', { name: 'From' }).selectOption('ChartMogul');
    await expect(page).toHaveURL(/base=chartmogul/);
    await expect(page.getByRole('heading', { name: 'From ChartMogul to Vario' })).toBeVisible();
  });

  test('own switches are tried in money, and stand in the address', async ({ open: visit, page }) => {
    await visit('/reconciliation');
    await page.getByRole('button', { name: 'Own switches…' }).click();
    const sheet = page.getByRole('dialog', { name: 'Own switches' });
    await sheet.getByRole('textbox', { name: /^How long a past-due/ }).fill('sometimes');
    await expect(sheet.getByRole('button', { name: 'Show the difference' })).toBeDisabled();
    await sheet.getByRole('textbox', { name: /^How long a past-due/ }).fill('0');
    await sheet.getByRole('combobox', { name: 'Which discounts lower MRR' }).selectOption('None: list prices count');
    await sheet.getByRole('button', { name: 'Show the difference' }).click();
    await expect(page).toHaveURL(/other=own&own=/);
    const rules = page.getByRole('table', { name: 'Rules between the policies' });
    await expect(rules.getByRole('row', { name: /^Discounts/ })).toBeVisible();
    await expect(rules.getByRole('row', { name: /^Past due/ })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('heading', { name: 'From Vario to Own switches over Vario' })).toBeVisible();
  });

  test('shows what another policy would do before it is chosen', async ({ open: visit, page }) => {
    await visit('/reconciliation?base=vario&other=chartmogul');
    await page.getByRole('button', { name: 'Use ChartMogul’s rules…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Count by ChartMogul’s rules?' });
    await expect(dialog.getByText('MRR then')).toBeVisible();
    await expect(dialog.getByText(/closed months keep what was reported/)).toBeVisible();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
  });
});

test('a stream’s proof is read whole, with every sum', async ({ open: visit, page }) => {
  await visit('/reconciliation?tab=completeness');
  await page.getByRole('table', { name: 'Completeness of Stripe' }).getByText('Invoices', { exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Invoices of Stripe' });
  await expect(dialog.getByText(/listed objects are stored, sums agree in .*USD/)).toBeVisible();
  await expect(dialog.getByRole('list', { name: 'Vendor’s sum and ours' }).getByText('$')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('the tabs are walked by keyboard and stand in the address', async ({ open: visit, page }) => {
  await visit('/reconciliation');
  await page.getByRole('tab', { name: 'Between policies' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/tab=completeness/);
  await expect(page.getByRole('table', { name: 'Completeness of Stripe' }).getByText('agree').first()).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/tab=payouts/);
  await expect(page.getByText(/^All \d+ compared agree$/)).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/tab=quarantine/);
  await expect(page.getByText('Nothing was set aside')).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/tab=payouts/);
});

test('invoices are held against what was seen, page by page or all at once, with the total', async ({
  open: visit,
  page,
}) => {
  await visit('/reconciliation?tab=evidence');
  await expect(page.getByText(/so far, among 500 of \d+ customers$/)).toBeVisible();
  await page.getByRole('button', { name: 'Look at all' }).click();
  await expect(page.getByText(/disagreements? in all, among \d+ customers$/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Look at/ })).toHaveCount(0);
});

test('a closed month is shown as reported beside as known, with what made the difference', async ({
  open: visit,
  page,
}) => {
  await visit('/reconciliation?tab=months');
  const months = page.getByRole('table', { name: 'Months as reported and as known' });
  const row = months.getByRole('row', { name: new RegExp(`^${format.month(reported, 'long')}`) });
  await expect(row).toContainText('Closed');
  await expect(row).toContainText('+$4,908.00');
  // Other specifications may have changed costs of closed months before.
  await page.getByRole('combobox', { name: 'Cause' }).selectOption('Late event or invoice');
  const restatements = page.getByRole('table', { name: 'Restatements' });
  await expect(restatements.getByRole('row', { name: /Sorrel Grid/ })).toContainText('Late event or invoice');
  await page.getByRole('combobox', { name: 'Cause' }).selectOption('Exchange rate');
  await expect(page.getByText('Nothing was restated for this cause')).toBeVisible();
  await row.click();
  const sheet = page.getByRole('dialog', { name: format.month(reported, 'long') });
  await expect(sheet.getByRole('row', { name: /^Closing ARR/ })).toContainText('+$4,908.00');
  await expect(sheet.getByText('Seal holds')).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`month=${reported}`));
});

test('the month selectors mark closed months, and the board pack says what it shows', async ({ open: visit, page }) => {
  await visit(`/?asOf=${lastDayOf(reported)}`);
  await expect(page.getByRole('group', { name: 'As of' }).getByRole('link', { name: 'Closed' })).toBeVisible();
  await page.goto(`${new URL(page.url()).origin}/reports?month=${reported}`);
  await page.getByRole('radio', { name: 'As reported' }).click();
  await page.getByRole('link', { name: 'Look at the pages' }).click();
  await expect(page.getByText(/As reported at the close of .*, version 1, seal/)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Restatements' })).toBeVisible();
  await expect(page.getByText('Sorrel Grid')).toBeVisible();
  await page.goto(`${new URL(page.url()).origin}/report/board?month=${open}`);
  await expect(page.getByText('As known today; the month is not closed')).toBeVisible();
});

test('a month is closed, opened again with a reason, and the policy changed and changed back', async ({ browser }) => {
  const host = await Host.company();
  const page = await browser.newPage();
  const complaints: string[] = [];
  await listenTo(page.context(), complaints);
  try {
    await page.goto(await host.address('/reconciliation?tab=months'));
    await page.getByRole('button', { name: `Close ${format.month(open, 'long')}` }).click();
    const dialog = page.getByRole('dialog', { name: `Close ${format.month(open, 'long')}?` });
    await dialog.getByRole('button', { name: 'Close the month' }).click();
    await expect(dialog).toBeHidden();
    const row = page
      .getByRole('table', { name: 'Months as reported and as known' })
      .getByRole('row', { name: new RegExp(`^${format.month(open, 'long')}`) });
    await expect(row).toContainText('Closed');
    await row.click();
    const sheet = page.getByRole('dialog', { name: format.month(open, 'long') });
    await sheet.getByRole('textbox', { name: 'Reason' }).fill('An invoice was booked late');
    await sheet.getByRole('button', { name: 'Open again' }).click();
    await expect(sheet.getByText(/open again since .*: An invoice was booked late/)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(row).toContainText('Open again');

    await page.goto(await host.address('/reconciliation?base=vario&other=chartmogul'));
    await page.getByRole('button', { name: 'Use ChartMogul’s rules…' }).click();
    await page.getByRole('button', { name: 'Change the policy' }).click();
    await expect(page.getByText('Figures are computed by ChartMogul’s rules.')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('combobox', { name: 'From' })).toContainText('Vario (this company)');
    expect(complaints).toEqual([]);
  } finally {
    await page.close();
    await host.stop();
  }
});
