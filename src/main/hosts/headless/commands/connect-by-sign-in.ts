/** Connects a source by signing in at its vendor, in a browser on the same machine. */
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { SECOND_MS } from '../../../../shared/kernel/instant.ts';
import type { Client } from '../headless.ts';
import type { Process } from '../invocation.ts';
import { hasDisplay, openInBrowser } from '../open-window.ts';
import type { Terminal } from '../terminal.ts';

/**
 * Shows the vendor's address, opens it where there is a screen, and waits for the end; Ctrl-C gives it up.
 * @throws AppError `auth_failed` with the vendor's refusal, `unavailable` when nobody came back in time, `cancelled`.
 */
export async function connectBySignIn(
  client: Client,
  request: Parameters<Client['sources']['signIn']>[0],
  terminal: Terminal,
  run: Process,
): Promise<{ sourceId: number; jobId: number }> {
  const { signInId, address } = await client.sources.signIn(request);
  terminal.note(`Sign in at this address, in a browser on this machine:\n\n  ${address}\n`);
  if (hasDisplay(run.env)) {
    const failure = await openInBrowser(address);
    if (failure !== null) terminal.note(`The browser could not be opened (${failure})`);
  }
  for (;;) {
    const state = await client.sources.signInState({ signInId });
    if (state.state === 'done') {
      for (const warning of state.warnings) terminal.note(warning);
      return state;
    }
    if (state.state === 'refused') throw new AppError('auth_failed', state.message);
    if (state.state === 'timed_out') throw new AppError('unavailable', state.message);
    try {
      await pause(SECOND_MS, undefined, { signal: run.stop });
    } catch (cause) {
      await client.sources.cancelSignIn({ signInId });
      throw new AppError('cancelled', 'The sign-in was given up', { cause });
    }
  }
}
