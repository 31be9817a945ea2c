/** Sums over days that answer in logarithmic time: what a rollup looks like in memory. */
import type { PlainDay } from '../../../../shared/kernel/day.ts';

/** A running total over days. */
export class StepLine {
  readonly #days: PlainDay[] = [];
  readonly #totals: number[] = [];

  /** Adds a change; days must come in order. */
  add(day: PlainDay, delta: number): void {
    const last = this.#totals.length - 1;
    if (this.#days[last] === day) this.#totals[last] = (this.#totals[last] ?? 0) + delta;
    else {
      this.#days.push(day);
      this.#totals.push((this.#totals[last] ?? 0) + delta);
    }
  }

  /** The total of all changes up to and including a day. */
  at(day: PlainDay): number {
    let low = 0;
    let high = this.#days.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#days[middle] ?? '') <= day) low = middle + 1;
      else high = middle;
    }
    return this.#totals[low - 1] ?? 0;
  }

  get firstDay(): PlainDay | null {
    return this.#days[0] ?? null;
  }
}
