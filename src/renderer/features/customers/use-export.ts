/** Saves all customers of a filter as CSV, page by page, not only those that were scrolled to. */
import { useMutation } from '@tanstack/react-query';
import type { CustomerRow } from '../../../shared/contract/customers.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { toCsv } from '../../lib/delimited.ts';
import { failureOf, useEngine } from '../../lib/engine/index.ts';
import type { Formatter } from '../../lib/format.ts';
import { saveText } from '../../ui/export-buttons.tsx';
import { exportRows } from '../../ui/table-model.ts';
import { useToast } from '../../ui/toast.tsx';
import { customerColumns } from './customer-columns.tsx';
import type { CustomersInput } from './use-customers.ts';

const PAGE = 500;

export function useExport(input: CustomersInput, format: Formatter) {
  const { client } = useEngine();
  const toast = useToast();
  return useMutation({
    mutationFn: async () => {
      const rows: CustomerRow[] = [];
      let currency: CurrencyCode | undefined;
      for (;;) {
        const page = await client.customers.list({ ...input, offset: rows.length, limit: PAGE });
        rows.push(...page.rows);
        currency = page.currency;
        if (page.rows.length === 0 || rows.length >= page.total) return { rows, currency };
      }
    },
    onSuccess: ({ rows, currency }) => {
      const columns = customerColumns(currency, format);
      const header = columns.map((column) => column.header);
      saveText('customers.csv', toCsv(header, exportRows(columns, rows), format.tableStyle()), 'text/csv');
    },
    onError: (error) => toast({ text: failureOf(error).message, tone: 'warn' }),
  });
}
