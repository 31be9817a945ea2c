/**
 * Pixels as they were measured in a window of the same size: a cockpit that is come back to is drawn once, instead of a
 * second time after it was laid out. Whoever starts from them watches for their becoming others.
 */

let windowSize = '';
let pixels = new Map<string, number>();

/** What was last measured under a name; undefined in a window of another size. */
export function measuredBefore(name: string): number | undefined {
  return windowSize === sizeNow() ? pixels.get(name) : undefined;
}

export function keepMeasured(name: string, value: number): void {
  if (windowSize !== sizeNow()) {
    windowSize = sizeNow();
    pixels = new Map();
  }
  pixels.set(name, value);
}

function sizeNow(): string {
  return `${window.innerWidth} × ${window.innerHeight}`;
}
