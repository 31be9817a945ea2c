/** Electron's entry. */
import { startShell } from './shell/start.ts';

startShell();
