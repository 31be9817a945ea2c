import { Command } from 'commander';
import type { Source } from '../../../../shared/contract/sources.ts';
import { isoOfInstant } from '../../../../shared/kernel/instant.ts';
import { followJob } from '../follow-job.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';
import { textTable } from '../text-table.ts';
import { chooseSources } from './sync.ts';

/** `vario sources`: what is connected, whose account and in which mode; lets a source rest and go on. */
export function sourcesCommand(run: Process): Command {
  const sources = new Command('sources').description('what is connected, and how it does; let a source rest and go on');
  sources.addCommand(listCommand(run), { isDefault: true });
  sources.addCommand(pauseCommand(run));
  sources.addCommand(resumeCommand(run));
  return sources;
}

function listCommand(run: Process): Command {
  return new Command('list')
    .description('every source with its account, mode and state')
    .addHelpText('after', '\nExamples:\n  vario sources\n  vario sources list --json')
    .action(async (_options: unknown, command: Command) => {
      const invocation = invocationOf(command, run);
      await withWorkspace(invocation, { program: 'sources', create: false }, async (client) => {
        const document = sourcesDocument(await client.sources.list());
        invocation.terminal.result(document, sourcesText(document));
      });
    });
}

function pauseCommand(run: Process): Command {
  return new Command('pause')
    .description('ask nothing of a source until it is resumed; what was read stays')
    .argument('<source...>', 'vendors or names of sources')
    .addHelpText('after', '\nExamples:\n  vario sources pause stripe\n  vario sources pause "Stripe, Europe" --json')
    .action(async (wanted: string[], _options: unknown, command: Command) => {
      const invocation = invocationOf(command, run);
      await withWorkspace(invocation, { program: 'sources', create: false }, async (client) => {
        for (const { sourceId } of chooseSources(await client.sources.list(), wanted))
          await client.sources.pause({ sourceId });
        const document = sourcesDocument(await client.sources.list());
        invocation.terminal.result(document, sourcesText(document));
      });
    });
}

function resumeCommand(run: Process): Command {
  return new Command('resume')
    .description('let a paused source go on where it stopped, and sync it')
    .argument('<source...>', 'vendors or names of sources')
    .addHelpText('after', '\nExamples:\n  vario sources resume stripe\n  vario sources resume stripe --json')
    .action(async (wanted: string[], _options: unknown, command: Command) => {
      const invocation = invocationOf(command, run);
      await withWorkspace(invocation, { program: 'sources', create: false }, async (client) => {
        for (const { sourceId } of chooseSources(await client.sources.list(), wanted)) {
          const { jobId } = await client.sources.resume({ sourceId });
          await followJob(client, jobId, invocation.terminal, run.stop);
        }
        const document = sourcesDocument(await client.sources.list());
        invocation.terminal.result(document, sourcesText(document));
      });
    });
}

function sourcesDocument(sources: readonly Source[]) {
  return {
    sources: sources.map((source) => ({
      id: source.vendor,
      sourceId: source.sourceId,
      name: source.name,
      accountId: source.accountId,
      accountName: source.accountName,
      liveMode: source.liveMode,
      /** False: a test account beside a live one, part of no figure. */
      counts: source.counts,
      state: source.state,
      lastSyncedAt: source.lastSyncedAt === null ? null : isoOfInstant(source.lastSyncedAt),
      remainingSeconds: source.remaining?.seconds ?? null,
      incomplete: source.streams.filter(({ complete }) => !complete).map(({ stream }) => stream),
    })),
  };
}

type Listed = ReturnType<typeof sourcesDocument>['sources'][number];

function sourcesText({ sources }: ReturnType<typeof sourcesDocument>): string {
  if (sources.length === 0) return 'No source is connected. Connect one with vario connect';
  return textTable(
    [
      { title: 'Source' },
      { title: 'Vendor' },
      { title: 'Account' },
      { title: 'Mode' },
      { title: 'State' },
      { title: 'Synced' },
      { title: 'Not proven', align: 'right' },
    ],
    sources.map((source) => [
      source.name,
      source.id,
      source.accountName ?? source.accountId ?? '—',
      modeText(source),
      stateText(source),
      source.lastSyncedAt ?? 'never',
      source.incomplete.length,
    ]),
  );
}

function modeText({ liveMode, counts }: Listed): string {
  if (liveMode === null) return '—';
  return liveMode ? 'live' : counts ? 'test' : 'test, not counted';
}

function stateText({ state, remainingSeconds }: Listed): string {
  if (state !== 'syncing') return state;
  return remainingSeconds === null
    ? 'syncing, time left unknown'
    : `syncing, ${Math.ceil(remainingSeconds / 60)} min left`;
}
