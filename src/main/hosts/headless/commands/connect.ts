import { Command, InvalidArgumentError } from 'commander';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { followJob } from '../follow-job.ts';
import type { Client } from '../headless.ts';
import { invocationOf, withWorkspace, type Environment, type Process } from '../invocation.ts';
import { readSecretFile } from '../read-secret.ts';

interface ConnectOptions {
  readonly secretFile?: string;
  readonly set: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly sync: boolean;
}

type Descriptor = Awaited<ReturnType<Client['sources']['catalogue']>>[number];

/** `vario connect`: adds a source, or changes it where one of that name exists. */
export function connectCommand(run: Process): Command {
  return new Command('connect')
    .description('connect a source, or change one')
    .argument('<source>', 'the vendor: stripe, frankfurter, ecb')
    .option(
      '--secret-file <file>',
      'file with the API key (- for standard input); else the environment, e.g. STRIPE_API_KEY',
    )
    .option('--set <key=value>', 'a setting, e.g. apiBase=http://127.0.0.1:4242; repeatable', collect, {})
    .option('--name <name>', 'your own name for it; default: the vendor’s')
    .option('--no-sync', 'do not wait for the first sync')
    .addHelpText(
      'after',
      `
The key is read from the file, standard input or the environment, never from the command line.

Examples:
  vario connect stripe --secret-file ~/stripe-key.txt
  pass show stripe/vario | vario connect stripe --secret-file -
  vario connect stripe --set apiBase=http://127.0.0.1:4242`,
    )
    .action(async (vendor: string, options: ConnectOptions, command: Command) => {
      const invocation = invocationOf(command, run);
      const { terminal } = invocation;
      await withWorkspace(invocation, { program: 'connect', create: true }, async (client) => {
        const descriptor = (await client.sources.catalogue()).find((each) => each.vendor === vendor);
        if (!descriptor) throw new AppError('not_found', `Vario knows no source “${vendor}”. ${await known(client)}`);
        const connection = {
          vendor,
          config: { ...options.set },
          secrets: secretsOf(descriptor, options.secretFile, run.env),
        };
        const check = await client.sources.check(connection);
        for (const warning of check.warnings) terminal.note(warning);
        if (!check.ok) throw new AppError('auth_failed', refusal(descriptor.title, check));
        const { sourceId, jobId } = await client.sources.connect({
          ...connection,
          name: options.name ?? descriptor.title,
        });
        terminal.note(`Connected ${descriptor.title}${check.accountName === null ? '' : ` (${check.accountName})`}`);
        if (options.sync) await followJob(client, jobId, terminal, run.stop);
        const source = (await client.sources.list()).find((each) => each.sourceId === sourceId);
        terminal.result(
          {
            sourceId,
            jobId,
            vendor,
            name: source?.name ?? descriptor.title,
            account: check.accountName,
            liveMode: check.liveMode,
          },
          options.sync
            ? `${descriptor.title} is connected and synced`
            : `${descriptor.title} is connected; its first sync is queued`,
        );
      });
    });
}

function collect(pair: string, known: Readonly<Record<string, string>>): Record<string, string> {
  const at = pair.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('give it as key=value');
  return { ...known, [pair.slice(0, at)]: pair.slice(at + 1) };
}

/** The secret fields' values: one file for the one required secret; else `VENDOR_FIELD` from the environment. */
function secretsOf(descriptor: Descriptor, file: string | undefined, env: Environment): Record<string, string> {
  const fields = descriptor.fields.filter(({ secret }) => secret);
  const secrets: Record<string, string> = {};
  for (const [index, { name, label, required }] of fields.entries()) {
    const variable = `${descriptor.vendor}_${name.replaceAll(/([a-z])([A-Z])/g, '$1_$2')}`.toUpperCase();
    const value = file !== undefined && index === 0 ? readSecretFile(file) : env[variable];
    if (value !== undefined && value !== '') secrets[name] = value;
    else if (required)
      throw new AppError(
        'invalid_input',
        `${descriptor.title} needs its ${label}: give --secret-file FILE, or ${variable} in the environment`,
      );
  }
  return secrets;
}

function refusal(title: string, check: Awaited<ReturnType<Client['sources']['check']>>): string {
  const scopes = check.missingScopes.map(({ title: scope, why }) => `${scope} (${why})`).join('; ');
  if (scopes !== '') return `The key for ${title} lacks: ${scopes}. Give it these read permissions, then connect again`;
  return check.problem ?? `${title} does not accept this connection`;
}

async function known(client: Client): Promise<string> {
  return `There are: ${(await client.sources.catalogue()).map(({ vendor }) => vendor).join(', ')}`;
}
