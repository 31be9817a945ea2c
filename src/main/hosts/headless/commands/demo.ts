import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { ReportFileSchema } from '../../../../shared/contract/reports.ts';
import { AppError, isAppError } from '../../../../shared/kernel/errors.ts';
import { addToMonth, monthOf } from '../../../../shared/kernel/day.ts';
import { dataDirOf } from '../directories.ts';
import { startThrowAway } from '../../keyring/index.ts';
import { provideBrowser } from '../browser/provide.ts';
import { followJob } from '../follow-job.ts';
import { startHeadless, type Client } from '../headless.ts';
import { invocationOf, type Invocation, type Process } from '../invocation.ts';
import { electronBinary, hasDisplay, openDesktopDemo } from '../open-window.ts';
import { parseWhole } from '../parse-options.ts';
import { demoDocument, demoText, type DemoSummary } from './demo-summary.ts';
import { show, untilStopped } from './serve.ts';

interface DemoOptions {
  readonly port?: number;
  readonly open: boolean;
  readonly fresh: boolean;
  readonly exit: boolean;
  readonly install: boolean;
}

/** `vario demo`: the demo company, from its vendors' servers to the board pack. */
export function demoCommand(run: Process): Command {
  return new Command('demo')
    .description('the demo company: synced from local vendor servers into an encrypted database, then shown')
    .option('--port <n>', 'port on 127.0.0.1; default: any free one', parseWhole(1, 65_535))
    .option('--no-open', 'only print the address')
    .option('--fresh', 'also remove the board packs of earlier demos', false)
    .option('--exit', 'end after the summary and the board pack', false)
    .option('--no-install', 'do not get a browser for the board pack where none is found')
    .addHelpText(
      'after',
      '\nThe database is encrypted with a key that nobody keeps: it is gone when the demo ends.\n\nExamples:\n  vario demo\n  vario demo --exit --json',
    )
    .action(async (options: DemoOptions, command: Command) => {
      const invocation = invocationOf(command, run);
      const parent =
        invocation.dataDirOption === undefined ? join(dataDirOf(undefined, run.env), 'demo') : invocation.dataDir;
      const documentsDir = join(parent, 'documents');
      if (options.fresh) rmSync(documentsDir, { recursive: true, force: true });
      // The log of this run goes with it too; the database gets a folder of the same kind.
      const own = startThrowAway(parent);
      const headless = startHeadless({
        dataDir: dataDirOf(invocation.dataDirOption, run.env),
        documentsDir: invocation.documentsDir,
        demo: { dir: parent, documentsDir },
        logDir: join(own.dataDir, 'logs'),
        program: 'vario demo',
        stderrLevel: invocation.stderrLevel,
        ...(options.port !== undefined && { port: options.port }),
      });
      try {
        invocation.terminal.note(
          'Starting the demo company. Its database is encrypted with a throw-away key: it ends with this program.',
        );
        await headless.client.session.openDemo();
        const started = performance.now();
        const summary = await fillAndPrint(headless.client, invocation, options);
        const host = options.exit ? null : await headless.browserHost();
        const address = host?.signInAddress() ?? null;
        const seconds = (performance.now() - started) / 1_000;
        invocation.terminal.result(demoDocument(summary, address, seconds), demoText(summary, address, seconds));
        if (host === null || address === null) {
          if (options.install && summary.problem !== null)
            throw new AppError('unavailable', `The board pack was not printed: ${summary.problem}`);
          return;
        }
        if (options.open) await showDemo(address, invocation);
        await untilStopped(run, host, invocation.terminal.note);
      } finally {
        await headless.close();
        own.remove();
      }
    });
}

/** Sync, ledger and alerts in one job, then the board pack of the last whole month. */
async function fillAndPrint(client: Client, invocation: Invocation, options: DemoOptions): Promise<DemoSummary> {
  const { terminal, process: run } = invocation;
  const { jobId } = await client.workspace.startDemo();
  await followJob(client, jobId, terminal, run.stop);
  const [workspace, snapshot, sources, alerts, closing] = await Promise.all([
    client.workspace.get(),
    client.metrics.snapshot({}),
    client.sources.list(),
    client.alerts.list({ state: 'open' }),
    client.closing.list(),
  ]);
  const month = addToMonth(monthOf(snapshot.asOf), -1);
  const browser = await provideBrowser({ install: options.install, say: (line) => terminal.note(line) });
  const summary = { workspace, snapshot, sources, alerts, closing, month, report: null, problem: null };
  if (browser === null) return { ...summary, problem: 'no browser to print it' };
  try {
    const printing = await client.reports.printBoard({ month });
    const printed = await followJob(client, printing.jobId, terminal, run.stop);
    return { ...summary, report: ReportFileSchema.parse(printed.result) };
  } catch (error) {
    // The figures are worth showing without the file; the run then ends as failed.
    if (!isAppError(error) || error.code === 'cancelled') throw error;
    return { ...summary, problem: error.message };
  }
}

async function showDemo(address: string, invocation: Invocation): Promise<void> {
  const electron = electronBinary();
  if (electron !== null && hasDisplay(invocation.process.env)) {
    openDesktopDemo(electron);
    invocation.terminal.note('The desktop app is starting on the demo company.');
  } else await show(address, invocation);
}
