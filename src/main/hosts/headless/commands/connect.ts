import { Command, InvalidArgumentError } from 'commander';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { connectBySignIn } from './connect-by-sign-in.ts';
import { followJob } from '../follow-job.ts';
import type { Client } from '../headless.ts';
import { invocationOf, withWorkspace, type Environment, type Process } from '../invocation.ts';
import { readSecretFile } from '../read-secret.ts';
import type { Terminal } from '../terminal.ts';

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
    .argument(
      '<source>',
      'the vendor: stripe, hubspot, salesforce, …; an unknown one is answered with all that there are',
    )
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

Salesforce is connected by signing in: without a token the address of its sign-in page is shown (and opened where there
is a screen), and the browser comes back to this machine. On a machine without a browser give a refresh token of the
app, or for a short look SALESFORCE_ACCESS_TOKEN with the organisation's own address. An app that requires its secret
as well gets it from SALESFORCE_CLIENT_SECRET.

Examples:
  vario connect stripe --secret-file ~/stripe-key.txt
  pass show stripe/vario | vario connect stripe --secret-file -
  vario connect stripe --set apiBase=http://127.0.0.1:4242
  vario connect salesforce --set clientId=3MVG9…
  vario connect salesforce --set clientId=3MVG9… --set apiBase=sandbox --secret-file ~/refresh-token.txt
  vario connect posthog --set projectId=12345 --set signUpEvent='signed up' --secret-file ~/posthog-key.txt
  AMPLITUDE_API_KEY=… AMPLITUDE_SECRET_KEY=… vario connect amplitude
  SALESFORCE_ACCESS_TOKEN=… vario connect salesforce --set apiBase=kestrel.my.salesforce.com`,
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
        const request = { ...connection, name: options.name ?? descriptor.title };
        const signsIn = descriptor.signIn !== null && !hasToken(connection.secrets);
        const check = signsIn ? null : await checked(client, connection, descriptor, terminal);
        const { sourceId, jobId } = signsIn
          ? await connectBySignIn(client, request, terminal, run)
          : await client.sources.connect(request);
        terminal.note(`Connected ${descriptor.title}${check?.accountName == null ? '' : ` (${check.accountName})`}`);
        if (options.sync) await followJob(client, jobId, terminal, run.stop);
        const source = (await client.sources.list()).find((each) => each.sourceId === sourceId);
        terminal.result(
          {
            sourceId,
            jobId,
            vendor,
            name: source?.name ?? descriptor.title,
            account: source?.accountName ?? null,
            liveMode: check?.liveMode ?? null,
          },
          options.sync
            ? `${descriptor.title} is connected and synced`
            : `${descriptor.title} is connected; its first sync is queued`,
        );
      });
    });
}

type Check = Awaited<ReturnType<Client['sources']['check']>>;

/** @throws AppError `auth_failed` where the vendor refuses, or shows too little. */
async function checked(
  client: Client,
  connection: Parameters<Client['sources']['check']>[0],
  { title }: Descriptor,
  terminal: Terminal,
): Promise<Check> {
  const check = await client.sources.check(connection);
  for (const warning of check.warnings) terminal.note(warning);
  if (!check.ok) throw new AppError('auth_failed', refusal(title, check));
  return check;
}

/** A source that is connected by signing in may be given a token instead; what the app itself needs is none. */
function hasToken(secrets: Readonly<Record<string, string>>): boolean {
  return Object.keys(secrets).some((name) => name.endsWith('Token'));
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

function refusal(title: string, check: Check): string {
  const scopes = check.missingScopes.map(({ title: scope, why }) => `${scope} (${why})`).join('; ');
  if (scopes !== '') return `The key for ${title} lacks: ${scopes}. Give it these read permissions, then connect again`;
  return check.problem ?? `${title} does not accept this connection`;
}

async function known(client: Client): Promise<string> {
  return `There are: ${(await client.sources.catalogue()).map(({ vendor }) => vendor).join(', ')}`;
}
