import { copyFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { ArchivedDigestSchema, type DigestChoice, type DigestKind } from '../../../../shared/contract/digest.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import { provideBrowser } from '../browser/provide.ts';
import { followJob } from '../follow-job.ts';
import type { Client } from '../headless.ts';
import { invocationOf, withWorkspace, type Invocation, type Process } from '../invocation.ts';
import { parseDay } from '../parse-options.ts';

interface DigestOptions {
  readonly date?: PlainDay;
  readonly from?: PlainDay;
  readonly format?: 'md' | 'pdf' | 'json';
  readonly out?: string;
  readonly paper?: 'A4' | 'Letter';
  readonly install: boolean;
}

const TEXTS = {
  daily: {
    description: 'what happened: since yesterday 00:00 in the company’s zone, or on one day',
    date: 'the day, or the last one with --from; default: yesterday and today',
    examples:
      '  vario report daily\n  vario report daily --date 2026-11-19 --format pdf --out day.pdf\n  vario report daily --json',
  },
  weekly: {
    description: 'how a week went, against the week before and against the targets',
    date: 'any day of the week; default: yesterday',
    examples:
      '  vario report weekly --out week.md\n  vario report weekly --date 2026-11-19 --format pdf --paper Letter\n  vario report weekly --format json',
  },
} as const;

/** `vario report daily` and `vario report weekly`: as Markdown, as a PDF, or as the structure that both are made of. */
export function reportDigestCommand(kind: DigestKind, run: Process): Command {
  const text = TEXTS[kind];
  const command = new Command(kind).description(text.description).option('--date <day>', text.date, parseDay);
  if (kind === 'daily') command.option('--from <day>', 'the first of several days', parseDay);
  return command
    .addOption(new Option('--format <format>', 'default: md; json with --json').choices(['md', 'pdf', 'json']))
    .option('--out <file>', 'the file; default: standard output, for a PDF the documents folder')
    .addOption(
      new Option('--paper <paper>', 'of a PDF; default: the setting paperSize, else the locale’s').choices([
        'A4',
        'Letter',
      ]),
    )
    .option('--no-install', 'do not get a browser where none is found (of a PDF)')
    .addHelpText('after', `\nExamples:\n${text.examples}`)
    .action(async (options: DigestOptions, self: Command) => {
      const invocation = invocationOf(self, run);
      const format = options.format ?? (invocation.terminal.json ? 'json' : 'md');
      await withWorkspace(invocation, { program: 'report' }, async (client) => {
        const { date, from } = options;
        const choice: DigestChoice = { kind, ...(date && { to: date }), ...(from && { from }) };
        if (format === 'pdf') await printPdf(client, choice, options, invocation, run.stop);
        else await writeText(client, choice, format, options.out, invocation);
      });
    });
}

async function writeText(
  client: Client,
  choice: DigestChoice,
  format: 'md' | 'json',
  out: string | undefined,
  { terminal }: Invocation,
): Promise<void> {
  const report =
    choice.kind === 'daily'
      ? await client.digests.daily({ from: choice.from, to: choice.to })
      : await client.digests.weekly({ on: choice.to });
  const { text } = await client.digests.markdown(choice);
  const content = format === 'md' ? text : `${JSON.stringify(report, null, 2)}\n`;
  if (out === undefined) return terminal.result(report, content.trimEnd());
  const file = resolve(out);
  writeFileSync(file, content);
  terminal.result({ file, kind: report.kind, from: report.from, to: report.to }, file);
}

async function printPdf(
  client: Client,
  choice: DigestChoice,
  { out, paper, install }: DigestOptions,
  { terminal }: Invocation,
  stop: AbortSignal,
): Promise<void> {
  await provideBrowser({ install, say: (line) => terminal.note(line) });
  const file = out === undefined ? null : resolve(out);
  const { jobId } = await client.digests.print({ ...choice, ...(paper !== undefined && { format: paper }), file });
  const printed = ArchivedDigestSchema.parse((await followJob(client, jobId, terminal, stop)).result);
  const at = printed.file ?? '';
  if (file !== null && at !== file) copyFileSync(at, file);
  terminal.result({ ...printed, file: file ?? at }, file ?? at);
}
