/** Keeps the engine's memory small beside the founder's other programs. */
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

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

/** A smaller heap holds too little garbage to be worth a pause. */
const WORTH_COLLECTING_BYTES = 64 * 1024 * 1024;

/**
 * Gives back what long work has left behind in this thread's heap, before other threads need room: V8 by itself waits
 * until the heap wants to grow. A pause of some tens of milliseconds, and none where the heap is small. Node has no
 * call of its own for it; a function that the flag makes is there in every context made afterwards.
 */
export function letGoOfGarbage(): void {
  if (getHeapStatistics().total_heap_size < WORTH_COLLECTING_BYTES) return;
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  if (typeof collect === 'function') collect();
}
