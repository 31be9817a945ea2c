/** The unit economics as fields of a snapshot. */
import type { MetricSnapshot } from '../../../../shared/contract/metrics.ts';
import type { UNIT_ECONOMICS } from '../../../../shared/contract/unit-economics.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import { minor, type Minor } from '../../../../shared/kernel/money.ts';
import { unitEconomics, type EconomicsFigure, type EconomicsSource } from './unit-economics.ts';
import { cacByChannel } from './unit-economics-channels.ts';

type Fields = Pick<MetricSnapshot, keyof typeof UNIT_ECONOMICS>;

/** The figures of a day; what is not known says so in `reasons`, as does what is to be known about a figure. */
export function economicsFigures(source: EconomicsSource, asOf: PlainDay, reasons: Record<string, string>): Fields {
  const economics = unitEconomics(source)(asOf);
  const { month } = economics;
  const ratio = (name: EconomicsFigure): number | null => {
    const { value, reason } = economics.figure(name);
    const told = reason ?? economics.note(name);
    if (told !== '') reasons[name] = told;
    return value;
  };
  const amount = (name: EconomicsFigure): Minor | null => {
    const value = ratio(name);
    return value === null ? null : minor(value);
  };
  return {
    costMonth: month,
    salesAndMarketing: amount('salesAndMarketing'),
    costOfRevenue: amount('costOfRevenue'),
    grossMargin: ratio('grossMargin'),
    ltv: amount('ltv'),
    ltvBeforeMargin: amount('ltvBeforeMargin'),
    cac: amount('cac'),
    cacByChannel: cacByChannel(source, month),
    cacPaybackMonths: ratio('cacPaybackMonths'),
    cacPaybackMonthsBeforeMargin: ratio('cacPaybackMonthsBeforeMargin'),
    ltvToCac: ratio('ltvToCac'),
    operatingMargin: ratio('operatingMargin'),
    ruleOf40: ratio('ruleOf40'),
    magicNumber: ratio('magicNumber'),
    netBurn: amount('netBurn'),
    burnMultiple: ratio('burnMultiple'),
  };
}
