/** The board pack as it is asked for: as known today, or as reported at the close; with its stamp and restatements. */
import type { BoardPack } from '../../../shared/contract/reports.ts';
import type { PlainMonth } from '../../../shared/kernel/day.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { MetricsContext } from '../metrics/index.ts';
import type { ReadDb } from '../store/index.ts';
import { knownPack } from './board-pack.ts';
import { frozenPack } from './frozen-pack.ts';
import { closeParts } from './restated.ts';

/**
 * The pack of a month.
 * @throws AppError `invalid_input` for a month that has not begun, `not_found` where the ledger begins later or,
 *   asked as reported, where the month is not closed.
 */
export function boardPack(
  db: ReadDb,
  {
    month,
    companyName,
    shows = 'known',
  }: { readonly month: PlainMonth; readonly companyName: string; readonly shows?: BoardPack['shows'] },
  context: MetricsContext,
): BoardPack {
  const parts = closeParts(db, month, context);
  if (shows === 'known') return { ...knownPack(db, { month, companyName }, context), ...parts };
  if (parts.close === null)
    throw new AppError('not_found', `${month} is not closed: there is no board pack as reported, only as known today`);
  return { ...frozenPack(db, month), ...parts, shows };
}
