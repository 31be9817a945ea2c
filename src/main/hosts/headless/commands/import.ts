import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { TextDecoder } from 'node:util';
import { Command } from 'commander';
import type { CostImport } from '../../../../shared/contract/costs.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';
import { isFileKind, listImported, printKinds, printRecords, undoImport } from './import-history.ts';
import { importTables, type TableOptions } from './import-table.ts';

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
    // The option is one of `import` as a whole.
    .action(async (files: readonly string[], _options: object, command: Command) => {
      const { dryRun } = command.optsWithGlobals<ImportOptions>();
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
  return new Command('import')
    .description('tables from files: exports of billing and sales systems, templates, lists of your own')
    .argument('[kind]', 'what the files are (vario import --kinds), or auto: by their columns')
    .argument('[file...]', 'delimited text or a workbook (.xlsx); - for standard input')
    .option('--dry-run', 'only say what would change', false)
    .option('--map <field=column...>', 'which column says what, by its name or its number', [])
    .option('--set <field=value...>', 'one value for all rows: currency=EUR', [])
    .option('--dates <[field=]format...>', 'how days are written where the file leaves it open: dmy, mdy, iso …', [])
    .option('--decimal <[field=]mark...>', 'the mark before the decimals where the file leaves it open: . or ,', [])
    .option('--cents <field...>', 'fields whose amounts count minor units', [])
    .option('--time-zone <zone>', 'of times that name none; default: the company’s')
    .option('--encoding <label>', 'default: detected')
    .option('--delimiter <character>', 'default: detected; tab for a tab')
    .option('--sheet <name>', 'of a workbook; default: the first that holds anything')
    .option('--header-line <number>', 'on which the columns are named; 0: they are not')
    .option('--kinds', 'list the kinds with their columns')
    .option('--list', 'list what was imported')
    .option('--undo <import>', 'take an import back: what stood before it stands again')
    .option('--rows <kind>', 'print what files of a kind have brought, as CSV')
    .addHelpText('after', TABLE_HELP)
    .action(
      async (kind: string | undefined, files: readonly string[], options: ImportTableOptions, command: Command) => {
        const { kinds = false, list = false, undo, rows } = options;
        if (!kinds && !list && undo === undefined && rows === undefined && (kind === undefined || files.length === 0))
          command.error('error: name a kind and a file (vario import --kinds lists the kinds)');
        const invocation = invocationOf(command, run);
        if (kinds) return printKinds(invocation);
        if (kind !== undefined && kind !== 'auto' && !isFileKind(kind))
          command.error(`error: there is no kind “${kind}” (vario import --kinds lists them)`);
        await withWorkspace(invocation, { program: 'import', create: true }, async (client, headless) => {
          if (list) await listImported(client, invocation);
          else if (undo !== undefined) await undoImport(client, invocation, Number(undo));
          else if (rows !== undefined) await printRecords(client, invocation, rows);
          else await importTables({ client, headless, invocation }, kind ?? '', files, options);
        });
      },
    )
    .addCommand(costs);
}

interface ImportTableOptions extends TableOptions {
  readonly kinds?: boolean;
  readonly list?: boolean;
  readonly undo?: string;
  readonly rows?: string;
}

const TABLE_HELP = `
Columns are found by their names, in any order; what is not named is not read. A row is known by its own id, or by its
content: the same file, or a newer one that overlaps it, changes only what is different. Rows that do not fit are listed
with their line; the others are imported. What a file leaves open is asked for and never guessed. --rows prints amounts in minor units.

Examples:
  vario import stripe-payments unified_payments.csv
  vario import chartmogul-invoices invoices.csv --dry-run --json
  vario import subscriptions contracts.xlsx --sheet 2026 --set currency=EUR --set interval=month
  vario import deals deals.csv --map name=Title --map amount=3 --dates dmy --decimal ,
  vario import auto export.csv
  vario import --list
  vario import --undo 7`;

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
