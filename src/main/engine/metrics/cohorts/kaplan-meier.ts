/**
 * How long customers stay: the product-limit estimate, which uses those who
 * still pay for as long as they were seen instead of leaving them out.
 */

/** A life that was observed for `days`; `ended` false: it was still going on (censored). */
export interface ObservedLife {
  readonly days: number;
  readonly ended: boolean;
}

export interface SurvivalStep {
  /** Age in days. */
  readonly days: number;
  /** Lives still observed just before this age. */
  readonly atRisk: number;
  readonly ended: number;
  /** Share still alive after this age. */
  readonly survival: number;
  /** Bounds of the 95 % band; null where the curve has reached 0, and the estimate of the band has none. */
  readonly low: number | null;
  readonly high: number | null;
}

export interface Survival {
  readonly lives: number;
  readonly ended: number;
  /** One step per age at which a life ended, by age. */
  readonly steps: readonly SurvivalStep[];
  /** The longest life seen, ended or not. */
  readonly longest: number;
}

/** The standard normal's quantile at 0.975: bands hold 95 %. */
const Z = 1.959963984540054;

/**
 * Kaplan–Meier: S(t) = Π (1 − dᵢ ÷ nᵢ) over the ages tᵢ ≤ t at which dᵢ of nᵢ lives ended. A life censored
 * at an age is still at risk there. The band is Greenwood's variance on the log(−log S) scale, so it stays within 0 and 1:
 * S^exp(±z √(Σ dᵢ ÷ (nᵢ (nᵢ − dᵢ))) ÷ ln S).
 *
 * https://en.wikipedia.org/wiki/Kaplan%E2%80%93Meier_estimator; Kalbfleisch & Prentice, The Statistical
 * Analysis of Failure Time Data, 2nd ed., 1.4.
 */
export function kaplanMeier(lives: readonly ObservedLife[]): Survival {
  const byAge = new Map<number, { ended: number; seen: number }>();
  for (const { days, ended } of lives) {
    let age = byAge.get(days);
    if (!age) byAge.set(days, (age = { ended: 0, seen: 0 }));
    age.seen += 1;
    if (ended) age.ended += 1;
  }
  const ages = [...byAge].sort(([a], [b]) => a - b);
  const steps: SurvivalStep[] = [];
  let atRisk = lives.length;
  let survival = 1;
  let greenwood = 0;
  for (const [days, { ended, seen }] of ages) {
    if (ended > 0) {
      survival = ended === atRisk ? 0 : survival * (1 - ended / atRisk);
      greenwood += ended / (atRisk * (atRisk - ended));
      steps.push({ days, atRisk, ended, survival, ...band(survival, greenwood) });
    }
    atRisk -= seen;
  }
  return {
    lives: lives.length,
    ended: steps.reduce((sum, step) => sum + step.ended, 0),
    steps,
    longest: ages.at(-1)?.[0] ?? 0,
  };
}

function band(survival: number, greenwood: number): { low: number | null; high: number | null } {
  if (survival === 0) return { low: null, high: null };
  const width = (Z * Math.sqrt(greenwood)) / Math.log(survival);
  return { low: survival ** Math.exp(-width), high: survival ** Math.exp(width) };
}

/** Days by which a share of lives has ended (0.5: the median), or null where the curve does not get there. Of the band likewise. */
export function ageAtShare(
  { steps }: Survival,
  share: number,
): { days: number | null; low: number | null; high: number | null } {
  const first = (reached: (step: SurvivalStep) => boolean) => steps.find(reached)?.days ?? null;
  // Sums of binary fractions: a curve that stands at the share has reached it.
  const left = 1 - share + 1e-12;
  return {
    days: first(({ survival }) => survival <= left),
    low: first(({ low }) => (low ?? 0) <= left),
    high: first(({ high }) => high !== null && high <= left),
  };
}

export interface RestrictedMean {
  /** Mean days lived up to `until`. */
  readonly days: number;
  readonly low: number;
  readonly high: number;
  readonly until: number;
  /** True where lives go on beyond `until`: the mean of whole lives is longer. */
  readonly restricted: boolean;
}

/**
 * The area under the curve up to the longest life seen, with its 95 % bounds; null without lives.
 * Variance: Σ (area beyond tᵢ)² dᵢ ÷ (nᵢ (nᵢ − dᵢ)) (Klein & Moeschberger, Survival Analysis, 2nd ed., 4.5).
 */
export function restrictedMean({ steps, longest, lives }: Survival): RestrictedMean | null {
  if (lives === 0) return null;
  let beyond = 0;
  let variance = 0;
  let until = longest;
  for (const step of steps.toReversed()) {
    beyond += step.survival * (until - step.days);
    if (step.survival > 0) variance += (beyond ** 2 * step.ended) / (step.atRisk * (step.atRisk - step.ended));
    until = step.days;
  }
  const days = beyond + until;
  const width = Z * Math.sqrt(variance);
  return {
    days,
    low: Math.max(0, days - width),
    high: Math.min(longest, days + width),
    until: longest,
    restricted: (steps.at(-1)?.survival ?? 1) > 0,
  };
}
