/**
 * What the engine needs from the outside world, as ports, and their real forms.
 * Answers: the time, randomness, requests to the network, the log.
 * Never: decides anything about revenue; reaches the network for a host nobody declared.
 */
export { onlyDeclaredHosts } from './allowed-hosts.ts';
export { systemClock } from './clock.ts';
export { createLogger, type LogLevel } from './create-logger.ts';
export { systemHttp } from './http.ts';
export { openLogFile, type LogFile } from './log-file.ts';
export type { LogFields, Logger } from './logger.ts';
export type * from './ports.ts';
export { systemRandom } from './random.ts';
export { redact, redactText } from './redact.ts';
