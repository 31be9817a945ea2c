import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { demoCompany, demoTruth, type DemoTruth } from '../../src/main/demo/index.ts';
import { instantOfIso } from '../../src/shared/kernel/instant.ts';
import { decimalText, minor } from '../../src/shared/kernel/money.ts';
import { USD } from '../../src/shared/kernel/currency.ts';
import { KESTREL_MONTHS, KESTREL_NOW, KESTREL_OCTOBER, KESTREL_SEED, KESTREL_TODAY } from './demo-kestrel.ts';

let truth: DemoTruth;
beforeAll(() => {
  truth = demoTruth(demoCompany({ now: instantOfIso(KESTREL_NOW), seed: KESTREL_SEED }));
});

const annuals = ({ usd, byCurrency }: DemoTruth['today']['mrr']) => ({
  usd: usd.annual,
  ...Object.fromEntries(Object.entries(byCurrency).map(([currency, { annual }]) => [currency, annual])),
});

describe('the figures of the demo company', () => {
  it('month by month', () => {
    const months = truth.months.map(({ month, customers, mrr }) => [month, customers, ...Object.values(annuals(mrr))]);
    expect(months).toEqual(KESTREL_MONTHS);
  });
  it('today', () => {
    const { today } = truth;
    expect({
      customers: today.customers,
      mrr: annuals(today.mrr),
      cmrr: annuals(today.cmrr),
      pastDue: annuals(today.pastDueMrr),
      trial: annuals(today.trialMrr),
      committedTrial: annuals(today.committedTrialMrr),
    }).toEqual({
      customers: KESTREL_TODAY.customers,
      mrr: KESTREL_TODAY.mrr,
      cmrr: KESTREL_TODAY.cmrr,
      pastDue: KESTREL_TODAY.pastDue,
      trial: KESTREL_TODAY.trial,
      committedTrial: KESTREL_TODAY.committedTrial,
    });
    for (const ratio of ['nrr', 'grr', 'nrrConstantCurrency', 'grrConstantCurrency'] as const)
      expect(today[ratio]).toBeCloseTo(KESTREL_TODAY[ratio], 12);
  });
  it('the last whole month', () => {
    const october = truth.months.at(-2)!;
    const { usd, byCurrency, ...counts } = KESTREL_OCTOBER;
    expect(october).toMatchObject({ newCustomers: counts.newCustomers, churnedCustomers: counts.churnedCustomers });
    expect(october.logoChurn).toBeCloseTo(counts.logoChurn, 12);
    expect(flat(october.usd)).toEqual(usd);
    for (const [currency, expected] of Object.entries(byCurrency))
      expect(flat(october.byCurrency[currency]!)).toEqual(expected);
  });
  it('stand in the README as computed', () => {
    const readme = readFileSync(new URL('../../resources/demo/README.md', import.meta.url), 'utf8');
    const inWords = (annual: number) => decimalText(minor(annual), USD).replace(/\B(?=(\d{3})+(?!\d)(?=.*\.))/g, ',');
    for (const { month, customers, mrr } of truth.months)
      expect(readme).toContain(`| ${month} | ${customers} | $${inWords(mrr.usd.annual)} |`);
    expect(readme).toContain(`$${inWords(truth.today.mrr.usd.mrr)} / $${inWords(truth.today.mrr.usd.annual)}`);
  });
});

function flat({
  opening,
  movements,
  closing,
  ...rest
}: DemoTruth['months'][number]['usd'] | DemoTruth['months'][number]['byCurrency'][string]) {
  return {
    opening: opening.annual,
    ...Object.fromEntries(Object.entries(movements).map(([kind, { annual }]) => [kind, annual])),
    ...('fx' in rest ? { fx: rest.fx.annual } : {}),
    closing: closing.annual,
  };
}
