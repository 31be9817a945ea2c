import { Command } from 'commander';
import type { Source } from '../../../../shared/contract/sources.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { countText } from '../../figure-text.ts';
import { followJob } from '../follow-job.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';
import { textTable } from '../text-table.ts';
import { syncDocument } from './sync-document.ts';

/** `vario sync`: fetches what changed at the vendors, recomputes the ledger, evaluates the alerts. */
export function syncCommand(run: Process): Command {
  return new Command('sync')
    .description('fetch what changed at the connected sources')
    .argument('[source...]', 'vendors or names of sources; all without any')
    .option('--full', 'list everything again instead of what changed', false)
    .addHelpText('after', '\nExamples:\n  vario sync\n  vario sync stripe --full --json')
    .action(async (wanted: string[], options: { full: boolean }, command: Command) => {
      const invocation = invocationOf(command, run);
      const { terminal } = invocation;
      await withWorkspace(invocation, { program: 'sync', create: true }, async (client) => {
        const chosen = awake(chooseSources(await client.sources.list(), wanted), wanted.length > 0);
        const { jobId } = await client.sources.sync({
          sourceIds: chosen.map(({ sourceId }) => sourceId),
          full: options.full,
        });
        const job = await followJob(client, jobId, terminal, run.stop);
        const ids = new Set(chosen.map(({ sourceId }) => sourceId));
        const after = (await client.sources.list()).filter(({ sourceId }) => ids.has(sourceId));
        const document = syncDocument(after, job);
        terminal.result(document, [...document.notes, syncText(document)].join('\n'));
      });
    });
}

/** Without those that are paused. @throws AppError `conflict` where one was asked for by name, or where all of them are. */
function awake(chosen: readonly Source[], named: boolean): Source[] {
  const [paused] = chosen.filter(({ state }) => state === 'paused');
  const others = chosen.filter(({ state }) => state !== 'paused');
  if (paused && (named || others.length === 0))
    throw new AppError(
      'conflict',
      `“${paused.name}” is paused. Let it go on with vario sources resume "${paused.name}"`,
    );
  return others;
}

/** The sources meant by vendors or names. @throws AppError `not_found`. */
export function chooseSources(known: readonly Source[], wanted: readonly string[]): Source[] {
  const connected = known.filter(({ state }) => state !== 'disconnected');
  if (connected.length === 0) throw new AppError('not_found', 'No source is connected. Connect one with vario connect');
  if (wanted.length === 0) return connected;
  return wanted.flatMap((text) => {
    const found = connected.filter(({ vendor, name }) => vendor === text || name.toLowerCase() === text.toLowerCase());
    if (found.length === 0)
      throw new AppError(
        'not_found',
        `No source “${text}” is connected. Connected: ${connected.map(({ vendor }) => vendor).join(', ')}`,
      );
    return found;
  });
}

function syncText({ sources }: ReturnType<typeof syncDocument>): string {
  const rows = sources.flatMap(({ name, streams }) =>
    streams.map(({ stream, fetched, changed, quarantined, complete }) => [
      name,
      stream,
      countText(fetched),
      countText(changed),
      quarantined,
      complete ? 'complete' : 'not proven',
    ]),
  );
  return textTable(
    [
      { title: 'Source' },
      { title: 'Stream' },
      { title: 'Fetched', align: 'right' },
      { title: 'Changed', align: 'right' },
      { title: 'Quarantined', align: 'right' },
      { title: 'Complete' },
    ],
    rows,
  );
}
