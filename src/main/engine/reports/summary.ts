/** The pack's opening sentences: what the month did to the company, in numbers, the largest amount first. */
import type { MetricSnapshot } from '../../../shared/contract/metrics.ts';
import type { BoardPack } from '../../../shared/contract/reports.ts';
import type { AtRisk } from './customer-lists.ts';
import {
  counted,
  countText,
  dayText,
  fullDayText,
  moneyText,
  monthText,
  percentText,
  shareText,
} from '../wording/index.ts';

export interface SummaryFacts extends Pick<
  BoardPack,
  'current' | 'previous' | 'yearBefore' | 'concentration' | 'largest'
> {
  readonly atRisk: Pick<AtRisk, 'customers' | 'mrr'>;
  readonly growthTarget: number | null;
}

interface Weighed {
  readonly text: string;
  /** The MRR that the sentence is about, minor units: the more, the earlier it stands. */
  readonly weight: number;
}

/** Sentences about the month; the first is where ARR stands, the others follow by the MRR that they speak of. */
export function summarySentences(facts: SummaryFacts): string[] {
  const { current } = facts;
  if (current.arr === null || current.mrr === null)
    return [`ARR cannot be stated: ${current.reasons['arr'] ?? current.reasons['mrr'] ?? 'it has no value'}.`];
  const rest = [
    movementSentence(facts),
    lossSentence(facts),
    retentionSentence(facts),
    customerSentence(facts),
    riskSentence(facts),
    concentrationSentence(facts),
    targetSentence(facts),
    cashSentence(facts),
  ].filter((sentence) => sentence !== null);
  return [arrSentence(facts), ...rest.sort((a, b) => b.weight - a.weight).map(({ text }) => text)];
}

function arrSentence({ current, previous, yearBefore }: SummaryFacts): string {
  const { currency, asOf } = current;
  const money = (amount: number) => moneyText(amount, currency);
  const parts = [`ARR stood at ${money(current.arr ?? 0)} on ${fullDayText(asOf)}`];
  if (previous.arr !== null && previous.arr > 0)
    parts.push(changeText(current.arr ?? 0, previous.arr, money, `since ${dayText(previous.asOf, asOf)}`));
  if (yearBefore?.arr != null && yearBefore.arr > 0)
    parts.push(changeText(current.arr ?? 0, yearBefore.arr, money, 'in a year'));
  return `${parts.join(', ')}.`;
}

function changeText(now: number, before: number, money: (amount: number) => string, since: string): string {
  const change = now - before;
  if (change === 0) return `unchanged ${since}`;
  return `${change > 0 ? 'up' : 'down'} ${money(Math.abs(change))} (${percentText(Math.abs(change) / before)}) ${since}`;
}

function movementSentence({ current }: SummaryFacts): Weighed | null {
  const { movements, currency } = current;
  const net = movements.closing - movements.opening;
  const gains = movements.new + movements.expansion + movements.reactivation + movements.resumed;
  const losses = movements.contraction + movements.churn + movements.paused;
  if (gains === 0 && losses === 0 && movements.fx === 0) return null;
  const parts = [
    part('new customers', movements.new, currency),
    part('expansion', movements.expansion, currency),
    part('returning customers', movements.reactivation + movements.resumed, currency),
  ].filter((text) => text !== null);
  const fx = movements.fx === 0 ? '' : `, exchange rates ${signed(movements.fx, currency)}`;
  return {
    text:
      `Net new MRR was ${signed(net, currency)}: gains of ${moneyText(gains, currency)}` +
      `${parts.length === 0 ? '' : ` (${parts.join(', ')})`}, losses of ${moneyText(-losses, currency)}${fx}.`,
    weight: Math.max(Math.abs(net), gains),
  };
}

function part(name: string, amount: number, currency: MetricSnapshot['currency']): string | null {
  return amount === 0 ? null : `${name} ${moneyText(amount, currency)}`;
}

function signed(amount: number, currency: MetricSnapshot['currency']): string {
  return `${amount > 0 ? '+' : ''}${moneyText(amount, currency)}`;
}

function lossSentence({ current, previous }: SummaryFacts): Weighed | null {
  if (current.grossChurn === null) return null;
  const lost = -(current.movements.churn + current.movements.contraction + current.movements.paused);
  const before = previous.grossChurn === null ? '' : `, after ${percentText(previous.grossChurn)} the month before`;
  return {
    text: `Gross revenue churn was ${percentText(current.grossChurn)} (${moneyText(lost, current.currency)} MRR)${before}.`,
    weight: lost,
  };
}

function retentionSentence({ current, previous }: SummaryFacts): Weighed | null {
  if (current.nrr === null || current.grr === null || current.mrr === null) return null;
  const before = previous.nrr === null ? '' : ` (NRR a month before: ${percentText(previous.nrr)})`;
  return {
    text: `Over twelve months, net revenue retention was ${percentText(current.nrr)} and gross ${percentText(current.grr)}${before}.`,
    weight: Math.abs(1 - current.nrr) * current.mrr,
  };
}

function customerSentence({ current }: SummaryFacts): Weighed {
  const churn = current.logoChurn === null ? '' : ` (${percentText(current.logoChurn)} of those at the start)`;
  const arpa = current.arpa === null ? '' : `; ${moneyText(current.arpa, current.currency)} MRR per customer`;
  return {
    text:
      `${counted(current.customers, 'paying customer')}: ${countText(current.newCustomers)} new, ` +
      `${countText(current.churnedCustomers)} lost${churn}${arpa}.`,
    weight: Math.abs(current.newCustomers - current.churnedCustomers) * (current.arpa ?? 0),
  };
}

function riskSentence({ atRisk, current }: SummaryFacts): Weighed | null {
  if (atRisk.customers === 0) return null;
  const share = current.mrr !== null && current.mrr > 0 ? ` (${percentText(atRisk.mrr / current.mrr)})` : '';
  return {
    text: `${counted(atRisk.customers, 'customer')} with ${moneyText(atRisk.mrr, current.currency)} MRR${share} ${atRisk.customers === 1 ? 'is' : 'are'} at risk: cancelled, past due, or with a failed payment.`,
    weight: atRisk.mrr,
  };
}

function concentrationSentence({ concentration, largest, current }: SummaryFacts): Weighed | null {
  const [first] = largest;
  if (!first || concentration.top1 === null || concentration.top10 === null) return null;
  return {
    text: `The largest customer, ${first.name}, is ${shareText(concentration.top1)} of MRR; the ten largest are ${shareText(concentration.top10)}.`,
    // Noteworthy by what stands above a tenth of MRR.
    weight: Math.max(0, concentration.top1 - 0.1) * (current.mrr ?? 0),
  };
}

function targetSentence({ current, growthTarget }: SummaryFacts): Weighed | null {
  const { opening, closing } = current.movements;
  if (growthTarget === null || opening <= 0) return null;
  const growth = (closing - opening) / opening;
  const gap = Math.round(opening * (1 + growthTarget)) - closing;
  const running = current.month === null || current.asOf < `${current.month}-28` ? ' so far' : '';
  return {
    text: `MRR ${growth < 0 ? 'fell' : 'grew'} ${percentText(Math.abs(growth))} in ${monthText(current.asOf)}${running}; the target is ${percentText(growthTarget)}, ${gap > 0 ? `${moneyText(gap, current.currency)} more` : `exceeded by ${moneyText(-gap, current.currency)}`}.`,
    weight: Math.abs(gap),
  };
}

function cashSentence({ current }: SummaryFacts): Weighed | null {
  if (current.cashCollected === null) return null;
  const refunds = current.refunds ? `, after refunds of ${moneyText(current.refunds, current.currency)}` : '';
  return {
    text: `Cash collected was ${moneyText(current.cashCollected, current.currency)}${refunds}.`,
    weight: 0,
  };
}
