/** The steps to the own figures: the key that protects them, Stripe's restricted key, the company. Each is kept when it is done. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState, StateGate } from '../../../ui/states.tsx';
import { useBeginning, useOnboarding } from '../use-onboarding.ts';
import { CompanyStep } from './company-step.tsx';
import { KeyStep } from './key-step.tsx';
import { STEPS, StepList } from './step-list.tsx';
import { StripeStep } from './stripe-step.tsx';

export function OwnData({ chosenAt, onBack }: { chosenAt: Instant; onBack: () => void }): ReactNode {
  const { api } = useEngine();
  const navigate = useNavigate();
  const status = useQuery(api.session.status.queryOptions());
  const open = status.data?.state === 'unlocked';
  const { state, note, noting } = useOnboarding(open);
  useBeginning(state, chosenAt);
  const step = !open ? 'key' : state?.step === 'company' ? 'company' : 'stripe';
  const finishLater = (): void => note('postponed', () => void navigate({ to: '/', replace: true }));
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        {step !== 'company' && (
          <Button kind="ghost" icon={ArrowLeft} onClick={onBack}>
            Back
          </Button>
        )}
        <StepList current={step} />
        {open && (
          <Button kind="ghost" className="ml-auto" busy={noting} onClick={finishLater}>
            Finish later
          </Button>
        )}
      </div>
      {status.data !== undefined && step === 'key' && <KeyStep status={status.data} title={STEPS[0].title} />}
      {step === 'stripe' && state !== undefined && <Connect state={state} />}
      {step === 'company' && (
        <CompanyStep onDone={() => note('companyConfirmed', () => void navigate({ to: '/', replace: true }))} />
      )}
    </div>
  );
}

function Connect({ state }: { state: NonNullable<ReturnType<typeof useOnboarding>['state']> }): ReactNode {
  const { api } = useEngine();
  const catalogue = useQuery(api.sources.catalogue.queryOptions());
  const stripe = catalogue.data?.find((descriptor) => descriptor.vendor === 'stripe');
  const companyIsSet = state.checklist.items.some(({ id, done }) => id === 'company' && done);
  return (
    <StateGate state={stateOf(catalogue)}>
      {stripe === undefined ? (
        <EmptyState title="Stripe is not available" hint="This build of Vario has no Stripe connector." />
      ) : (
        <StripeStep descriptor={stripe} companyIsSet={companyIsSet} />
      )}
    </StateGate>
  );
}
