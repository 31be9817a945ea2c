/**
 * What the engine needs from the outside world, as ports, and their real forms.
 * Answers: the time, randomness, requests to the network, the log.
 * Never: decides anything about revenue, or whom to talk to (the source kit does, by what a source declares).
 */
export { systemClock } from './clock.ts';
export { createLogger } from './create-logger.ts';
export { systemHttp } from './http.ts';
export { openLogFile } from './log-file.ts';
export { listenForAnswer, type Loopback } from './loopback.ts';
export type { LogFields, Logger } from './logger.ts';
export type * from './ports.ts';
export { systemRandom } from './random.ts';
export { keepHeapSmall, letGoOfGarbage } from './heap.ts';
export { redact, redactText } from './redact.ts';
