/** What a customer costs and brings, and what growth costs; left out where no costs are recorded. */
import type { ReactNode } from 'react';
import type { BoardPack } from '../../../../../shared/contract/reports.ts';
import type { MetricSnapshot } from '../../../../../shared/contract/metrics.ts';
import { addToMonth } from '../../../../../shared/kernel/day.ts';
import { money } from '../../../../../shared/kernel/money.ts';
import type { Formatter } from '../../../../lib/format.ts';
import { useFormat } from '../../../../lib/format-context.tsx';
import { moneyUnit, MONTHS, PERCENT, RATIO, type Unit } from '../../../../lib/unit.ts';
import { FigureLink } from './row-links.tsx';
import { Part, Sheet } from './sheet.tsx';

type Figure = Extract<
  keyof MetricSnapshot,
  | 'cac'
  | 'cacPaybackMonths'
  | 'ltv'
  | 'ltvToCac'
  | 'grossMargin'
  | 'operatingMargin'
  | 'ruleOf40'
  | 'magicNumber'
  | 'netBurn'
  | 'burnMultiple'
>;

const LINES: readonly (readonly [id: Figure, kind: 'money' | 'percent' | 'ratio' | 'months'])[] = [
  ['cac', 'money'],
  ['cacPaybackMonths', 'months'],
  ['ltv', 'money'],
  ['ltvToCac', 'ratio'],
  ['grossMargin', 'percent'],
  ['operatingMargin', 'percent'],
  ['ruleOf40', 'percent'],
  ['magicNumber', 'ratio'],
  ['netBurn', 'money'],
  ['burnMultiple', 'ratio'],
];

const HEAD = 'py-1 pl-3 text-right text-xs font-medium whitespace-nowrap text-muted';

export function UnitEconomics({ pack }: { pack: BoardPack }): ReactNode {
  if (!pack.definitions.some(({ id }) => id === 'cac')) return null;
  return (
    <Sheet title="Unit economics">
      <Figures pack={pack} />
      <Channels pack={pack} />
    </Sheet>
  );
}

function Figures({ pack }: { pack: BoardPack }): ReactNode {
  const format = useFormat();
  const { current, previous, yearBefore } = pack;
  const isOther = current.costMonth !== pack.month;
  const missing = LINES.flatMap(([id]) => {
    const title = pack.definitions.find((definition) => definition.id === id)?.title ?? id;
    const reason = current.reasons[id];
    return reason === undefined ? [] : [`${title}: ${reason}`];
  });
  return (
    <Part
      title="What a customer costs and brings, and what growth costs"
      note={
        isOther
          ? `Costs are of whole months: these figures are of ${format.month(current.costMonth, 'long')}.`
          : 'Costs of other currencies at the rate of the month’s last day.'
      }
    >
      <table>
        <thead>
          <tr className="border-b border-line-strong">
            <th scope="col" className="py-1 text-left text-xs font-medium text-muted">
              Figure and how it is computed
            </th>
            <th scope="col" className={HEAD}>
              {format.month(current.costMonth)}
            </th>
            <th scope="col" className={HEAD}>
              {format.month(previous.costMonth)}
            </th>
            <th scope="col" className={HEAD}>
              {format.month(addToMonth(current.costMonth, -12))}
            </th>
          </tr>
        </thead>
        <tbody>
          {LINES.map(([id, kind]) => {
            const definition = pack.definitions.find((candidate) => candidate.id === id);
            const unit = unitOf(kind, current);
            return (
              <tr key={id} className="border-b border-line align-top">
                <th scope="row" className="py-[3px] pr-4 text-left font-normal">
                  {definition?.title ?? id}
                  <span className="block font-mono text-[6.75pt] text-pretty text-muted">{definition?.formula}</span>
                </th>
                <td className="text-right font-semibold whitespace-nowrap">
                  <FigureLink why={id} to={current.asOf}>
                    {textOf(current[id], unit, format)}
                  </FigureLink>
                </td>
                <td className="pl-3 text-right whitespace-nowrap text-muted">{textOf(previous[id], unit, format)}</td>
                <td className="pl-3 text-right whitespace-nowrap text-muted">
                  {textOf(yearBefore?.[id] ?? null, unit, format)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {missing.length > 0 && <p className="mt-2 text-xs text-pretty text-muted">{missing.join('. ')}.</p>}
    </Part>
  );
}

function Channels({ pack }: { pack: BoardPack }): ReactNode {
  const format = useFormat();
  const { currency, cacByChannel, costMonth } = pack.current;
  if (!cacByChannel.some(({ channel }) => channel !== null)) return null;
  const amount = (value: (typeof cacByChannel)[number]['cac']) =>
    format.money(value === null ? null : money(value, currency), { form: 'whole' });
  return (
    <Part
      title="Customers by channel"
      note={`${format.month(costMonth, 'long')}. Sales and marketing costs marked with a channel, per new customer who came by it.`}
    >
      <table>
        <thead>
          <tr className="border-b border-line-strong">
            <th scope="col" className="py-1 text-left text-xs font-medium text-muted">
              Channel
            </th>
            <th scope="col" className={HEAD}>
              Spend
            </th>
            <th scope="col" className={HEAD}>
              New customers
            </th>
            <th scope="col" className={HEAD}>
              CAC
            </th>
          </tr>
        </thead>
        <tbody>
          {cacByChannel.slice(0, MOST_CHANNELS).map(({ channel, spend, newCustomers, cac }) => (
            <tr key={channel ?? ''} className="border-b border-line">
              <th scope="row" className="py-[2px] text-left font-normal">
                {channel ?? 'No channel'}
              </th>
              <td className="text-right">{amount(spend)}</td>
              <td className="text-right">{format.count(newCustomers)}</td>
              <td className="text-right font-semibold">{amount(cac)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}

/** What fits below the figures. */
const MOST_CHANNELS = 12;

function unitOf(kind: (typeof LINES)[number][1], { currency }: MetricSnapshot): Unit {
  switch (kind) {
    case 'money':
      return moneyUnit(currency);
    case 'percent':
      return PERCENT;
    case 'ratio':
      return RATIO;
    case 'months':
      return MONTHS;
  }
}

function textOf(value: number | null, unit: Unit, format: Formatter): string {
  return format.value(value, unit, { form: unit.kind === 'money' ? 'whole' : 'full' });
}
