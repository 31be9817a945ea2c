/** Customers who came near, or beyond, what their plan includes. */
import type { DigestSection } from '../../../../shared/contract/digest.ts';
import { limitsCrossed } from '../../usage/index.ts';
import type { Ask } from '../ask.ts';
import { customerPath } from '../customers.ts';
import { BLANK_LINE, section, unknown } from '../section.ts';
import { countText, shareText } from '../../wording/index.ts';

/** Near is what the room of product usage calls near. */
const NEAR = 0.8;

export function limitSection(ask: Ask): DigestSection {
  const named = {
    id: 'limits',
    group: 'attention',
    title: 'Limits approached',
    definition:
      'Customers whose use in the calendar month passed 80% or 100% of what their plan or agreement includes in these days.',
  } as const;
  const { hasUsage, hasLimits, rows } = limitsCrossed(ask.db, { from: ask.from, to: ask.to, near: NEAR });
  if (!hasUsage) return unknown(named, 'No source of product usage is connected');
  if (!hasLimits) return unknown(named, 'No limit of a plan has been entered');
  return section(named, {
    count: rows.length,
    lines: rows.map((row) => ({
      ...BLANK_LINE,
      customerId: row.customerId,
      who: row.customerName,
      on: ask.to,
      what: [row.plan, row.event].filter((part) => part !== null).join(', '),
      note: `${countText(row.used)} of ${countText(row.limit)}, ${shareText(row.share)}${row.share > 1 ? ': beyond the limit' : ''}`,
      target: customerPath(row.customerId),
    })),
  });
}
