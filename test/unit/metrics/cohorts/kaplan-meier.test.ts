/** The product-limit estimate against published tables. */
import { describe, expect, test } from 'vitest';
import {
  ageAtShare,
  kaplanMeier,
  restrictedMean,
  type ObservedLife,
} from '../../../../src/main/engine/metrics/cohorts/index.ts';

const ended = (...days: number[]): ObservedLife[] => days.map((age) => ({ days: age, ended: true }));
const going = (...days: number[]): ObservedLife[] => days.map((age) => ({ days: age, ended: false }));

/** Weeks of remission under 6-MP, Freireich et al. 1963 (Kalbfleisch & Prentice, table 1.2). */
const LEUKEMIA = [...ended(6, 6, 6, 7, 10, 13, 16, 22, 23), ...going(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)];

describe('Freireich’s 6-MP remissions', () => {
  const estimate = kaplanMeier(LEUKEMIA);

  test('the curve', () => {
    expect(
      estimate.steps.map(({ days, atRisk, ended: died, survival }) => [days, atRisk, died, survival.toFixed(3)]),
    ).toEqual([
      [6, 21, 3, '0.857'],
      [7, 17, 1, '0.807'],
      [10, 15, 1, '0.753'],
      [13, 12, 1, '0.690'],
      [16, 11, 1, '0.627'],
      [22, 7, 1, '0.538'],
      [23, 6, 1, '0.448'],
    ]);
    expect(estimate).toMatchObject({ lives: 21, ended: 9, longest: 35 });
  });

  test('the band, as R’s survfit(conf.type = "log-log") gives it', () => {
    const bands = estimate.steps.map(({ days, low, high }) => [days, low?.toFixed(3), high?.toFixed(3)]);
    expect(bands[0]).toEqual([6, '0.620', '0.952']);
    expect(bands.at(-1)).toEqual([23, '0.188', '0.680']);
  });

  test('median 23 weeks, its band from 13 with no upper end', () => {
    expect(ageAtShare(estimate, 0.5)).toEqual({ days: 23, low: 13, high: null });
  });

  test('the mean up to 35 weeks: the area under the steps', () => {
    const mean = restrictedMean(estimate);
    // survfit prints rmean 23.29 with a standard error of 2.83.
    expect(mean?.days).toBeCloseTo(23.29, 2);
    expect(((mean?.high ?? 0) - (mean?.days ?? 0)) / 1.96).toBeCloseTo(2.83, 2);
    expect(mean).toMatchObject({ until: 35, restricted: true });
  });
});

/**
 * Remission of acute myelogenous leukaemia with and without maintenance chemotherapy (Miller 1997), the data `aml` of
 * R's package survival; curve, standard errors, medians and means as its survfit prints them:
 * https://stat.ethz.ch/R-manual/R-devel/library/survival/html/aml.html
 */
const AML = [
  {
    group: 'maintained',
    lives: [...ended(9, 13, 18, 23, 31, 34, 48), ...going(13, 28, 45, 161)],
    table: [
      [9, 11, 1, '0.909', '0.0867'],
      [13, 10, 1, '0.818', '0.1163'],
      [18, 8, 1, '0.716', '0.1397'],
      [23, 7, 1, '0.614', '0.1526'],
      [31, 5, 1, '0.491', '0.1642'],
      [34, 4, 1, '0.368', '0.1627'],
      [48, 2, 1, '0.184', '0.1535'],
    ],
    median: 31,
    mean: ['52.6', '19.8', true],
  },
  {
    group: 'not maintained',
    lives: [...ended(5, 5, 8, 8, 12, 23, 27, 30, 33, 43, 45), ...going(16)],
    table: [
      [5, 12, 2, '0.833', '0.1076'],
      [8, 10, 2, '0.667', '0.1361'],
      [12, 8, 1, '0.583', '0.1423'],
      [23, 6, 1, '0.486', '0.1481'],
      [27, 5, 1, '0.389', '0.1470'],
      [30, 4, 1, '0.292', '0.1387'],
      [33, 3, 1, '0.194', '0.1219'],
      [43, 2, 1, '0.097', '0.0919'],
      [45, 1, 1, '0.000', null],
    ],
    median: 23,
    mean: ['22.7', '4.2', false],
  },
] as const;

/** Greenwood's standard error of S, out of the lower bound of its band on the log(−log S) scale. */
function errorOf({ survival, low }: { readonly survival: number; readonly low: number | null }): string | null {
  if (low === null) return null;
  return ((survival * -Math.log(survival) * Math.log(Math.log(low) / Math.log(survival))) / Z).toFixed(4);
}
const Z = 1.959963984540054;

describe.each(AML)('remission of leukaemia, $group', ({ lives, table, median, mean }) => {
  const estimate = kaplanMeier(lives);

  test('the curve and its standard errors', () => {
    expect(
      estimate.steps.map((step) => [step.days, step.atRisk, step.ended, step.survival.toFixed(3), errorOf(step)]),
    ).toEqual(table);
  });

  test('median, and mean up to the longest remission', () => {
    expect(ageAtShare(estimate, 0.5).days).toBe(median);
    const area = restrictedMean(estimate);
    const error = (area?.high ?? 0) - (area?.days ?? 0);
    expect([area?.days.toFixed(1), (error / Z).toFixed(1), area?.restricted]).toEqual(mean);
  });
});

describe('the ends of the curve', () => {
  test('without lives there is no mean and no step', () => {
    const none = kaplanMeier([]);
    expect(none).toEqual({ lives: 0, ended: 0, steps: [], longest: 0 });
    expect(restrictedMean(none)).toBeNull();
  });

  test('nobody left: the mean is the time seen, and a lower bound', () => {
    const loyal = kaplanMeier(going(30, 60, 90));
    expect(restrictedMean(loyal)).toEqual({ days: 90, low: 90, high: 90, until: 90, restricted: true });
    expect(ageAtShare(loyal, 0.5).days).toBeNull();
  });

  test('everybody left: the mean is the plain one, and the band ends where the curve is 0', () => {
    const gone = kaplanMeier(ended(10, 20, 30));
    expect(restrictedMean(gone)).toMatchObject({ days: 20, restricted: false });
    expect(gone.steps.at(-1)).toMatchObject({ survival: 0, low: null, high: null });
  });

  test('who was seen for exactly an age is still at risk at it', () => {
    expect(kaplanMeier([...ended(10), ...going(10)]).steps).toMatchObject([{ days: 10, atRisk: 2, survival: 0.5 }]);
  });
});
