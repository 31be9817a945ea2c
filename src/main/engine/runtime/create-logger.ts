/** The engine's logger: JSON lines by pino, redacted first, into a file and (from a level on) to stderr. */
import pino from 'pino';
import type { LogFile } from './log-file.ts';
import type { LogFields, Logger } from './logger.ts';
import { redact, redactText } from './redact.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface LoggerOptions {
  /** Where lines from `level` on are kept; null keeps none (commands that open no data directory). */
  readonly file: LogFile | null;
  readonly level?: LogLevel;
  /** Lines from this level on go to stderr as well; null for none. */
  readonly stderrLevel?: LogLevel | null;
}

/**
 * Makes the logger. What it writes carries no secret, no e-mail address, no
 * customer's name and no amount: see redact.ts for the rules.
 */
export function createLogger({ file, level = 'info', stderrLevel = 'warn' }: LoggerOptions): Logger {
  const streams: pino.StreamEntry<LogLevel>[] = [];
  if (file) streams.push({ level, stream: { write: (line) => file.write(line) } });
  if (stderrLevel) streams.push({ level: stderrLevel, stream: { write: (line) => void process.stderr.write(line) } });
  const lowest = LEVELS.find((each) => each === level || each === stderrLevel) ?? level;
  return wrap(
    pino(
      {
        base: null,
        level: lowest,
        messageKey: 'message',
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
      },
      pino.multistream(streams),
    ),
  );
}

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

function wrap(log: pino.Logger): Logger {
  const at =
    (level: LogLevel) =>
    (message: string, fields?: LogFields): void => {
      if (log.isLevelEnabled(level)) log[level](clean(fields), redactText(message));
    };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    with: (fields) => wrap(log.child(clean(fields))),
  };
}

function clean(fields: LogFields | undefined): object {
  const safe = redact(fields ?? {});
  return typeof safe === 'object' && safe !== null ? safe : {};
}
