/** Files of a million rows, as vendors and companies export them: everything follows from the row's number. */
import { closeSync, openSync, writeSync } from 'node:fs';

export const ROWS = 1_000_000;
const CUSTOMERS = 50_000;
const AT_ONCE = 20_000;

function write(path: string, header: string, row: (index: number) => string): void {
  const file = openSync(path, 'w');
  writeSync(file, `${header}\n`);
  for (let from = 0; from < ROWS; from += AT_ONCE) {
    let text = '';
    for (let index = from; index < from + AT_ONCE; index++) text += `${row(index)}\n`;
    writeSync(file, text);
  }
  closeSync(file);
}

/** Scattered, as ids and customers are. */
const scattered = (index: number): number => Math.imul(index, 2_654_435_761) >>> 0;
const two = (value: number): string => String(value).padStart(2, '0');

/** Stripe's unified payments, in the columns of its default export. @param changed every so many rows has another amount. */
export function writePayments(path: string, changed = 0): void {
  write(
    path,
    'id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Decline Reason,Description,Fee,Refunded date (UTC),Status,Seller Message,Customer ID,Customer Description,Customer Email,Invoice ID',
    (index) => {
      const month = index % 36;
      const customer = scattered(index) % CUSTOMERS;
      const cents = 1_000 + (scattered(index + 7) % 49_000) + (changed > 0 && index % changed === 0 ? 1 : 0);
      const day = `${2023 + Math.floor(month / 12)}-${two((month % 12) + 1)}-${two((index % 28) + 1)} ${two(index % 24)}:00`;
      return `ch_${index.toString(36)}${scattered(index).toString(36)},${day},${(cents / 100).toFixed(2)},0.00,usd,true,,"Subscription update, monthly",1.23,,Paid,Payment complete.,cus_${customer},Customer ${customer},user${customer}@example.com,in_${index}`;
    },
  );
}

/** A company's own invoices with service periods: twenty months of fifty thousand subscriptions. */
export function writeInvoices(path: string): void {
  write(
    path,
    'Invoice ID,Customer ID,Date,Status,Amount,Tax,Currency,Plan,Period start,Period end,Subscription ID',
    (index) => {
      const customer = index % CUSTOMERS;
      const month = Math.floor(index / CUSTOMERS);
      const day = (at: number) => `${2024 + Math.floor(at / 12)}-${two((at % 12) + 1)}-${two((customer % 28) + 1)}`;
      return `INV-${index},cus_${customer},${day(month)},paid,${19 + (customer % 80)}.00,0,EUR,Plan ${customer % 7},${day(month)},${day(month + 1)},sub_${customer}`;
    },
  );
}
