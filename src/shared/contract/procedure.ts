/** The base of every procedure: the closed error list, and whether a call may be repeated. */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ERROR_CODES, type ErrorCode } from '../kernel/errors.ts';

const ErrorDataSchema = z.object({
  /** The id under which an unknown failure stands in the log. */
  logId: z.string().optional(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});

type ErrorMap = Record<ErrorCode, { data: typeof ErrorDataSchema }>;
const errors = Object.fromEntries(ERROR_CODES.map((code) => [code, { data: ErrorDataSchema }])) as ErrorMap;

export interface ProcedureMeta {
  /** Queries read and may be repeated; commands change something and are never repeated by themselves; streams go on. */
  readonly kind: 'query' | 'command' | 'stream';
  /** Answered while the database is locked. */
  readonly whileLocked?: boolean;
}

const base = oc.$meta<ProcedureMeta>({ kind: 'query' }).errors(errors);

export const query = base.meta({ kind: 'query' });
export const command = base.meta({ kind: 'command' });
export const stream = base.meta({ kind: 'stream' });
export const sessionQuery = base.meta({ kind: 'query', whileLocked: true });
export const sessionCommand = base.meta({ kind: 'command', whileLocked: true });
