/** The entry of the engine's process in the desktop app (Electron's utilityProcess). */
import { AppError } from '../../shared/kernel/errors.ts';
import { keepCompiledCode } from './compiled-code.ts';

keepCompiledCode();
// From here on: what is imported statically would be compiled before the line above. The shell's messages wait meanwhile.
const { isParentPort, runEngineHost } = await import('./engine-host.ts');

// Electron adds this to Node's process; asked for by name, so that the engine needs none of Electron's types.
const parentPort: unknown = Reflect.get(process, 'parentPort');
if (!isParentPort(parentPort))
  throw new AppError(
    'internal',
    'The engine’s process is started by the desktop app; for the browser, use vario serve',
  );

runEngineHost(parentPort, (code) => process.exit(code));
