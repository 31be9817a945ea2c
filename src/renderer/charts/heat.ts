/** The steps of a heat map: seven shades, with the text colour that reads on each. */

/** Shades in theme.css: --heat-0 … --heat-6. */
export const HEAT_STEPS = 7;

/** The first shade on which the text flips to the colour that stands on accents. */
export const HEAT_FLIP = 4;

/** The step of a value between two bounds; beyond them the first or last. */
export function heatStep(value: number, [low, high]: readonly [number, number]): number {
  if (high === low) return 0;
  const share = (value - low) / (high - low);
  return Math.min(HEAT_STEPS - 1, Math.max(0, Math.floor(share * HEAT_STEPS)));
}

export function heatStyle(step: number): { background: string; color: string } {
  return { background: `var(--heat-${step})`, color: step < HEAT_FLIP ? 'var(--ink)' : 'var(--on-accent)' };
}
