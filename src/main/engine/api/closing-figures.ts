/** What a month is closed with. */
import type { PlainMonth } from '../../../shared/kernel/day.ts';
import type { ClosingFigures } from '../closing/index.ts';
import { snapshot, type MetricsContext } from '../metrics/index.ts';
import { packToFreeze } from '../reports/index.ts';
import type { ReadDb } from '../store/index.ts';

export interface ClosingInput {
  readonly month: PlainMonth;
  readonly companyName: string;
  readonly context: MetricsContext;
}

/** The month's figures and its board pack, as they are known now. */
export function closingFigures(db: ReadDb, { month, companyName, context }: ClosingInput): ClosingFigures {
  return { snapshot: snapshot(db, { month }, context), pack: packToFreeze(db, { month, companyName }, context) };
}
