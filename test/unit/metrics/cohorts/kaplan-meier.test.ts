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
