/** Movements of a stretch of days, one per customer and kind, with what the ledger's bridge says of the whole. */
import type { Bridge, MovementKind } from '../../../../shared/contract/metrics.ts';
import type { DigestLine, DigestSection } from '../../../../shared/contract/digest.ts';
import type { Evidence } from '../../../../shared/contract/evidence.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import { lossReason } from '../../alerts/index.ts';
import { NO_BILLING, valued, type Ask } from '../ask.ts';
import { customerPath, objectLink } from '../customers.ts';
import { BLANK_LINE, MOST_LINES, section, summed, unknown, withoutRate } from '../section.ts';

interface MoveRow {
  customer_id: CustomerId;
  name: string;
  kind: Exclude<MovementKind, 'fx'>;
  currency: string;
  moved_on: PlainDay;
  annual: number;
  reporting: number | null;
  without_rate: number;
  source_id: number;
  subscription_id: string;
  reason: string | null;
  evidence: Evidence;
  product_id: string | null;
}

/** A customer's movement of one kind over all days asked for. */
export interface Move {
  readonly customerId: CustomerId;
  readonly name: string;
  readonly kind: MoveRow['kind'];
  /** The last of its days. */
  readonly on: PlainDay;
  /** Annual, in the reporting currency; null without a rate. */
  readonly value: number | null;
  readonly currency: string;
  readonly productId: string | null;
  readonly reason: string | null;
  readonly sourceId: number;
  readonly subscriptionId: string;
  readonly evidence: Evidence;
}

/** Rows taken back and what they took back come to nothing and are left out. The product is that of the largest part. */
export const MOVES = `
  SELECT m.customer_id, c.name, m.kind, m.currency, m.moved_on, sum(m.annual_minor) AS annual,
         sum(m.reporting_minor) AS reporting, sum(m.reporting_minor IS NULL) AS without_rate,
         max(abs(m.annual_minor)), m.source_id, m.subscription_id, m.product_id, m.reason, m.evidence
  FROM movement m JOIN customer c USING (customer_id)
  WHERE m.moved_on BETWEEN ? AND ? AND m.kind <> 'transfer'
  GROUP BY m.customer_id, m.kind, m.currency, m.moved_on
  HAVING sum(m.annual_minor) <> 0
  ORDER BY m.moved_on`;

/** Largest first, whatever their sign. */
export function movesOf(ask: Ask): Move[] {
  const { db, context } = ask;
  const basis = db.prepare<[], { currency: string }>('SELECT currency FROM ledger_basis').first()?.currency;
  const moves = new Map<string, Move>();
  for (const row of db.prepare<[string, string], MoveRow>(MOVES).all(ask.from, ask.to)) {
    const stored = basis === context.currency && row.without_rate === 0 ? row.reporting : null;
    const value = stored ?? valued(ask, row.annual, row.currency, row.moved_on);
    const key = `${row.customer_id}${row.kind}`;
    const before = moves.get(key);
    const sum = before === undefined ? value : before.value === null || value === null ? null : before.value + value;
    moves.set(key, {
      customerId: row.customer_id,
      name: row.name,
      kind: row.kind,
      on: row.moved_on,
      value: sum,
      currency: row.currency,
      productId: row.product_id,
      reason: row.reason,
      sourceId: row.source_id,
      subscriptionId: row.subscription_id,
      evidence: row.evidence,
    });
  }
  return [...moves.values()].toSorted(
    (a, b) => Math.abs(b.value ?? 0) - Math.abs(a.value ?? 0) || a.customerId - b.customerId,
  );
}

const SECTIONS = [
  {
    id: 'newCustomers',
    group: 'growth',
    title: 'New customers',
    definition: 'Customers who pay for the first time.',
    kinds: ['new'],
    how: 'newMrr',
    kind: 'new',
  },
  {
    id: 'expansion',
    group: 'growth',
    title: 'Expansion',
    definition: 'Paying customers who pay more.',
    kinds: ['expansion'],
    how: 'expansionMrr',
    kind: 'expansion',
  },
  {
    id: 'cameBack',
    group: 'growth',
    title: 'Came back',
    definition: 'Customers who left or paused and pay again.',
    kinds: ['reactivation', 'resumed'],
    how: 'reactivationMrr',
    kind: null,
  },
  {
    id: 'left',
    group: 'losses',
    title: 'Left or paused',
    definition: 'Customers who paid and pay nothing any more.',
    kinds: ['churn', 'paused'],
    how: 'churnMrr',
    kind: null,
  },
  {
    id: 'downgrades',
    group: 'losses',
    title: 'Downgrades',
    definition: 'Customers who pay less and stay.',
    kinds: ['contraction'],
    how: 'contractionMrr',
    kind: 'contraction',
  },
] as const satisfies readonly (Pick<DigestSection, 'id' | 'group' | 'title' | 'definition'> & {
  kinds: readonly MoveRow['kind'][];
  how: string;
  kind: MovementKind | null;
})[];

/** The five sections of movements; sums are those of the bridge, to the minor unit. */
export function movementSections(ask: Ask, moves: readonly Move[], { mrr }: Pick<Bridge, 'mrr'>): DigestSection[] {
  return SECTIONS.map(({ kinds, kind, ...named }) => {
    if (!ask.hasBilling) return unknown(named, NO_BILLING);
    const own = moves.filter((move) => kinds.some((each) => each === move.kind));
    return section(
      { ...named, why: { metric: named.how, kind: null, from: ask.from, to: ask.to } },
      {
        count: own.length,
        amount: kinds.reduce((sum, each) => sum + mrr[each], 0),
        amountIs: 'mrr',
        note: withoutRate(summed(own).missing, ask.context.currency),
        lines: moveLines(ask, own),
      },
    );
  });
}

/** Customers by what all their movements come to, the largest gains or losses first. */
export function extremes(ask: Ask, moves: readonly Move[], sign: 1 | -1): { count: number; lines: DigestLine[] } {
  const byCustomer = [...Map.groupBy(moves, ({ customerId }) => customerId).values()].flatMap((own) => {
    const [main] = own;
    if (!main) return [];
    const value = own.some((move) => move.value === null)
      ? null
      : own.reduce((sum, move) => sum + (move.value ?? 0), 0);
    return value === null || value * sign <= 0 ? [] : [{ ...main, value }];
  });
  byCustomer.sort((a, b) => Math.abs(b.value) - Math.abs(a.value) || a.customerId - b.customerId);
  return { count: byCustomer.length, lines: moveLines(ask, byCustomer) };
}

const KIND_WORDS: Readonly<Record<MoveRow['kind'], string>> = {
  new: 'new',
  expansion: 'expansion',
  contraction: 'downgrade',
  churn: 'left',
  reactivation: 'came back',
  paused: 'paused',
  resumed: 'resumed',
};

function moveLines(ask: Ask, moves: readonly Move[]): DigestLine[] {
  const link = objectLink(ask.db);
  const product = ask.db.prepare<[number, string], { name: string }>(
    'SELECT name FROM product WHERE source_id = ? AND id = ?',
  );
  const planOf = ({ sourceId, productId }: Move): string | null =>
    productId === null ? null : (product.first(sourceId, productId)?.name ?? null);
  return moves.slice(0, MOST_LINES).map((move) => ({
    ...BLANK_LINE,
    customerId: move.customerId,
    who: move.name,
    on: move.on,
    what: [KIND_WORDS[move.kind], planOf(move)].filter((part) => part !== null).join(', '),
    amount: move.value === null ? null : divideRounded(move.value, 12),
    currency: ask.context.currency,
    note: reasonOf(ask, move),
    target: customerPath(move.customerId),
    evidence: move.evidence,
    sourceObjectId: move.subscriptionId,
    sourceUrl: link(move.sourceId, move.subscriptionId),
  }));
}

function reasonOf({ db }: Ask, move: Move): string | null {
  if (move.kind === 'contraction') return move.reason;
  if (move.kind !== 'churn') return null;
  const { sourceId: source_id, subscriptionId: subscription_id, reason } = move;
  return lossReason(db, { source_id, subscription_id, reason }) ?? 'no reason given';
}
