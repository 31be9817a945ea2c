/** First value in under five minutes, or in one click with the demo company. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { CreditCard, PlayCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { usePageTitle } from '../../lib/address/index.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Mark } from '../../ui/mark.tsx';
import { ChoiceCard } from './parts/choice-card.tsx';
import { ConnectStripe } from './parts/connect-stripe.tsx';
import { FirstSync } from './parts/first-sync.tsx';
import { useDemo } from './use-demo.ts';

export function WelcomePage(): ReactNode {
  usePageTitle('Welcome');
  const { job, way } = useSearch({ from: '/welcome' });
  const navigate = useNavigate();
  const choose = (chosen: 'stripe' | undefined): void => void navigate({ to: '/welcome', search: { way: chosen } });
  const follow = (jobId: number): void => void navigate({ to: '/welcome', search: { job: jobId }, replace: true });
  return (
    <main className="flex min-h-dvh flex-col items-center bg-canvas px-6 py-[8dvh]">
      <div className="flex w-full max-w-3xl flex-col gap-6">
        <header className="flex flex-col gap-3">
          <Mark size={40} />
          <h1 className="text-2xl font-semibold tracking-tight text-balance">
            {job === undefined ? 'Know how fast you climb' : 'Reading the data'}
          </h1>
          {job === undefined && (
            <p className="max-w-prose text-base text-pretty text-muted">
              Vario computes your recurring revenue from Stripe, on this machine, encrypted. Nothing leaves it: no
              account, no cloud, no telemetry.
            </p>
          )}
        </header>
        {job !== undefined ? (
          <FirstSync jobId={job} />
        ) : way === 'stripe' ? (
          <ConnectStripe onBack={() => choose(undefined)} onStarted={follow} />
        ) : (
          <Choices onDemo={follow} onStripe={() => choose('stripe')} />
        )}
      </div>
    </main>
  );
}

function Choices({ onDemo, onStripe }: { onDemo: (jobId: number) => void; onStripe: () => void }): ReactNode {
  const demo = useDemo(onDemo);
  return (
    <>
      <div className="grid grid-cols-2 gap-4 max-[700px]:grid-cols-1">
        <ChoiceCard
          icon={PlayCircle}
          title="See it with a demo company"
          text="Three years of an invented company, read by the real connectors. Takes seconds, needs no account and no passphrase: its key is kept nowhere, and it is deleted in one click."
          action={
            <Button kind="primary" size="lg" busy={demo.busy} onClick={demo.start}>
              Start the demo
            </Button>
          }
        />
        <ChoiceCard
          icon={CreditCard}
          title="Connect Stripe"
          text="Your own figures, with a restricted, read-only key. Under five minutes, with the whole history."
          action={
            <Button size="lg" disabled={demo.busy} onClick={onStripe}>
              Connect Stripe
            </Button>
          }
        />
      </div>
      {demo.failure !== null && (
        <Callout tone="loss" title="The demo could not be started">
          {demo.failure}
        </Callout>
      )}
    </>
  );
}
