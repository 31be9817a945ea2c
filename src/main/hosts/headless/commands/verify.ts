import { Command } from 'commander';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { countText } from '../../figure-text.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';

/** `vario verify`: proves the database and the ledger. */
export function verifyCommand(run: Process): Command {
  return new Command('verify')
    .description(
      'read every page of the database, rebuild the ledger to compare it with the stored one, and hold closed months against their seals',
    )
    .addHelpText('after', '\nExamples:\n  vario verify\n  vario verify --json')
    .action(async (_options: object, command: Command) => {
      const invocation = invocationOf(command, run);
      await withWorkspace(invocation, { program: 'verify' }, async (_client, { workspace }) => {
        const engine = workspace.engine();
        const database = engine.checkIntegrity();
        const ledger = engine.verifyLedger();
        const closes = engine.verifyCloses();
        const problems = [
          ...database.problems,
          ...ledger.differences.map(({ where, what }) => `${where}: ${what}`),
          ...closes.broken,
        ];
        if (problems.length > 0)
          throw new AppError('storage_failed', `The check found ${problems.length} problems. First: ${problems[0]}`);
        invocation.terminal.result(
          {
            ok: true,
            database: { ok: true },
            ledger: { ok: true, customers: ledger.customers, movements: ledger.movements },
            closes: { ok: true, count: closes.closes },
          },
          `The database is sound, and the ledger (${countText(ledger.movements)} movements of ${countText(ledger.customers)} customers) equals its rebuild${closes.closes === 0 ? '' : `; the seals of ${countText(closes.closes)} closed months hold`}`,
        );
      });
    });
}
