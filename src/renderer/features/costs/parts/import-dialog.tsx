/** A file of costs before it is imported: what it would change, and which rows do not fit. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { COST_KIND_TITLES, MOST_FILE_CHARS, type CostImport } from '../../../../shared/contract/costs.ts';
import { money } from '../../../../shared/kernel/money.ts';
import { failureOf, stateOf, useEngine } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { StateGate } from '../../../ui/states.tsx';
import { useToast } from '../../../ui/toast.tsx';
import type { Column } from '../../../ui/table-model.ts';
import type { CostActs } from '../use-costs.ts';
import { RejectedTable } from './rejected-rows.tsx';

export interface ChosenFile {
  readonly file: string;
  readonly text: string;
}

export interface ImportDialogProps {
  /** Null: closed. */
  chosen: ChosenFile | null;
  acts: CostActs;
  onClose: () => void;
}

export function ImportDialog({ chosen, acts, onClose }: ImportDialogProps): ReactNode {
  return (
    <Dialog
      open={chosen !== null}
      onClose={onClose}
      title={`Import ${chosen?.file ?? ''}`}
      className="w-[min(48rem,calc(100vw-2rem))]"
    >
      {chosen !== null &&
        (JSON.stringify(chosen.text).length > MOST_FILE_CHARS ? (
          <Callout tone="warn" title="This file is too large for the window">
            The command line takes it: <code className="font-mono">vario import costs {chosen.file}</code>
          </Callout>
        ) : (
          <Preview chosen={chosen} acts={acts} onClose={onClose} />
        ))}
    </Dialog>
  );
}

function Preview({ chosen, acts, onClose }: ImportDialogProps & { chosen: ChosenFile }): ReactNode {
  const { client, api } = useEngine();
  const format = useFormat();
  const queries = useQueryClient();
  const toast = useToast();
  const dry = useQuery({
    queryKey: [...api.costs.key(), 'preview', chosen.file, chosen.text],
    queryFn: () => client.costs.import({ ...chosen, dryRun: true }),
    retry: false,
    gcTime: 0,
  });
  const run = useMutation({
    ...api.costs.import.mutationOptions(),
    meta: { showsFailure: true },
    onSuccess: (result) => {
      const { editId } = result;
      void queries.invalidateQueries({ queryKey: api.costs.key() });
      void queries.invalidateQueries({ queryKey: api.metrics.key() });
      if (editId !== null) acts.did(editId);
      toast({
        text: `${chosen.file}: ${summary(result, format)}`,
        ...(editId === null ? {} : { undo: () => acts.undoEdit(editId) }),
      });
      onClose();
    },
  });
  const preview = dry.data;
  const changes = preview === undefined ? 0 : preview.imported + preview.replaced;
  // The same text would be refused again: the file is to be mended.
  if (dry.isError) return <Callout tone="loss" title={failureOf(dry.error).message} />;
  return (
    <StateGate state={stateOf(dry)}>
      {preview !== undefined && (
        <div className="flex flex-col gap-3">
          <p className="text-ink">{summary(preview, format)}</p>
          {preview.preview.length > 0 && (
            <DataTable
              label="What would change"
              columns={previewColumns(format)}
              rows={preview.preview}
              rowKey={(row) => `${row.month}|${row.kind}|${row.channel ?? ''}|${row.currency}`}
              maxHeight={260}
              toolbar={
                changes > preview.preview.length ? (
                  <span className="text-xs text-muted">
                    The first {format.count(preview.preview.length)} of {format.count(changes)} changes
                  </span>
                ) : undefined
              }
            />
          )}
          {preview.quarantined.length > 0 && (
            <section className="flex flex-col gap-1">
              <h3 className="text-sm font-semibold text-ink">
                {format.count(preview.quarantined.length, { one: 'row does', other: 'rows do' })} not fit and would be
                left out
              </h3>
              <RejectedTable rows={preview.quarantined.slice(0, 100)} />
            </section>
          )}
          {run.error !== null && <Callout tone="loss" title={failureOf(run.error).message} />}
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button
              kind="primary"
              busy={run.isPending}
              disabled={changes === 0 && preview.quarantined.length === 0}
              onClick={() => run.mutate({ ...chosen, dryRun: false })}
            >
              {changes === 0
                ? 'Note the rows that do not fit'
                : `Import ${format.count(changes, { one: 'cost', other: 'costs' })}`}
            </Button>
          </div>
        </div>
      )}
    </StateGate>
  );
}

function summary({ imported, replaced, unchanged, combined }: CostImport, format: Formatter): string {
  const parts = [
    `${format.count(imported)} new`,
    `${format.count(replaced)} replaced`,
    `${format.count(unchanged)} unchanged`,
    ...(combined === 0 ? [] : [`${format.count(combined)} added to another row`]),
  ];
  return format.list(parts);
}

type Changed = CostImport['preview'][number];

function previewColumns(format: Formatter): Column<Changed>[] {
  return [
    { id: 'month', header: 'Month', value: ({ month }) => month, text: ({ month }) => format.month(month), width: 90 },
    { id: 'kind', header: 'Kind', value: ({ kind }) => COST_KIND_TITLES[kind] },
    { id: 'channel', header: 'Channel', value: ({ channel }) => channel },
    {
      id: 'before',
      header: 'Stands there',
      align: 'end',
      width: 120,
      value: ({ before }) => before,
      text: ({ before, currency }) => format.money(before === null ? null : money(before, currency)),
    },
    {
      id: 'amount',
      header: 'Would be',
      align: 'end',
      width: 120,
      value: ({ amount }) => amount,
      text: ({ amount, currency }) => format.money(money(amount, currency)),
    },
  ];
}
