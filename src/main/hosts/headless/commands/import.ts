import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { TextDecoder } from 'node:util';
import { Command } from 'commander';
import type { CostImport } from '../../../../shared/contract/costs.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';

interface ImportOptions {
  readonly dryRun: boolean;
}

/** `vario import`: tables from files. */
export function importCommand(run: Process): Command {
  const costs = new Command('costs')
    .description('costs by month, kind and channel')
    .argument('<file...>', 'delimited text with month,kind,channel,amount,currency; - for standard input')
    .option('--dry-run', 'only say what would change', false)
    .addHelpText('after', HELP)
    .action(async (files: readonly string[], { dryRun }: ImportOptions, command: Command) => {
      const invocation = invocationOf(command, run);
      // All are read before anything is written.
      const texts = files.map((file) => ({ file: nameOf(file), text: textOf(file) }));
      await withWorkspace(invocation, { program: 'import' }, async (client) => {
        const previews: CostImport[] = [];
        for (const each of texts) previews.push(await client.costs.import({ ...each, dryRun: true }));
        const done: CostImport[] = [];
        if (!dryRun) for (const each of texts) done.push(await client.costs.import({ ...each, dryRun: false }));
        const imports = dryRun ? previews : done;
        invocation.terminal.result(importDocument(imports, dryRun), importText(imports, dryRun));
      });
    });
  return new Command('import').description('tables from files: costs').addCommand(costs);
}

const HELP = `
The first line names the columns: month (2026-01), kind (marketing, sales, cogs, rnd, ga or other), channel (may be
empty), amount (major units with a dot, negative for a credit) and currency; note may follow. Rows of one month, kind,
channel and currency add up, and take the place of what stands there. Rows that do not fit are listed with their line;
the others are imported.

Examples:
  vario import costs costs-2026.csv
  vario import costs --dry-run --json january.csv february.csv
  vario import costs - < costs.csv`;

function nameOf(file: string): string {
  return file === '-' ? 'standard input' : basename(file);
}

/** @throws AppError `not_found` for a file that cannot be read, `invalid_input` for one that is not text in UTF-8. */
function textOf(file: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file === '-' ? 0 : file);
  } catch (cause) {
    throw new AppError('not_found', `${nameOf(file)} cannot be read; nothing was imported`, { cause });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    const what = `${nameOf(file)} is not text in UTF-8. Save it as CSV in UTF-8; nothing was imported`;
    throw new AppError('invalid_input', what, { cause });
  }
}

/** What scripts read: sums over all files, and each file by itself. */
function importDocument(imports: readonly CostImport[], dryRun: boolean): Record<string, unknown> {
  const total = (of: (each: CostImport) => number) => imports.reduce((sum, each) => sum + of(each), 0);
  return {
    dryRun,
    rows: total(({ rows }) => rows),
    imported: total(({ imported }) => imported),
    replaced: total(({ replaced }) => replaced),
    unchanged: total(({ unchanged }) => unchanged),
    combined: total(({ combined }) => combined),
    quarantined: imports.flatMap(({ file, quarantined }) => quarantined.map((row) => ({ file, ...row }))),
    files: imports.map(({ file, rows, imported, replaced, unchanged, combined, quarantined }) => ({
      file,
      rows,
      imported,
      replaced,
      unchanged,
      combined,
      quarantined: quarantined.length,
    })),
  };
}

const SHOWN_ROWS = 20;

function importText(imports: readonly CostImport[], dryRun: boolean): string {
  return imports
    .flatMap(({ file, imported, replaced, unchanged, combined, quarantined }) => [
      `${file}: ${imported} new, ${replaced} replaced, ${unchanged} unchanged${
        combined === 0 ? '' : `, ${combined} added to another row`
      }${dryRun ? ' (dry run: nothing was written)' : ''}`,
      ...quarantined.slice(0, SHOWN_ROWS).map(({ line, reason }) => `  line ${line}: ${reason}`),
      ...(quarantined.length > SHOWN_ROWS
        ? [`  and ${quarantined.length - SHOWN_ROWS} further rows that do not fit`]
        : []),
    ])
    .join('\n');
}
