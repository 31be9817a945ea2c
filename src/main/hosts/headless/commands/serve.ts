import { Command } from 'commander';
import type { BrowserHost } from '../browser-host.ts';
import { startHeadless } from '../headless.ts';
import { invocationOf, type Invocation, type Process } from '../invocation.ts';
import { hasDisplay, openInBrowser } from '../open-window.ts';
import { parseWhole } from '../parse-options.ts';

interface ServeOptions {
  readonly port?: number;
  readonly open: boolean;
  readonly lockAfter?: number;
}

/** `vario serve`: the cockpit in the browser, until Ctrl-C. */
export function serveCommand(run: Process): Command {
  return new Command('serve')
    .description('the cockpit in the browser over this data directory')
    .option('--port <n>', 'port on 127.0.0.1; default: any free one', parseWhole(1, 65_535))
    .option('--no-open', 'only print the address')
    .option(
      '--lock-after <minutes>',
      'lock the database after so long without use; 0: never; default: the setting, else 60',
      parseWhole(0, 10_080),
    )
    .addHelpText(
      'after',
      '\nThe printed address lets one browser in, once; press Enter for another one.\nThe server answers this computer only.\n\nExamples:\n  vario serve\n  VARIO_PASSPHRASE=… vario serve --port 7777 --no-open',
    )
    .action(async (options: ServeOptions, command: Command) => {
      const invocation = invocationOf(command, run);
      const { terminal, passphrase } = invocation;
      const headless = startHeadless({
        ...invocation,
        program: 'vario serve',
        ...(options.lockAfter !== undefined && { idleLockMinutes: options.lockAfter === 0 ? null : options.lockAfter }),
        ...(options.port !== undefined && { port: options.port }),
      });
      try {
        if (passphrase !== null) {
          const { state } = await headless.client.session.status();
          if (state === 'new') await headless.client.session.create({ keychain: false, passphrase });
          else await headless.client.session.unlock({ passphrase });
        }
        const host = await headless.browserHost();
        const address = host.signInAddress();
        terminal.result({ address, origin: host.origin, dataDir: invocation.dataDir }, `Vario is at ${address}`);
        terminal.note('Ctrl-C ends it.');
        if (options.open) await show(address, invocation);
        await untilStopped(run, host, terminal.note);
      } finally {
        await headless.close();
      }
    });
}

/** Opens the browser where somebody can see it. */
export async function show(address: string, { terminal, process: run }: Invocation): Promise<void> {
  if (!hasDisplay(run.env)) return;
  const failure = await openInBrowser(address);
  if (failure !== null) terminal.note(`The browser could not be opened (${failure}); open the address yourself.`);
}

/** Waits for Ctrl-C; Enter prints a fresh address meanwhile, because each lets one browser in once. */
export async function untilStopped(run: Process, host: BrowserHost, note: (line: string) => void): Promise<void> {
  const onEnter = () => note(`A fresh address: ${host.signInAddress()}`);
  const unlisten = run.onEnter(onEnter);
  await new Promise<void>((resolve) => {
    if (run.stop.aborted) resolve();
    else run.stop.addEventListener('abort', () => resolve(), { once: true });
  });
  unlisten();
  note('Closing …');
}
