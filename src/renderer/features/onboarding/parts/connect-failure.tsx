/** Why connecting failed, and what to do about it. The key stays in its field. */
import type { ReactNode } from 'react';
import type { ErrorCode } from '../../../../shared/kernel/errors.ts';
import { failureOf } from '../../../lib/engine/index.ts';
import { Callout } from '../../../ui/callout.tsx';

interface Advice {
  readonly title: string;
  readonly todo: string;
}

const ADVICE: Partial<Record<ErrorCode, Advice>> = {
  unavailable: {
    title: 'Stripe cannot be reached',
    todo: 'Look whether this machine is online and whether a firewall or proxy is between, then press “Check and connect” again.',
  },
  rate_limited: {
    title: 'Stripe asks to wait',
    todo: 'Too many requests came from this account. Press “Check and connect” again in a minute.',
  },
  auth_failed: {
    title: 'Stripe does not know this key',
    todo: 'Copy it again, whole, from Stripe’s page. A key that was deleted or has expired has to be made anew.',
  },
  invalid_input: { title: 'This key cannot be used', todo: 'Make a restricted key by the link and paste it whole.' },
  conflict: {
    title: 'This account is connected already',
    todo: 'Choose “Finish later” and look at Sources.',
  },
};

const OTHER: Advice = { title: 'It was not connected', todo: 'Press “Check and connect” again.' };

export function ConnectFailure({ error }: { error: unknown }): ReactNode {
  const { code, message } = failureOf(error);
  const { title, todo } = ADVICE[code] ?? OTHER;
  return (
    <div role="alert">
      <Callout tone="loss" title={title}>
        <p>{message}</p>
        <p className="mt-1">{todo}</p>
      </Callout>
    </div>
  );
}
