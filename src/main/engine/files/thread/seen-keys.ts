/** Counts how often a content came before, in eight bytes a row: a file of ten million rows takes 160 MB at the most. */
export class SeenKeys {
  #slots = new Float64Array(1 << 16);
  #used = 0;
  readonly #repeated = new Map<string, number>();

  /** @param key base64url text of a hash. @returns 1 for a content that is new, 2 for its first repetition … */
  count(key: string): number {
    const number = numberOf(key);
    if (!this.#add(number)) {
      const times = (this.#repeated.get(key) ?? 1) + 1;
      this.#repeated.set(key, times);
      return times;
    }
    if (this.#used * 2 > this.#slots.length) this.#grow();
    return 1;
  }

  #add(number: number): boolean {
    const mask = this.#slots.length - 1;
    for (let at = number % this.#slots.length; ; at = (at + 1) & mask) {
      const stands = this.#slots[at];
      if (stands === number) return false;
      if (stands === 0) {
        this.#slots[at] = number;
        this.#used += 1;
        return true;
      }
    }
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Float64Array(before.length * 2);
    this.#used = 0;
    for (const number of before) if (number !== 0) this.#add(number);
  }
}

/** 48 bits of the hash; 0 means «empty» and is given to none. */
function numberOf(key: string): number {
  return Buffer.from(key.slice(0, 8), 'base64url').readUIntBE(0, 6) + 1;
}
