/** The closes as they are stored. */
import { FrozenBridgeSchema, type CloseStamp, type FrozenBridge } from '../../../shared/contract/closing.ts';
import { currencyCode, type CurrencyCode } from '../../../shared/kernel/currency.ts';
import { plainMonth, type PlainMonth } from '../../../shared/kernel/day.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import { instant, type Instant } from '../../../shared/kernel/instant.ts';
import { z } from 'zod';
import type { ReadDb } from '../store/index.ts';
import type { Flows } from './known.ts';

/** A close in short: what comparing needs, without its large parts. */
export interface Close {
  readonly closeId: number;
  readonly month: PlainMonth;
  readonly version: number;
  readonly closedAt: Instant;
  readonly closedBy: 'hand' | 'schedule';
  readonly hash: string;
  readonly currency: CurrencyCode;
  readonly bridge: FrozenBridge;
  readonly flows: Flows;
  readonly gaps: readonly string[];
  readonly reopening: { readonly at: Instant; readonly reason: string } | null;
}

interface Row {
  close_id: number;
  month: string;
  version: number;
  closed_at: number;
  closed_by: string;
  hash: string;
  currency: string;
  bridge: string;
  flows: string;
  gaps: string;
  reopened_at: number | null;
  reason: string | null;
}

const GapsSchema = z.array(z.string());

/** The last close of every month that was ever closed, oldest month first; those taken up again have their reopening. */
export function lastCloses(db: ReadDb): Close[] {
  return db
    .prepare<[], Row>(
      `SELECT c.close_id, c.month, c.version, c.closed_at, c.closed_by, c.hash, c.currency, c.bridge, c.flows, c.gaps,
              r.reopened_at, r.reason
       FROM month_close c LEFT JOIN month_reopening r USING (close_id)
       WHERE c.version = (SELECT max(version) FROM month_close l WHERE l.month = c.month) ORDER BY c.month`,
    )
    .all()
    .map((row) => ({
      closeId: row.close_id,
      month: plainMonth(row.month),
      version: row.version,
      closedAt: instant(row.closed_at),
      closedBy: row.closed_by === 'schedule' ? 'schedule' : 'hand',
      hash: row.hash,
      currency: currencyCode(row.currency),
      bridge: FrozenBridgeSchema.parse(JSON.parse(row.bridge)),
      flows: JSON.parse(row.flows) as Flows,
      gaps: GapsSchema.parse(JSON.parse(row.gaps)),
      reopening: row.reopened_at === null ? null : { at: instant(row.reopened_at), reason: row.reason ?? '' },
    }));
}

/** The closes in force, oldest month first. */
export function closesInForce(db: ReadDb): Close[] {
  return lastCloses(db).filter(({ reopening }) => reopening === null);
}

/** The last close of a month, in force or not. @throws AppError `not_found` where it was never closed. */
export function lastCloseOf(db: ReadDb, month: PlainMonth): Close {
  const close = lastCloses(db).find((one) => one.month === month);
  if (!close) throw new AppError('not_found', `${month} is not closed: there is nothing that was reported of it`);
  return close;
}

export function stampOf({ closeId, month, version, closedAt, closedBy, hash }: Close): CloseStamp {
  return { closeId, month, version, closedAt, closedBy, hash };
}
