/** Books one billing into the waterfall: pure arithmetic over integers, one billing at a time. */
import { convert, type Rate } from '../fx/index.ts';
import { apportion } from '../../../shared/kernel/money.ts';
import type { Billing, BilledLine, BillingEvent } from './billing.ts';
import { earnedBefore, shareRounded, type Obligation } from './obligation.ts';
import type { Account, Correction, Waterfall } from './waterfall.ts';

interface LineState extends Obligation {
  readonly id: string;
  /** What is still to be earned or has been, after corrections; minor units of the reporting currency. */
  amount: number;
  /** Up to when it has been recognised. */
  until: number;
}

interface Taken {
  readonly parts: readonly number[];
  readonly contra: number;
  readonly deferred: number;
}

type Step = { readonly at: number; readonly run: () => void };

/**
 * Books what a billing did to revenue. All of it is valued at one rate, that of
 * the day of billing: deferred revenue is a liability at its historical rate
 * (ASC 830-10-45-18), and so is what is taken back from it.
 * Source of every rule: https://docs.stripe.com/revenue-recognition/examples and …/examples/contra, …/credit-notes
 */
export function bookBilling(billing: Billing, rate: Rate, waterfall: Waterfall): void {
  const book = new BillingBook(billing, rate, waterfall);
  const steps = billing.events.flatMap((event) => book.steps(event));
  steps.sort((a, b) => a.at - b.at);
  for (const { run } of steps) run();
  book.finish();
}

/** The state of one billing while its events are gone through in order of time. */
class BillingBook {
  readonly #waterfall: Waterfall;
  readonly #billedAt: number;
  readonly #lines: LineState[];
  /** Native minor units: net of all lines, total with tax, and what was taken back so far. */
  readonly #net: number;
  readonly #total: number;
  #takenNet = 0;
  #takenGross = 0;
  #takenReporting = 0;
  readonly #billed: number;
  /** After a write-off: revenue that was kept or came back, and gains. Null before. */
  #closed: { kept: number; gain: number; lost: number; lostDeferred: number } | null = null;

  constructor(billing: Billing, rate: Rate, waterfall: Waterfall) {
    this.#waterfall = waterfall;
    this.#billedAt = billing.billedAt;
    this.#total = billing.totalMinor;
    this.#net = billing.lines.reduce((sum, { netMinor }) => sum + netMinor, 0);
    this.#lines = billing.lines.map((line) => stateOf(line, billing, rate));
    this.#billed = this.#lines.reduce((sum, { amount }) => sum + amount, 0);
    waterfall.add('billed', this.#billedAt, this.#billed);
  }

  /** What an event will do, and when: some do something twice. Nothing can be taken back before it is billed. */
  steps(event: BillingEvent): Step[] {
    const at = Math.max(event.at, this.#billedAt);
    if (event.kind === 'voided') return [{ at, run: () => this.#void(at) }];
    if (event.kind === 'written_off') return [{ at, run: () => this.#writeOff(at, event.coveredMinor) }];
    if (event.kind === 'recovered') return [{ at, run: () => this.#recover(at) }];
    if (event.kind === 'refunded') return [{ at, run: () => void this.#giveBack(at, event.grossMinor, 'refunds') }];
    if (event.kind === 'disputed') return this.#dispute(event, at);
    return this.#credit(event, at);
  }

  /** Recognises what is left to the end of the waterfall. */
  finish(): void {
    this.#recogniseTo(this.#waterfall.boundaries.at(-1) ?? 0);
  }

  #dispute(event: Extract<BillingEvent, { kind: 'disputed' }>, at: number): Step[] {
    let lost = 0;
    const steps: Step[] = [{ at, run: () => (lost = this.#giveBack(at, event.grossMinor, 'disputes')) }];
    // Money won back is a gain: what was taken from revenue stays taken.
    if (event.wonAt !== null) {
      const wonAt = Math.max(event.wonAt, at);
      steps.push({ at: wonAt, run: () => this.#waterfall.add('recoverables', wonAt, lost) });
    }
    return steps;
  }

  #credit(event: Extract<BillingEvent, { kind: 'credited' }>, at: number): Step[] {
    let taken: Taken | null = null;
    const post = (when: number, sign: 1 | -1): void => {
      if (!taken) return;
      const refunded = Math.min(event.refundedMinor, event.grossMinor);
      const ofContra = event.grossMinor === 0 ? 0 : shareRounded(taken.contra, refunded, event.grossMinor);
      const ofDeferred = event.grossMinor === 0 ? 0 : shareRounded(taken.deferred, refunded, event.grossMinor);
      this.#post('refunds', when, sign * ofContra, sign * ofDeferred);
      this.#post('creditNotes', when, sign * (taken.contra - ofContra), sign * (taken.deferred - ofDeferred));
    };
    const steps: Step[] = [
      {
        at,
        run: () => {
          const amount = this.#nextShare(event.netMinor, 'net');
          if (this.#closed) return this.#takeFromClosed(at, amount, 'creditNotes');
          taken = this.#take(at, amount, event.lines);
          post(at, 1);
        },
      },
    ];
    if (event.voidedAt !== null) {
      const voidedAt = Math.max(event.voidedAt, at);
      steps.push({
        at: voidedAt,
        run: () => {
          if (!taken || this.#closed) return;
          this.#restore(voidedAt, taken);
          post(voidedAt, -1);
          this.#takenNet -= event.netMinor;
          this.#takenReporting -= taken.contra + taken.deferred;
        },
      });
    }
    return steps;
  }

  /** Takes a share with tax back. @returns what was taken, net, in minor units of the reporting currency. */
  #giveBack(at: number, grossMinor: number, correction: Correction): number {
    const amount = this.#nextShare(grossMinor, 'gross');
    if (this.#closed) {
      this.#takeFromClosed(at, amount, correction);
      return amount;
    }
    const { contra, deferred } = this.#take(at, amount, []);
    this.#post(correction, at, contra, deferred);
    return contra + deferred;
  }

  /**
   * The next amount to take, in the reporting currency: rounded on the running
   * total, so that several parts that make a whole take the whole.
   */
  #nextShare(native: number, basis: 'net' | 'gross'): number {
    if (this.#net <= 0 || this.#total <= 0) return 0;
    if (basis === 'net') this.#takenNet += native;
    else this.#takenGross += native;
    const net = this.#takenNet + shareRounded(this.#net, Math.min(this.#takenGross, this.#total), this.#total);
    const running = shareRounded(this.#billed, Math.min(net, this.#net), this.#net);
    const share = Math.max(0, running - this.#takenReporting);
    this.#takenReporting += share;
    return share;
  }

  /** Takes an amount from the lines as they are, and splits it at an instant into what was earned and what was not. */
  #take(at: number, wanted: number, byLine: readonly { lineId: string; netMinor: number }[]): Taken {
    this.#recogniseTo(at);
    const left = this.#lines.reduce((sum, { amount }) => sum + amount, 0);
    const amount = Math.min(wanted, Math.max(0, left));
    const parts = this.#partsOf(amount, byLine);
    let contra = 0;
    for (const [index, line] of this.#lines.entries()) {
      const reduced = line.amount - (parts[index] ?? 0);
      contra += earnedBefore(line.amount, line, at) - earnedBefore(reduced, line, at);
      line.amount = reduced;
    }
    return { parts, contra, deferred: amount - contra };
  }

  #partsOf(amount: number, byLine: readonly { lineId: string; netMinor: number }[]): readonly number[] {
    if (amount === 0) return [];
    const named = this.#lines.map(({ id }) =>
      byLine.reduce((sum, { lineId, netMinor }) => sum + (lineId === id ? netMinor : 0), 0),
    );
    const ofNames = byLine.reduce((sum, { netMinor }) => sum + netMinor, 0);
    if (ofNames > 0 && named.reduce((sum, each) => sum + each, 0) === ofNames) {
      const parts = apportion(amount, named);
      if (parts.every((part, index) => fits(part, this.#lines[index]?.amount ?? 0))) return parts;
    }
    return apportion(
      amount,
      this.#lines.map((line) => line.amount),
    );
  }

  /** A credit note that is voided: what it took is owed again, and what it kept from being earned since is earned now. */
  #restore(at: number, taken: Taken): void {
    this.#recogniseTo(at);
    let caughtUp = -taken.contra;
    for (const [index, line] of this.#lines.entries()) {
      const restored = line.amount + (taken.parts[index] ?? 0);
      caughtUp += earnedBefore(restored, line, at) - earnedBefore(line.amount, line, at);
      line.amount = restored;
    }
    this.#waterfall.add('recognised', at, caughtUp);
  }

  #void(at: number): void {
    const closed = this.#closed;
    if (closed) {
      this.#waterfall.add('badDebt', at, -closed.lost);
      this.#waterfall.add('voids', at, closed.lost);
      return;
    }
    const { earned, unearned } = this.#close(at);
    this.#post('voids', at, earned, unearned);
    this.#closed = { kept: 0, gain: 0, lost: 0, lostDeferred: 0 };
  }

  /** What was paid of it stays: earned as revenue, not yet earned as a gain. Debt that was added and is not paid is a loss. */
  #writeOff(at: number, coveredMinor: number): void {
    if (this.#closed) return;
    const { earned, unearned } = this.#close(at);
    const left = earned + unearned;
    const covered = this.#total <= 0 ? 0 : shareRounded(this.#billed, coveredMinor, this.#total);
    const paid = Math.min(Math.max(covered, 0), Math.max(left, 0));
    const kept = left > 0 ? shareRounded(earned, paid, left) : 0;
    const gain = paid - kept;
    this.#post('badDebt', at, earned - kept, unearned - gain);
    this.#post('recoverables', at, gain + Math.min(covered, 0), gain);
    this.#closed = { kept, gain, lost: earned - kept, lostDeferred: unearned - gain };
  }

  #recover(at: number): void {
    const closed = this.#closed;
    if (!closed) return;
    this.#waterfall.add('badDebt', at, -closed.lost);
    this.#waterfall.add('recoverables', at, closed.lostDeferred);
    this.#closed = {
      kept: closed.kept + closed.lost,
      gain: closed.gain + closed.lostDeferred,
      lost: 0,
      lostDeferred: 0,
    };
  }

  #takeFromClosed(at: number, wanted: number, correction: Correction): void {
    const closed = this.#closed;
    if (!closed) return;
    const held = closed.kept + closed.gain;
    const amount = Math.min(wanted, Math.max(0, held));
    if (amount === 0) return;
    const contra = shareRounded(closed.kept, amount, held);
    this.#waterfall.add(correction, at, contra);
    this.#waterfall.add('recoverables', at, contra - amount);
    this.#closed = { ...closed, kept: closed.kept - contra, gain: closed.gain - (amount - contra) };
  }

  /** Ends all schedules. @returns what was earned and what will not be. */
  #close(at: number): { earned: number; unearned: number } {
    this.#recogniseTo(at);
    let earned = 0;
    let unearned = 0;
    for (const line of this.#lines) {
      const part = earnedBefore(line.amount, line, at);
      earned += part;
      unearned += line.amount - part;
      line.amount = 0;
    }
    return { earned, unearned };
  }

  #post(account: Account, at: number, contra: number, deferred: number): void {
    this.#waterfall.add(account, at, contra);
    this.#waterfall.add(`${account}Deferred`, at, deferred);
  }

  #recogniseTo(at: number): void {
    for (const line of this.#lines) this.#recogniseLine(line, at);
  }

  /** Books what is earned of a line from where it stands to an instant, month by month. */
  #recogniseLine(line: LineState, at: number): void {
    if (at <= line.until) return;
    const { boundaries } = this.#waterfall;
    let from = earnedBefore(line.amount, line, line.until);
    const full = line.amount;
    let position = Number.isFinite(line.until) ? this.#waterfall.positionOf(line.until) : -1;
    for (;;) {
      const end = Math.min(boundaries[position + 1] ?? at, at);
      const earned = earnedBefore(full, line, end);
      if (earned !== from) {
        this.#waterfall.addAt('recognised', position, earned - from);
        if (line.accrues) this.#bookUnbilled(line, position, from, earned, end);
      }
      from = earned;
      if (end >= at || (earned === full && end > line.periodEnd && end > line.billedAt)) break;
      position += 1;
    }
    line.until = at;
  }

  /** Revenue before its bill: shown as unbilled until the billing takes it back. */
  #bookUnbilled(line: LineState, position: number, from: number, earned: number, end: number): void {
    const atBilling = earnedBefore(line.amount, line, line.billedAt);
    const before =
      end <= line.billedAt ? earned - from : Math.max(0, Math.abs(atBilling) - Math.abs(from)) * Math.sign(line.amount);
    if (before === 0) return;
    this.#waterfall.addUnbilled(position, before);
    this.#waterfall.addUnbilled(this.#waterfall.positionOf(line.billedAt), -before);
  }
}

function stateOf(line: BilledLine, { billedAt }: Billing, rate: Rate): LineState {
  const { id, netMinor, periodStart, periodEnd, accrues } = line;
  return {
    id,
    periodStart,
    periodEnd,
    billedAt,
    accrues,
    amount: convert(netMinor, rate),
    until: Number.NEGATIVE_INFINITY,
  };
}

function fits(part: number, amount: number): boolean {
  return part === 0 || (part > 0 === amount > 0 && Math.abs(part) <= Math.abs(amount));
}
