/** The entry of the command line. */
import '../node-guard.ts';
import { keepCompiledCode } from '../compiled-code.ts';

keepCompiledCode();
// From here on: what is imported statically would be compiled before the line above.
await import('./command-line.ts');
