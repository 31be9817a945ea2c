/** The calls of the first start, handed to the module that remembers it. */
import type { Onboarding } from '../../../shared/contract/onboarding.ts';
import { beginOnboarding, noteOnboarding, readOnboarding } from '../onboarding/index.ts';
import type { EnginePorts } from '../runtime/index.ts';
import type { ReadDb, WriteDb } from '../store/index.ts';
import type { EngineCalls } from './call-context.ts';
import type { ChangeHub } from './change-hub.ts';
import { DEFAULT_WORKSPACE, readWorkspace } from './workspace-settings.ts';

/** Where the founder stands on the way in. */
export function onboardingState(db: ReadDb): Onboarding {
  return readOnboarding(db, readWorkspace(db), DEFAULT_WORKSPACE.companyName);
}

interface OnboardingDeps {
  readonly db: WriteDb;
  readonly clock: EnginePorts['clock'];
  readonly changes: ChangeHub;
}

type OnboardingCommands = Pick<EngineCalls['commands'], 'onboarding.begin' | 'onboarding.note'>;

export function onboardingCommands({ db, clock, changes }: OnboardingDeps): OnboardingCommands {
  const told = (): Onboarding => {
    changes.publish('onboarding');
    return onboardingState(db);
  };
  return {
    'onboarding.begin': ({ startedAt }) => {
      beginOnboarding(db, startedAt, clock.now());
      return told();
    },
    'onboarding.note': ({ event }) => {
      noteOnboarding(db, event, clock.now());
      return told();
    },
  };
}
