/** The command line: its commands, the options of all of them, and how a run ends. */
import { Command, CommanderError } from 'commander';
import { programVersion } from '../installation.ts';
import { alertsCommand } from './commands/alerts.ts';
import { backupCommand, restoreCommand } from './commands/backup.ts';
import { cohortsCommand } from './commands/cohorts.ts';
import { bridgeCommand } from './commands/bridge.ts';
import { closeCommand } from './commands/close.ts';
import { configCommand } from './commands/config.ts';
import { connectCommand } from './commands/connect.ts';
import { eraseCustomerCommand, exportCustomerCommand } from './commands/customer-data.ts';
import { customersCommand } from './commands/customers.ts';
import { demoCommand } from './commands/demo.ts';
import { discountsCommand } from './commands/discounts.ts';
import { doctorCommand } from './commands/doctor.ts';
import { importCommand } from './commands/import.ts';
import { metricsCommand } from './commands/metrics.ts';
import { movementsCommand } from './commands/movements.ts';
import { policiesCommand } from './commands/policies.ts';
import { rereadCommand } from './commands/reread.ts';
import { reportCommand } from './commands/report.ts';
import { restatementsCommand } from './commands/restatements.ts';
import { revrecCommand } from './commands/revrec.ts';
import { segmentsCommand } from './commands/segments.ts';
import { serveCommand } from './commands/serve.ts';
import { sourcesCommand } from './commands/sources.ts';
import { supportCommand } from './commands/support.ts';
import { syncCommand } from './commands/sync.ts';
import { usageCommand } from './commands/usage.ts';
import { verifyCommand } from './commands/verify.ts';
import { failureOf, type Process } from './invocation.ts';
import { createTerminal, failureDocument } from './terminal.ts';

export const DONE = 0;
export const FAILED = 1;
export const WRONG_USAGE = 2;

/**
 * Runs one command.
 * @param args without the program's name.
 * @returns the exit code: 0 done, 1 the work failed, 2 wrong usage.
 */
export async function runCommandLine(args: readonly string[], run: Process): Promise<number> {
  const program = createProgram(run);
  try {
    await program.parseAsync(args, { from: 'user' });
    return DONE;
  } catch (error) {
    // Boundary: the end of the program. Commander has said its part already.
    const json = args.includes('--json');
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return DONE;
      if (json) run.streams.out(failureDocument('wrong_usage', error.message.replace(/^error: /, '')));
      return WRONG_USAGE;
    }
    const { code, message } = failureOf(error);
    createTerminal(run.streams, { json, quiet: false }).failure(code, message);
    return FAILED;
  }
}

export function createProgram(run: Process): Command {
  const program = new Command('vario')
    .description('The founder’s revenue cockpit: your numbers, computed and encrypted on your own machine.')
    .version(programVersion())
    .option('--data-dir <dir>', 'the data directory; default: VARIO_DATA_DIR, else the platform’s application data')
    .option('--passphrase-file <file>', 'file with the passphrase (- for standard input); else VARIO_PASSPHRASE')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress')
    .option('--verbose', 'the whole log on standard error')
    .addHelpText(
      'after',
      '\nExamples:\n  vario demo\n  vario connect stripe --secret-file key.txt\n  vario metrics --month 2026-10 --json',
    );
  const commands = [
    demoCommand,
    serveCommand,
    connectCommand,
    sourcesCommand,
    syncCommand,
    rereadCommand,
    metricsCommand,
    movementsCommand,
    bridgeCommand,
    policiesCommand,
    cohortsCommand,
    customersCommand,
    (own: Process) => exportCustomerCommand(own, 'export-customer'),
    (own: Process) => eraseCustomerCommand(own, 'erase-customer'),
    segmentsCommand,
    discountsCommand,
    usageCommand,
    supportCommand,
    revrecCommand,
    importCommand,
    closeCommand,
    restatementsCommand,
    alertsCommand,
    reportCommand,
    verifyCommand,
    backupCommand,
    restoreCommand,
    doctorCommand,
    configCommand,
  ];
  for (const command of commands) program.addCommand(command(run));
  everyCommand(program, (command) =>
    command
      .exitOverride()
      .configureHelp({ showGlobalOptions: true })
      .configureOutput({ writeOut: run.streams.out, writeErr: run.streams.err })
      .showHelpAfterError('(--help shows what is possible)'),
  );
  return program;
}

function everyCommand(command: Command, change: (command: Command) => void): void {
  change(command);
  for (const each of command.commands) everyCommand(each, change);
}
