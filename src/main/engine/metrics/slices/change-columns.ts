/** Columns of changes that grow as changes are added. */

const FIRST_CAPACITY = 1024;

/** The packed columns of what was added. */
export interface Changes {
  readonly length: number;
  readonly customers: Int32Array;
  readonly days: Int32Array;
  readonly items: Int32Array;
  readonly currencies: Int32Array;
  readonly gauges: Uint8Array;
  readonly amounts: Float64Array;
  /** 0 and -1 where nothing was added. */
  readonly firstDay: number;
  readonly lastDay: number;
}

/** Of one customer's day: by how much a price's part in a gauge changed. */
export class ChangeColumns {
  #length = 0;
  #customers = new Int32Array(FIRST_CAPACITY);
  #days = new Int32Array(FIRST_CAPACITY);
  #items = new Int32Array(FIRST_CAPACITY);
  #currencies = new Int32Array(FIRST_CAPACITY);
  #gauges = new Uint8Array(FIRST_CAPACITY);
  #amounts = new Float64Array(FIRST_CAPACITY);

  add(customer: number, day: number, item: number, currency: number, gauge: number, amount: number): void {
    if (amount === 0) return;
    if (this.#length === this.#days.length) this.#grow(this.#length * 2);
    const index = this.#length++;
    this.#customers[index] = customer;
    this.#days[index] = day;
    this.#items[index] = item;
    this.#currencies[index] = currency;
    this.#gauges[index] = gauge;
    this.#amounts[index] = amount;
  }

  /** As long as what was added. */
  packed(): Changes {
    this.#grow(this.#length);
    let firstDay = this.#length === 0 ? 0 : Number.POSITIVE_INFINITY;
    let lastDay = this.#length === 0 ? -1 : Number.NEGATIVE_INFINITY;
    for (let index = 0; index < this.#length; index++) {
      const day = this.#days[index] ?? 0;
      if (day < firstDay) firstDay = day;
      if (day > lastDay) lastDay = day;
    }
    return {
      firstDay,
      lastDay,
      length: this.#length,
      customers: this.#customers,
      days: this.#days,
      items: this.#items,
      currencies: this.#currencies,
      gauges: this.#gauges,
      amounts: this.#amounts,
    };
  }

  #grow(capacity: number): void {
    const resized = <Column extends Int32Array | Uint8Array | Float64Array>(column: Column, made: Column): Column => {
      made.set(column.subarray(0, capacity));
      return made;
    };
    this.#customers = resized(this.#customers, new Int32Array(capacity));
    this.#days = resized(this.#days, new Int32Array(capacity));
    this.#items = resized(this.#items, new Int32Array(capacity));
    this.#currencies = resized(this.#currencies, new Int32Array(capacity));
    this.#gauges = resized(this.#gauges, new Uint8Array(capacity));
    this.#amounts = resized(this.#amounts, new Float64Array(capacity));
  }
}
