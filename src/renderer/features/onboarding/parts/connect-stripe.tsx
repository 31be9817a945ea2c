/** Three steps to the own figures: the key that protects them, the company, and Stripe's restricted key. */
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState, StateGate } from '../../../ui/states.tsx';
import { KeyStep } from './key-step.tsx';
import { StripeStep } from './stripe-step.tsx';

export function ConnectStripe({
  onBack,
  onStarted,
}: {
  onBack: () => void;
  onStarted: (jobId: number) => void;
}): ReactNode {
  const { api } = useEngine();
  const status = useQuery(api.session.status.queryOptions());
  const open = status.data?.state === 'unlocked';
  const catalogue = useQuery({ ...api.sources.catalogue.queryOptions(), enabled: open });
  const stripe = catalogue.data?.find((descriptor) => descriptor.vendor === 'stripe');
  return (
    <div className="flex flex-col gap-4">
      <div>
        <Button kind="ghost" icon={ArrowLeft} onClick={onBack}>
          Back
        </Button>
      </div>
      {status.data !== undefined && !open && <KeyStep status={status.data} title="1 · Protect the data" />}
      {open && (
        <StateGate state={stateOf(catalogue)}>
          {stripe === undefined ? (
            <EmptyState title="Stripe is not available" hint="This build of Vario has no Stripe connector." />
          ) : (
            <StripeStep descriptor={stripe} onStarted={onStarted} />
          )}
        </StateGate>
      )}
    </div>
  );
}
