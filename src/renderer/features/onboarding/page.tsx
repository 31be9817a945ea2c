/** First value in under five minutes, or in one click with the demo company. */
import { useQuery } from '@tanstack/react-query';
import { Navigate, useNavigate, useSearch } from '@tanstack/react-router';
import { CreditCard, PlayCircle } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { usePageTitle } from '../../lib/address/index.ts';
import { useEngine } from '../../lib/engine/index.ts';
import { readClock } from '../../lib/now.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { HelpButton } from '../../ui/help-button.tsx';
import { Mark } from '../../ui/mark.tsx';
import { ChoiceCard } from './parts/choice-card.tsx';
import { FirstSync } from './parts/first-sync.tsx';
import { OwnData } from './parts/own-data.tsx';
import { useDemo } from './use-demo.ts';
import { useOnboarding } from './use-onboarding.ts';

export function WelcomePage(): ReactNode {
  usePageTitle('Welcome');
  const { api } = useEngine();
  const { job, way } = useSearch({ from: '/welcome' });
  const navigate = useNavigate();
  const status = useQuery(api.session.status.queryOptions());
  const { state } = useOnboarding(status.data?.state === 'unlocked');
  const [chosenAt, setChosenAt] = useState(readClock);
  const choose = (chosen: 'stripe' | 'choose'): void => {
    if (chosen === 'stripe') setChosenAt(readClock());
    void navigate({ to: '/welcome', search: { way: chosen } });
  };
  const follow = (jobId: number): void => void navigate({ to: '/welcome', search: { job: jobId }, replace: true });
  const begun = state !== undefined && state.startedAt !== null;
  if (job === undefined && state?.step === 'done') return <Navigate to="/" replace />;
  const own = way === 'stripe' || (begun && way !== 'choose');
  return (
    <main className="flex min-h-dvh flex-col items-center bg-canvas px-6 py-[6dvh]">
      <div className="flex w-full max-w-3xl flex-col gap-6">
        <header className="flex flex-col gap-3">
          <Mark size={40} />
          <div className="flex items-center gap-1">
            <h1 className="text-2xl font-semibold tracking-tight text-balance">
              {job !== undefined ? 'Reading the data' : own ? 'Your own figures' : 'Know how fast you climb'}
            </h1>
            <HelpButton about="getting started" topic="getting-started" />
          </div>
          {job === undefined && !own && (
            <p className="max-w-prose text-base text-pretty text-muted">
              Vario computes your recurring revenue from Stripe, on this machine, encrypted. Nothing leaves it: no
              account, no cloud, no telemetry.
            </p>
          )}
        </header>
        {job !== undefined ? (
          <FirstSync jobId={job} />
        ) : own ? (
          <OwnData chosenAt={chosenAt} onBack={() => choose('choose')} />
        ) : (
          <Choices onDemo={follow} onStripe={() => choose('stripe')} begun={begun} />
        )}
      </div>
    </main>
  );
}

function Choices(props: { onDemo: (jobId: number) => void; onStripe: () => void; begun: boolean }): ReactNode {
  const { onDemo, onStripe, begun } = props;
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
          text="Your own figures, with a restricted, read-only key: a passphrase, a key, the company. What is done is kept, so that you can leave at any step."
          action={
            <Button size="lg" disabled={demo.busy} onClick={onStripe}>
              {begun ? 'Go on where you were' : 'Connect Stripe'}
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
