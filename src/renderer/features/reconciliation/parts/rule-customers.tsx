/** The customers behind one rule of the bridge, loaded as they are scrolled to; all of them as CSV. */
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PolicyInput, SwitchName } from '../../../../shared/contract/policy.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import { decimalText, minor, money } from '../../../../shared/kernel/money.ts';
import { toCsv } from '../../../lib/delimited.ts';
import { stateOf, useEngine, type EngineClient } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Sheet } from '../../../ui/dialog.tsx';
import { saveText } from '../../../ui/export-buttons.tsx';
import { exportRows, type Column } from '../../../ui/table-model.ts';
import { RULE_WORDS } from '../../../ui/policy/index.ts';

export interface RuleCustomersProps {
  input: { readonly from: PolicyInput; readonly to: PolicyInput; readonly asOf: PlainDay };
  /** Null: closed. */
  rule: SwitchName | null;
  /** The day in words. */
  day: string;
  onClose: () => void;
}

type Page = Awaited<ReturnType<EngineClient['metrics']['policyBridgeCustomers']>>;
type Row = Page['rows'][number];

const PAGE = 200;
const LARGEST_PAGE = 1_000;

export function RuleCustomers({ input, rule, day, onClose }: RuleCustomersProps): ReactNode {
  const { api, client } = useEngine();
  const format = useFormat();
  const navigate = useNavigate();
  const asked = { ...input, rule: rule ?? ('discounts' as const) };
  const pages = useInfiniteQuery({
    ...api.metrics.policyBridgeCustomers.infiniteOptions({
      input: (cursor: string | null) => ({ ...asked, limit: PAGE, cursor }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.cursor,
    }),
    enabled: rule !== null,
  });
  const first = pages.data?.pages[0];
  const columns = first === undefined ? [] : columnsOf(first.currency, format);
  const save = useMutation({
    mutationFn: () => allRows(client, asked),
    onSuccess: (rows) =>
      saveText(
        `${asked.rule} ${asked.asOf}.csv`,
        toCsv(
          columns.map(({ header }) => header),
          exportRows(columns, rows),
          format.tableStyle(),
        ),
        'text/csv',
      ),
  });
  return (
    <Sheet
      open={rule !== null}
      onClose={onClose}
      title={rule === null ? '' : RULE_WORDS[rule]}
      description={
        first === undefined
          ? ' '
          : `${format.count(first.total, { one: 'customer', other: 'customers' })} on ${day}, ${format.money(money(first.mrr, first.currency), { signed: true })} MRR in all`
      }
    >
      <DataTable
        label="Customers behind the rule"
        columns={columns}
        rows={pages.data?.pages.flatMap(({ rows }) => rows) ?? []}
        rowKey={(row) => String(row.customerId)}
        state={stateOf(pages)}
        maxHeight={Math.max(320, window.innerHeight - 170)}
        onEnd={() => {
          if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
        }}
        onOpen={(row) => void navigate({ to: '/customers/$customerId', params: { customerId: row.customerId } })}
        toolbar={
          <Button size="sm" kind="ghost" icon={Download} busy={save.isPending} onClick={() => save.mutate()}>
            All as CSV
          </Button>
        }
      />
    </Sheet>
  );
}

async function allRows(
  client: EngineClient,
  asked: Omit<Parameters<EngineClient['metrics']['policyBridgeCustomers']>[0], 'limit' | 'cursor'>,
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const page: Page = await client.metrics.policyBridgeCustomers({ ...asked, limit: LARGEST_PAGE, cursor });
    rows.push(...page.rows);
    cursor = page.cursor;
  } while (cursor !== null);
  return rows;
}

function columnsOf(currency: CurrencyCode, format: Formatter): Column<Row>[] {
  const amount = (id: 'mrr' | 'arr', header: string): Column<Row> => ({
    id,
    header: `${header} (${currency})`,
    align: 'end',
    width: 130,
    value: (row) => row[id],
    text: (row) => format.money(money(row[id], currency), { signed: true }),
    exported: (row) => decimalText(minor(row[id]), currency),
  });
  return [{ id: 'name', header: 'Customer', value: (row) => row.name }, amount('mrr', 'MRR'), amount('arr', 'ARR')];
}
