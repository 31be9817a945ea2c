/** Saves all rows behind a figure as CSV, also those that were not scrolled to. */
import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ExplainRow } from '../../../shared/contract/metrics.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { toCsv } from '../../lib/delimited.ts';
import { useEngine, type EngineClient } from '../../lib/engine/index.ts';
import { useFormat } from '../../lib/format-context.tsx';
import type { Unit } from '../../lib/unit.ts';
import { Button } from '../../ui/button.tsx';
import { saveText } from '../../ui/export-buttons.tsx';
import { exportRows } from '../../ui/table-model.ts';
import { evidenceColumns } from './evidence-columns.tsx';
import type { ExplainInput } from './use-explain.ts';

const LARGEST_PAGE = 500;

export interface AllRowsButtonProps {
  input: ExplainInput;
  unit: Unit | undefined;
  currency: CurrencyCode | undefined;
}

export function AllRowsButton({ input, unit, currency }: AllRowsButtonProps): ReactNode {
  const { client } = useEngine();
  const format = useFormat();
  const save = useMutation({
    mutationFn: () => allRows(client, input),
    onSuccess: (rows) => {
      const columns = evidenceColumns(unit, currency, format);
      const header = columns.map((column) => column.header);
      saveText(
        `${input.metric}-${input.to}.csv`,
        toCsv(header, exportRows(columns, rows), format.tableStyle()),
        'text/csv',
      );
    },
  });
  return (
    <Button size="sm" kind="ghost" icon={Download} busy={save.isPending} onClick={() => save.mutate()}>
      All rows as CSV
    </Button>
  );
}

async function allRows(client: EngineClient, input: ExplainInput): Promise<ExplainRow[]> {
  const rows: ExplainRow[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<EngineClient['metrics']['explain']>> = await client.metrics.explain({
      ...input,
      limit: LARGEST_PAGE,
      cursor,
    });
    rows.push(...page.rows);
    cursor = page.cursor;
  } while (cursor !== null);
  return rows;
}
