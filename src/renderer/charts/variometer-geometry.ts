/**
 * The geometry of the variometer, as in the aeroplane's: zero at nine o'clock,
 * climb turns the needle up and over, sink down and under, with an open sector
 * on the right where the scale ends on both sides.
 */

/** Degrees from zero to either end of the scale. */
export const SWEEP_DEGREES = 145;

export interface DialScale {
  /** The value at either end: the scale runs from −max to +max. */
  readonly max: number;
  /** Distance of labelled marks. */
  readonly step: number;
}

const ENDS = [
  [1, 4],
  [1.5, 3],
  [2, 4],
  [3, 3],
  [4, 4],
  [6, 3],
  [8, 4],
  [10, 4],
] as const;

/**
 * A symmetric scale for the weeks seen and the rate needed. The largest tenth of the weeks is left
 * out, so that one exceptional week does not flatten all others, and the scale stays when it passes:
 * a needle beyond the end is shown as off scale. Values in minor units; `base` is one major unit.
 * @example dialScale([400_000, 900_000], 980_000, 100) // { max: 1_000_000, step: 250_000 }
 */
export function dialScale(weeks: readonly number[], needed: number | null, base: number): DialScale {
  const sizes = weeks.map(Math.abs).sort((a, b) => a - b);
  const typical = sizes[Math.max(0, Math.ceil(sizes.length * 0.9) - 1)] ?? 0;
  const reach = Math.max(typical, Math.abs(needed ?? 0), base);
  const power = 10 ** Math.floor(Math.log10(reach));
  const [leading, divisions] = ENDS.find(([end]) => reach <= end * power) ?? ENDS[ENDS.length - 1]!;
  return { max: leading * power, step: (leading * power) / divisions };
}

/** Degrees clockwise from nine o'clock, stopped a little beyond either end of the scale. */
export function angleOf(value: number, scale: DialScale): number {
  const share = Math.max(-1.03, Math.min(1.03, value / scale.max));
  return share * SWEEP_DEGREES;
}

export function isOffScale(value: number, scale: DialScale): boolean {
  return Math.abs(value) > scale.max;
}

export interface DialMark {
  readonly value: number;
  readonly labelled: boolean;
}

/** The marks of the scale: labelled ones, with four short ones between each two. */
export function dialMarks(scale: DialScale): DialMark[] {
  const divisions = Math.round(scale.max / scale.step);
  const marks: DialMark[] = [];
  for (let fifth = -divisions * 5; fifth <= divisions * 5; fifth++)
    marks.push({ value: (fifth * scale.step) / 5, labelled: fifth % 5 === 0 });
  return marks;
}

export interface DialPoint {
  readonly x: number;
  readonly y: number;
}

/** The point at `radius` and `degrees` clockwise from nine o'clock, around the origin (y downwards). */
export function dialPoint(radius: number, degrees: number): DialPoint {
  const radians = ((180 + degrees) * Math.PI) / 180;
  return { x: rounded(radius * Math.cos(radians)), y: rounded(radius * Math.sin(radians)) };
}

/** SVG path of an arc from one angle to another; clockwise when `to` is larger. Empty when they are equal. */
export function dialArc(radius: number, from: number, to: number): string {
  if (from === to) return '';
  const start = dialPoint(radius, from);
  const end = dialPoint(radius, to);
  const large = Math.abs(to - from) > 180 ? 1 : 0;
  return `M ${start.x} ${start.y} A ${radius} ${radius} 0 ${large} ${to > from ? 1 : 0} ${end.x} ${end.y}`;
}

function rounded(value: number): number {
  // Adding zero turns −0 into 0, which reads better in a path.
  return Math.round(value * 100) / 100 + 0;
}
