/**
 * Which hashes have been met: a table of plain numbers outside of the heap, at most 27 bytes for each of them where a
 * `Set` takes a hundred. Days of millions of events stay within some ten megabytes.
 */

/** Sixteen thousand to begin with; doubled when it is more than six tenths full. */
const FIRST_SIZE = 2 ** 14;
const FULL = 0.6;

export interface SeenHashes {
  /** True where it is the first time. @param hash a whole number below 2^53, as `hash53` gives them. */
  add(hash: number): boolean;
  readonly size: number;
}

export function seenHashes(): SeenHashes {
  // 0 stands for an empty place, and is itself remembered beside the table.
  let table = new Float64Array(FIRST_SIZE);
  let hasZero = false;
  let held = 0;

  /** Where it is, or belongs. */
  function placeOf(hash: number, within: Float64Array): number {
    const last = within.length - 1;
    let place = hash % within.length;
    for (let found = within[place] ?? 0; found !== 0 && found !== hash; found = within[place] ?? 0)
      place = place === last ? 0 : place + 1;
    return place;
  }

  function grow(): void {
    const larger = new Float64Array(table.length * 2);
    for (const hash of table) if (hash !== 0) larger[placeOf(hash, larger)] = hash;
    table = larger;
  }

  return {
    add(hash) {
      if (hash === 0) {
        const isFirst = !hasZero;
        hasZero = true;
        return isFirst;
      }
      const place = placeOf(hash, table);
      if (table[place] !== 0) return false;
      table[place] = hash;
      held += 1;
      if (held > table.length * FULL) grow();
      return true;
    },
    get size() {
      return held + (hasZero ? 1 : 0);
    },
  };
}
