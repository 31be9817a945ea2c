import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { followJob } from '../follow-job.ts';
import type { Client } from '../headless.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';

const WHO = 'its number (customerId), the vendor’s id, its e-mail address or its name';
/** Readable by its owner alone: it is all that is known of somebody. */
const PRIVATE = 0o600;

/** `vario customers export` and `vario export-customer`: everything that is held about one customer. */
export function exportCustomerCommand(run: Process, name = 'export'): Command {
  const own = name === 'export' ? 'vario customers export' : `vario ${name}`;
  return new Command(name)
    .description('everything that is held about one customer from every source, as one JSON document')
    .argument('<customer>', WHO)
    .option('--out <file>', 'a file that only you can read; default: standard output')
    .addHelpText('after', `\nExamples:\n  ${own} ada@kestrel.example --out kestrel.json\n  ${own} cus_Q1aB2c --json`)
    .action(async (who: string, { out }: { readonly out?: string }, command: Command) => {
      const invocation = invocationOf(command, run);
      await withWorkspace(invocation, { program: 'customers' }, async (client) => {
        const { text, ...rest } = await client.privacy.exportCustomer({ customerId: await customerOf(client, who) });
        if (out === undefined) {
          // The document is the result, for people and for programs.
          invocation.terminal.result(JSON.parse(text), text.trimEnd());
          return;
        }
        const file = resolve(out);
        writeFileSync(file, text, { mode: PRIVATE });
        invocation.terminal.result({ ...rest, file }, file);
      });
    });
}

/** `vario customers erase` and `vario erase-customer`: takes out what tells who a customer is. */
export function eraseCustomerCommand(run: Process, name = 'erase'): Command {
  const own = name === 'erase' ? 'vario customers erase' : `vario ${name}`;
  return new Command(name)
    .description('erases names, addresses and texts of one customer for good; amounts, days and states stay')
    .argument('<customer>', WHO)
    .requiredOption('--confirm <name>', 'the customer’s name, exactly as it stands in the list')
    .addHelpText(
      'after',
      `\nWhat is read of the customer again is erased again. The records at the vendors and in backups are out of reach.\n\nExamples:\n  ${own} cus_Q1aB2c --confirm "Kestrel Labs"\n  ${own} 12 --confirm "Kestrel Labs" --json`,
    )
    .action(async (who: string, { confirm }: { readonly confirm: string }, command: Command) => {
      const invocation = invocationOf(command, run);
      const { terminal } = invocation;
      await withWorkspace(invocation, { program: 'customers' }, async (client) => {
        const customerId = await customerOf(client, who);
        const { jobId, ...erased } = await client.privacy.eraseCustomer({ customerId, name: confirm });
        await followJob(client, jobId, terminal, run.stop);
        terminal.result(
          { customerId, ...erased },
          [`Erased in ${erased.rows} rows: ${erased.name}`, ...erased.remains].join('\n'),
        );
      });
    });
}

/** @throws AppError `not_found`, or `invalid_input` naming those that are meant as well. */
async function customerOf(client: Client, who: string): Promise<CustomerId> {
  if (/^\d{1,15}$/.test(who)) return Number(who) as CustomerId;
  const { rows } = await client.customers.list({ search: who, limit: 20 });
  const exact = rows.filter(({ name, email }) => name === who || email === who);
  const found = exact.length > 0 ? exact : rows;
  const [first, ...others] = found;
  if (first === undefined) throw new AppError('not_found', `There is no customer “${who}”`);
  if (others.length > 0)
    throw new AppError(
      'invalid_input',
      `“${who}” are several: ${found.map(({ customerId, name }) => `${name} (${customerId})`).join(', ')}; give the number`,
    );
  return first.customerId;
}
