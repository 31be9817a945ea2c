import { Command } from 'commander';
import { z } from 'zod';
import { countText } from '../../figure-text.ts';
import { followJob } from '../follow-job.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';

const ResultSchema = z.object({ records: z.int(), released: z.int(), recomputed: z.int() });

/** `vario reread`: reads every kept record again by this version's rules, without asking any vendor. */
export function rereadCommand(run: Process): Command {
  return new Command('reread')
    .description(
      'read every kept record again by today’s rules, also those set aside, without any network; a newer version does so by itself',
    )
    .addHelpText('after', '\nExamples:\n  vario reread\n  vario reread --json')
    .action(async (_options: object, command: Command) => {
      const invocation = invocationOf(command, run);
      const { terminal } = invocation;
      await withWorkspace(invocation, { program: 'reread' }, async (client) => {
        const { jobId } = await client.sources.retry();
        const job = await followJob(client, jobId, terminal, run.stop);
        const { records, released, recomputed } = ResultSchema.parse(job.result);
        terminal.result(
          { ok: true, records, released, recomputed },
          `${countText(records)} records read again; ${countText(released)} left the records set aside; ${countText(recomputed)} customers computed again`,
        );
      });
    });
}
