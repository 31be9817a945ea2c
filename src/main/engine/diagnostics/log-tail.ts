/** The last lines of the log for the bundle: of each only what the program itself wrote, never what it wrote about. */
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { BundlePart } from '../../../shared/contract/diagnostics.ts';
import { ownCode, ownWord, partText } from './words.ts';

const TAIL_BYTES = 512 * 1_024;
const LINES = 500;

const ErrorSchema = z.object({
  type: z.string().optional().catch(undefined),
  code: z.string().optional().catch(undefined),
  stack: z.string().optional().catch(undefined),
});

/** A line as the logger writes it; fields that are not named here do not exist for the bundle. */
const LineSchema = z.object({
  level: z.enum(['debug', 'info', 'warn', 'error']),
  time: z.string().regex(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  message: z.string(),
  job: z.string().optional().catch(undefined),
  kind: z.string().optional().catch(undefined),
  call: z.string().optional().catch(undefined),
  ms: z.number().optional().catch(undefined),
  schema: z.number().optional().catch(undefined),
  error: ErrorSchema.optional().catch(undefined),
});

/**
 * The end of the newest log in `dir`; messages are fixed sentences of the program, which a test sees to. Of failures
 * the type, the code and the places in the program are kept, their sentences are not. Lines of another form are counted.
 */
export function logTail(dir: string): BundlePart {
  const lines = lastLines(join(dir, 'vario.log'));
  const read = lines.map(readLine);
  const told = read.filter((line) => line !== null);
  return { name: 'log.json', text: partText({ lines: told, leftOut: read.length - told.length }) };
}

function readLine(text: string): Record<string, unknown> | null {
  const parsed = LineSchema.safeParse(jsonOf(text));
  if (!parsed.success) return null;
  const { level, time, message, job, kind, call, ms, schema, error } = parsed.data;
  return {
    time,
    level,
    message: plainSentence(message),
    ...(job !== undefined && { job: ownWord(job) }),
    ...(kind !== undefined && { kind: ownWord(kind) }),
    ...(call !== undefined && { call: /^[A-Za-z]+\.[A-Za-z]+$/.test(call) ? call : 'other' }),
    ...(ms !== undefined && { ms }),
    ...(schema !== undefined && { schema }),
    ...(error !== undefined && { error: errorOf(error) }),
  };
}

function errorOf({ type, code, stack }: z.output<typeof ErrorSchema>): Record<string, unknown> {
  return {
    type: type !== undefined && /^[A-Za-z]{1,40}$/.test(type) ? type : 'other',
    ...(code !== undefined && { code: ownCode(code) }),
    ...(stack !== undefined && { at: placesOf(stack) }),
  };
}

/** Functions and lines of a stack; its first lines are the failure's own sentence and are left out. */
function placesOf(stack: string): string[] {
  return stack.split('\n').flatMap((line) => {
    const place = /^\s+at (?:(?:async )?([\w.#<>$]{1,80}) \()?(?:file:\/\/)?(.+?):(\d+):\d+\)?$/.exec(line);
    const file = basename(place?.[2] ?? '');
    return place === null || !/^[\w.-]{1,60}$/.test(file) ? [] : [`${place[1] ?? 'anonymous'} ${file}:${place[3]}`];
  });
}

/** Messages of the program are words; figures, addresses and quotations are none. */
function plainSentence(message: string): string {
  return /^[A-Z][A-Za-z’:;,() -]{1,160}$/.test(message) ? message : 'other';
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    // A line that was cut off by the tail, or by the end of a process.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function lastLines(file: string): string[] {
  if (!existsSync(file)) return [];
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(descriptor, bytes, 0, bytes.length, size - bytes.length);
    return bytes
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .slice(-LINES);
  } finally {
    closeSync(descriptor);
  }
}
