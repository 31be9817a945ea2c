/** Costs: they have a history and an undo of their own (engine/costs), which a file of them goes through. */
import { COST_KINDS } from '../../../../shared/contract/costs.ts';
import { field, REQUIRED, type KindSpec } from './kind.ts';

const [marketing, sales, cogs, rnd, ga, other] = COST_KINDS;

export const costKind: KindSpec = {
  kind: 'costs',
  title: 'Costs',
  family: 'costs',
  description: 'What was spent, by month, kind and channel. Rows of one month, kind, channel and currency add up.',
  template: ['month', 'kind', 'channel', 'amount', 'currency'],
  goesWith: [],
  metadata: false,
  fields: [
    field('month', 'Month', 'month', ['Monat', 'Period', 'Mois'], REQUIRED),
    field('kind', 'Kind', 'choice', ['Type', 'Category', 'Art', 'Kategorie'], {
      required: true,
      constant: true,
      choices: {
        [marketing]: ['advertising', 'ads', 'werbung'],
        [sales]: ['vertrieb', 'ventes'],
        [cogs]: ['cost of revenue', 'cost of goods sold', 'hosting'],
        [rnd]: ['r&d', 'research and development', 'engineering', 'entwicklung'],
        [ga]: ['g&a', 'general and administrative', 'verwaltung'],
        [other]: ['sonstiges', 'autres'],
      },
    }),
    field('channel', 'Channel', 'text', ['Kanal', 'Campaign']),
    field('amount', 'Amount', 'amount', ['Cost', 'Spend', 'Betrag', 'Kosten', 'Montant'], REQUIRED),
    field('currency', 'Currency', 'currency', ['Währung', 'Devise'], REQUIRED),
    field('note', 'Note', 'text', ['Notiz', 'Comment']),
  ],
  object: 'cost',
  key: () => null,
};
