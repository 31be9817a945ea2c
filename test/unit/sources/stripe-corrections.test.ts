/** What Stripe's credit notes and disputes say about revenue that is taken back, in old and new shapes. */
import { describe, expect, test } from 'vitest';
import { creditNoteType, disputeType } from '../../../src/main/engine/sources/stripe/objects/payment.ts';
import { instant } from '../../../src/shared/kernel/instant.ts';

const T = 1_767_225_600;
const AT = instant(1_800_000_000_000);

const NOTE = {
  id: 'cn_1',
  object: 'credit_note',
  created: T,
  currency: 'usd',
  customer: 'cus_1',
  invoice: 'in_1',
  reason: null,
  status: 'issued',
  subtotal: 1000,
  total: 1000,
  total_excluding_tax: 900,
  type: 'post_payment',
  voided_at: null,
};

const LINE = { amount: 1000, discount_amount: 0, invoice_line_item: 'il_1' };

function note(changes: object): unknown {
  const [fact] = creditNoteType.read({ ...NOTE, ...changes }).facts(AT);
  return fact?.value;
}

describe('a credit note', () => {
  test('lists its refunds with their amounts; one outside of Stripe is none', () => {
    const refunds = [
      { amount_refunded: 600, refund: 're_1', type: 'refund' },
      { amount_refunded: 400, refund: null, type: 'payment_record_refund' },
    ];
    expect(note({ refunds })).toMatchObject({ refunds: [{ refundId: 're_1', amountMinor: 600 }] });
  });

  test('named its one refund before', () => {
    expect(note({ refund: 're_1' })).toMatchObject({ refunds: [{ refundId: 're_1', amountMinor: null }] });
    expect(note({ refund: { id: 're_2', object: 'refund' } })).toMatchObject({ refunds: [{ refundId: 're_2' }] });
  });

  test('credits lines net of discounts and of the tax within', () => {
    const taxes = [
      { amount: 100, tax_behavior: 'inclusive' },
      { amount: 190, tax_behavior: 'exclusive' },
    ];
    const lines = { data: [{ ...LINE, discount_amount: 50, taxes }], has_more: false };
    expect(note({ lines })).toMatchObject({ lines: [{ invoiceLineId: 'il_1', netMinor: 850 }] });
    const before = { data: [{ ...LINE, tax_amounts: [{ amount: 100, inclusive: true }] }], has_more: false };
    expect(note({ lines: before })).toMatchObject({ lines: [{ invoiceLineId: 'il_1', netMinor: 900 }] });
  });

  test('credits the invoice as a whole where a line names none of it, or lines are missing', () => {
    expect(note({ lines: { data: [LINE, { ...LINE, invoice_line_item: null }], has_more: false } })).toMatchObject({
      lines: [],
    });
    expect(note({ lines: { data: [LINE], has_more: true } })).toMatchObject({ lines: [] });
  });
});

describe('a dispute', () => {
  const won = (transactions: readonly object[]): unknown => {
    const raw = {
      id: 'du_1',
      object: 'dispute',
      amount: 9000,
      charge: 'ch_1',
      created: T,
      currency: 'usd',
      status: 'won',
    };
    const [fact] = disputeType.read({ ...raw, balance_transactions: transactions }).facts(AT);
    return fact?.value;
  };

  test('tells when the money came back', () => {
    const taken = { created: T, reporting_category: 'dispute' };
    expect(won([taken])).toMatchObject({ reinstatedAt: null });
    expect(won([taken, { created: T + 60, reporting_category: 'dispute_reversal' }])).toMatchObject({
      reinstatedAt: (T + 60) * 1000,
    });
  });
});
