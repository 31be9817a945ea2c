/** Keeps the engine's memory small beside the founder's other programs. */
import { setFlagsFromString } from 'node:v8';

/** By how much the old generation may grow over what is in use before it is collected; by itself V8 lets it grow threefold. */
const GROWTH_PERCENT = 150;

/**
 * Lets V8's young generation stay as small as it begins, in this thread and in
 * those started from now on. It grows by itself to some fifty megabytes a
 * thread, which long work fills with garbage; collecting it sooner costs a
 * twentieth of the time, since little of it survives (docs/performance.md). The flags
 * are read each time a generation would grow, so they may be set while the
 * program runs. https://nodejs.org/api/v8.html#v8setflagsfromstringflags
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
}
