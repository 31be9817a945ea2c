/** The commands by which a source is connected by signing in at its vendor. */
import type { SourceId } from '../../../shared/kernel/ids.ts';
import type { SignIns } from '../sync/index.ts';
import type { EngineCalls } from './call-context.ts';

type SignInCommands = Pick<EngineCalls['commands'], 'sources.signIn' | 'sources.signInState' | 'sources.cancelSignIn'>;

export function signInCommands(signIns: SignIns): SignInCommands {
  return {
    'sources.signIn': async (request) => await signIns.start(request),
    'sources.signInState': ({ signInId }) => {
      const state = signIns.stateOf(signInId);
      if (state.state !== 'done') return state;
      return { ...state, sourceId: state.sourceId as SourceId, warnings: [...state.warnings] };
    },
    'sources.cancelSignIn': async ({ signInId }) => {
      await signIns.cancel(signInId);
      return { done: true };
    },
  };
}
