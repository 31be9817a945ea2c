/** What a person writes beside days: stored at once, and told to every window. */
import { removeNote, restoreNote, saveNote } from '../annotations/index.ts';
import type { EnginePorts } from '../runtime/index.ts';
import type { WriteDb } from '../store/index.ts';
import type { EngineCalls } from './call-context.ts';
import type { ChangeHub } from './change-hub.ts';

type AnnotationCommands = Pick<
  EngineCalls['commands'],
  'annotations.save' | 'annotations.remove' | 'annotations.restore'
>;

export interface AnnotationCommandDeps {
  readonly db: WriteDb;
  readonly clock: EnginePorts['clock'];
  readonly changes: Pick<ChangeHub, 'publish'>;
}

export function annotationCommands({ db, clock, changes }: AnnotationCommandDeps): AnnotationCommands {
  const told = <Result>(result: Result): Result => {
    changes.publish('annotations');
    return result;
  };
  return {
    'annotations.save': (change) => told(saveNote(db, change, clock.now())),
    'annotations.remove': ({ noteId }) => told(removeNote(db, noteId, clock.now())),
    'annotations.restore': ({ noteId }) => told(restoreNote(db, noteId)),
  };
}
