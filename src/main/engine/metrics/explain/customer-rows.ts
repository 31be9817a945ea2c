/** Behind counts and retention: customers. */
import { addDays, type PlainDay } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import { roundToTotal } from '../../../../shared/kernel/money.ts';
import { customerValues } from '../query/concentration.ts';
import { aYearBefore } from '../query/retention.ts';
import { BLANK, fitted, type Explanation, type Question } from './draft-row.ts';
import { moneyText } from '../../wording/index.ts';

function valuesOn(question: Question, day: PlainDay): Map<CustomerId, number> {
  return new Map(
    customerValues(question.view, day, question.currency).map(({ customerId, annual }) => [customerId, annual]),
  );
}

/** A slice by price follows its customers with all that they pay: whoever moves to another plan is not lost. */
function paysAnywhere(question: Question, day: PlainDay): Map<CustomerId, number> {
  const { slice } = question.view;
  return valuesOn(slice?.byItem ? { ...question, view: slice.whole } : question, day);
}

/** Customers who pay at the end of the day, one each. */
export function payingCustomers(question: Question): Explanation {
  const rows = [...valuesOn(question, question.to).keys()].map((customerId) => ({
    ...BLANK,
    amount: 1,
    customerId,
    on: question.to,
  }));
  return { unit: 'count', total: rows.length, rows };
}

/** Customers who paid at the start of the period and do not at its end, one each. */
export function lostCustomers(question: Question): Explanation {
  const after = paysAnywhere(question, question.to);
  const rows = [...valuesOn(question, addDays(question.from, -1)).keys()]
    .filter((customerId) => !after.has(customerId))
    .map((customerId) => ({
      ...BLANK,
      amount: 1,
      customerId,
      note: 'Paid at the start of the period, does not at its end',
    }));
  return { unit: 'count', total: rows.length, rows };
}

/** What the customers of twelve months ago pay now (NRR), or of that at most what they paid then (GRR): the numerator. */
export function retainedRevenue(question: Question, atMostThen: boolean): Explanation {
  const start = aYearBefore(question.to);
  const now = paysAnywhere(question, question.to);
  const paid = paysAnywhere(question, start);
  const then = [...valuesOn(question, start).keys()].map((id) => [id, paid.get(id) ?? 0] as const);
  const annual = then.map(([customerId, before]) => {
    const pays = now.get(customerId) ?? 0;
    return atMostThen ? Math.min(pays, before) : pays;
  });
  const sum = annual.reduce((a, b) => a + b, 0);
  const total = divideRounded(sum, 12);
  const amounts = roundToTotal(total, fitted(annual, sum), 12);
  return {
    unit: 'money',
    total,
    rows: then.map(([customerId, before], index) => ({
      ...BLANK,
      amount: amounts[index] ?? 0,
      customerId,
      note: `${moneyText(divideRounded(before, 12), question.currency)} of MRR twelve months before`,
    })),
  };
}
