/** What the cockpit writes: its views, and that the founder looked at it. */
import { look } from '../since/index.ts';
import type { EnginePorts } from '../runtime/index.ts';
import type { WriteDb } from '../store/index.ts';
import { moveView, openWith, removeView, restoreView, saveView } from '../views/index.ts';
import type { EngineCalls } from './call-context.ts';
import type { ChangeHub } from './change-hub.ts';

type CockpitCommands = Pick<
  EngineCalls['commands'],
  'views.save' | 'views.open' | 'views.move' | 'views.remove' | 'views.restore' | 'since.look'
>;

export interface CockpitCommandDeps {
  readonly db: WriteDb;
  readonly clock: EnginePorts['clock'];
  readonly changes: Pick<ChangeHub, 'publish'>;
}

export function cockpitCommands({ db, clock, changes }: CockpitCommandDeps): CockpitCommands {
  const told = <Result>(result: Result): Result => {
    changes.publish('views');
    return result;
  };
  return {
    'views.save': (change) => told(saveView(db, change, clock.now())),
    'views.open': ({ viewId }) => told(openWith(db, viewId)),
    'views.move': ({ viewId, before }) => told(moveView(db, viewId, before)),
    'views.remove': ({ viewId }) => told(removeView(db, viewId, clock.now())),
    'views.restore': ({ viewId }) => told(restoreView(db, viewId)),
    'since.look': ({ cockpit }) => {
      const seen = look(db, cockpit, clock.now());
      // Only a new visit is compared with another look.
      if (seen.began) changes.publish('looks');
      return seen;
    },
  };
}
