/** The commands on files. */
import { AppError } from '../../../shared/kernel/errors.ts';
import type { EngineCalls } from './call-context.ts';

type FileCommands = Pick<EngineCalls['commands'], Extract<keyof EngineCalls['commands'], `files.${string}`>>;

function unavailable(): never {
  throw new AppError('unavailable', 'Files cannot be imported yet');
}

export function fileCommands(): FileCommands {
  return {
    'files.begin': unavailable,
    'files.append': unavailable,
    'files.read': unavailable,
    'files.discard': unavailable,
    'files.dryRun': unavailable,
    'files.import': unavailable,
    'files.undo': unavailable,
    'files.forgetMapping': () => ({ done: false }),
  };
}
