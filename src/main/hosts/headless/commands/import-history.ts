import { basename } from 'node:path';
import { isoOfInstant } from '../../../../shared/kernel/instant.ts';
import { listFileKinds } from '../../../engine/index.ts';
import { countText } from '../../figure-text.ts';
import { followJob } from '../follow-job.ts';
import type { Client } from '../headless.ts';
import type { Invocation } from '../invocation.ts';
import { csv, textTable } from '../text-table.ts';

/** `vario import --list`: what was imported, newest first. */
export async function listImported(client: Client, { terminal }: Invocation): Promise<void> {
  const { rows } = await client.files.imports({ limit: 200 });
  const table = rows.map(({ importId, kindTitle, file, startedAt, state, added, changed, unchanged, rejected }) => [
    String(importId),
    isoOfInstant(startedAt).slice(0, 16).replace('T', ' '),
    kindTitle,
    basename(file),
    state,
    countText(added),
    countText(changed),
    countText(unchanged),
    countText(rejected),
  ]);
  const text =
    rows.length === 0
      ? 'Nothing was imported yet'
      : textTable(
          ['Import', 'At (UTC)', 'Kind', 'File', 'State', 'New', 'Changed', 'Unchanged', 'Rejected'].map((title) => ({
            title,
          })),
          table,
        );
  terminal.result({ imports: rows }, text);
}

/** `vario import --undo ID`. */
export async function undoImport(client: Client, { terminal, process }: Invocation, importId: number): Promise<void> {
  const { jobId } = await client.files.undo({ importId });
  const { result } = await followJob(client, jobId, terminal, process.stop);
  terminal.result({ importId, undone: true, result }, `Import ${importId} was taken back`);
}

/** `vario import --kinds`. They are the program's own, and need no database. */
export function printKinds({ terminal }: Invocation): void {
  const kinds = listFileKinds();
  terminal.result(
    { kinds },
    kinds
      .map(
        ({ kind, description, template }) => `${kind.replaceAll('_', '-')}\n  ${description}\n  ${template.join(', ')}`,
      )
      .join('\n'),
  );
}

export function isFileKind(name: string): boolean {
  return listFileKinds().some(({ kind }) => kind === name.replaceAll('-', '_'));
}

const PAGE = 500;

/** `vario import --rows KIND`: what files of a kind have brought, as CSV that no spreadsheet takes for formulas, or JSON. */
export async function printRecords(client: Client, { terminal }: Invocation, kind: string): Promise<void> {
  const rows: Record<string, string | number>[] = [];
  const fields = new Set<string>();
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await client.files.records({
      kind: kind.replaceAll('-', '_'),
      limit: PAGE,
      ...(cursor !== undefined && { cursor }),
    });
    for (const { field } of page.fields) fields.add(field);
    for (const { values, file, line } of page.rows) rows.push({ ...values, file, line });
    cursor = page.cursor;
  }
  const columns = [...fields, 'file', 'line'];
  terminal.result(
    { rows },
    csv(
      columns,
      rows.map((row) => columns.map((column) => row[column] ?? null)),
    ),
  );
}
