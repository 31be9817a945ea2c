import { Command } from 'commander';
import { WorkspaceChangeSchema } from '../../../../shared/contract/workspace.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { followJob } from '../follow-job.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';
import { readPolicy } from '../read-policy.ts';
import { textTable } from '../text-table.ts';

const SETTINGS = Object.keys(WorkspaceChangeSchema.shape);

/** `vario config`: the company's settings. */
export function configCommand(run: Process): Command {
  const get = new Command('get')
    .description('show the settings, or one')
    .argument('[name]', 'the setting')
    .addHelpText('after', '\nExamples:\n  vario config get\n  vario config get timeZone --json')
    .action(async (name: string | undefined, _options: object, command: Command) => {
      const invocation = invocationOf(command, run);
      if (name !== undefined) assertSetting(name);
      await withWorkspace(invocation, { program: 'config' }, async (client) => {
        const entries = Object.entries(await client.workspace.get()).filter(
          ([key]) => name === undefined || key === name,
        );
        const text =
          name === undefined
            ? textTable(
                [{ title: 'Setting' }, { title: 'Value' }],
                entries.map(([key, value]) => [key, textOf(value)]),
              )
            : textOf(entries[0]?.[1] ?? '');
        invocation.terminal.result(Object.fromEntries(entries), text);
      });
    });
  const set = new Command('set')
    .description('change a setting')
    .argument('<name>', `one of: ${SETTINGS.join(', ')}`)
    .argument('<value>', 'its value; null takes it away where there may be none')
    .addHelpText(
      'after',
      '\nExamples:\n  vario config set timeZone Europe/Berlin\n  vario config set reportingCurrency EUR\n  vario config set growthTarget 0.1\n  vario config set closeOnDay 5\n  vario config set policy own.json',
    )
    .action(async (name: string, value: string, _options: object, command: Command) => {
      const invocation = invocationOf(command, run);
      assertSetting(name);
      const change = WorkspaceChangeSchema.safeParse({ [name]: valueOf(name, value) });
      if (!change.success)
        throw new AppError(
          'invalid_input',
          `${name} cannot be “${value}”: ${change.error.issues[0]?.message ?? 'it does not fit'}`,
        );
      await withWorkspace(invocation, { program: 'config', create: true }, async (client) => {
        const workspace = await client.workspace.update(change.data);
        // Another time zone or currency means another ledger; the next command is to find it there.
        const recompute = (await client.jobs.list({ limit: 10 })).find(
          ({ kind, state }) => kind === 'recompute' && (state === 'queued' || state === 'running'),
        );
        if (recompute) await followJob(client, recompute.jobId, invocation.terminal, run.stop);
        invocation.terminal.result(
          workspace,
          `${name} is ${textOf(Object.entries(workspace).find(([key]) => key === name)?.[1])}`,
        );
      });
    });
  return new Command('config').description('the company’s settings').addCommand(get).addCommand(set);
}

function assertSetting(name: string): void {
  if (!SETTINGS.includes(name))
    throw new AppError('invalid_input', `There is no setting “${name}”. There are: ${SETTINGS.join(', ')}`);
}

function textOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** A policy by its name or file, numbers and null as such where the setting takes them, everything else as text. */
function valueOf(name: string, text: string): unknown {
  if (name === 'policy') return readPolicy(text);
  if (text === 'null') return null;
  const isText = WorkspaceChangeSchema.safeParse({ [name]: text }).success;
  return isText || text.trim() === '' || !Number.isFinite(Number(text)) ? text : Number(text);
}
