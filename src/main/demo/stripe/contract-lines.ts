/** The lines that a contract puts on its invoices: terms, metered usage in arrears, prorations. */
import { dayAt, UTC } from '../../../shared/kernel/day.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import { divideRounded } from '../../../shared/kernel/rational.ts';
import { monthsAfter } from '../scenario/calendar.ts';
import type { Contract, Life, Position } from '../scenario/life.ts';
import { PRODUCT_NAMES } from '../scenario/price-list.ts';
import type { AppliedDiscount } from './catalogue-objects.ts';
import { stripeId } from './ids.ts';
import { applyDiscounts, positionAmount, pricedParts, type Billed, type Line } from './invoice-lines.ts';
import type { Recorder } from './recorder.ts';

/** A change at a moment within a billing period. */
export interface WithinPeriod {
  readonly at: Instant;
  readonly from: Instant;
  readonly until: Instant;
}

export interface LineWriter {
  /** The licensed positions for a term; `free` for a trial. */
  licensed(items: readonly Billed[], from: Instant, until: Instant, free: boolean): Line[];
  /** What the next term would bill: lines that no invoice has yet. */
  preview(items: readonly Billed[], from: Instant, until: Instant): Line[];
  /** The metered calls of the period that has just closed, the `closed`-th of the contract. */
  metered(items: readonly Billed[], closed: number, from: Instant, until: Instant): Line[];
  /** Unused time back and, unless `creditOnly`, remaining time at the new price; net of discounts, as Stripe's are. */
  prorations(
    before: readonly Billed[],
    after: readonly Billed[],
    period: WithinPeriod,
    discounts: readonly AppliedDiscount[],
    creditOnly: boolean,
  ): Line[];
  /** The periods between the contract's start and its entering, billed with the first invoice as time that remained. */
  backdated(items: readonly Billed[], enteredAt: Instant, intervalMonths: number): Line[];
  /** An amount beside the positions, with no service period. */
  extra(at: Instant, amount: number, text: string): Line;
}

export function createLineWriter(life: Life, contract: Contract, recorder: Recorder): LineWriter {
  const subscriptionId = stripeId('sub', contract.key);

  function line(
    fields: Omit<Line, 'id' | 'subscriptionId' | 'discounts' | 'invoiceItemId'>,
    invoiceItem: boolean,
  ): Line {
    const number = recorder.next(`line:${contract.key}`);
    return {
      ...fields,
      id: stripeId('il', `${contract.key}:${number}`),
      invoiceItemId: invoiceItem ? stripeId('ii', `${contract.key}:${number}`) : null,
      subscriptionId,
      discounts: [],
    };
  }

  function termLines({ card, itemId }: Billed, quantity: number, from: Instant, until: Instant): Line[] {
    return pricedParts(card, quantity).map(({ amount, quantity: billed, label, unitDecimal }) =>
      line(
        { amount, quantity: billed, description: label, card, unitDecimal, from, until, proration: false, itemId },
        false,
      ),
    );
  }

  function previewLines({ card, quantity, itemId }: Billed, from: Instant, until: Instant): Line[] {
    return pricedParts(card, quantity).map((part, index) => ({
      id: stripeId('il_tmp', `${itemId}:${from}:${index}`),
      amount: part.amount,
      quantity: part.quantity,
      description: part.label,
      card,
      unitDecimal: part.unitDecimal,
      from,
      until,
      proration: false,
      itemId,
      invoiceItemId: null,
      subscriptionId,
      discounts: [],
    }));
  }

  function trialLine({ card, quantity, itemId }: Billed, from: Instant, until: Instant): Line {
    const description = `Trial period for ${PRODUCT_NAMES[card.product]}`;
    return line(
      { amount: 0, quantity, description, card, unitDecimal: card.unitMinor, from, until, proration: false, itemId },
      false,
    );
  }

  /** What an item costs for a whole period, less the discounts. */
  function discounted(item: Billed, discounts: readonly AppliedDiscount[]): number {
    const { card, quantity, itemId } = item;
    const period = { from: contract.startedAt, until: contract.startedAt };
    const amount = positionAmount(item);
    const whole = line(
      { amount, quantity, description: '', card, unitDecimal: null, ...period, proration: false, itemId },
      false,
    );
    applyDiscounts([whole], discounts, life.currency);
    return amount - whole.discounts.reduce((sum, { amount: off }) => sum + off, 0);
  }

  function prorationLine(
    item: Billed,
    sign: 1 | -1,
    { at, from, until }: WithinPeriod,
    discounts: readonly AppliedDiscount[],
  ): Line {
    const { card, quantity, itemId } = item;
    const seconds = (span: number): number => Math.round(span / 1000);
    const share = divideRounded(discounted(item, discounts) * seconds(until - at), seconds(until - from));
    const what = `${quantity} × ${PRODUCT_NAMES[card.product]}`;
    const description =
      sign < 0 ? `Unused time on ${what} after ${dayAt(at, UTC)}` : `Remaining time on ${what} from ${dayAt(at, UTC)}`;
    return line(
      {
        amount: sign * share,
        quantity,
        description,
        card,
        unitDecimal: card.unitMinor,
        from: at,
        until,
        proration: true,
        itemId,
      },
      true,
    );
  }

  const same = (a: Position, b: Position): boolean => a.card === b.card && a.quantity === b.quantity;

  return {
    licensed: (items, from, until, free) =>
      items
        .filter(({ card }) => !card.metered)
        .flatMap((item) => (free ? [trialLine(item, from, until)] : termLines(item, item.quantity, from, until))),
    preview: (items, from, until) =>
      items.filter(({ card }) => !card.metered).flatMap((item) => previewLines(item, from, until)),
    metered: (items, closed, from, until) => {
      const { callsByPeriod } = contract;
      const calls = callsByPeriod[(closed - 1) % Math.max(1, callsByPeriod.length)] ?? 0;
      return items.filter(({ card }) => card.metered).flatMap((item) => termLines(item, calls, from, until));
    },
    prorations: (before, after, period, discounts, creditOnly) => {
      const licensed = (items: readonly Billed[]): Billed[] => items.filter(({ card }) => !card.metered);
      const gone = licensed(before).filter((item) => creditOnly || !after.some((other) => same(other, item)));
      const come = creditOnly ? [] : licensed(after).filter((item) => !before.some((other) => same(other, item)));
      return [
        ...gone.map((item) => prorationLine(item, -1, period, discounts)),
        ...come.map((item) => prorationLine(item, 1, period, discounts)),
      ];
    },
    backdated: (items, enteredAt, intervalMonths) => {
      const lines: Line[] = [];
      for (let from = contract.startedAt; from < enteredAt;) {
        const until = monthsAfter(from, intervalMonths);
        for (const item of items) lines.push(prorationLine(item, 1, { at: from, from, until }, []));
        from = until;
      }
      return lines;
    },
    extra: (at, amount, text) =>
      line(
        {
          amount,
          quantity: 1,
          description: text,
          card: null,
          unitDecimal: String(amount),
          from: at,
          until: at,
          proration: false,
          itemId: null,
        },
        true,
      ),
  };
}
