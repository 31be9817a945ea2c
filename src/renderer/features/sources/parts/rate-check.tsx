/** Whether the providers of exchange rates agree: currency by currency, with the day on which they are furthest apart. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { RateDifferences } from '../../../../shared/contract/source-upkeep.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';

type Pair = RateDifferences['pairs'][number];

const PROVIDERS: Readonly<Record<string, string>> = {
  frankfurter: 'Frankfurter',
  ecb: 'European Central Bank',
  seed: 'Brought along (ECB)',
};

export function RateCheck(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const demo = useQuery(api.workspace.get.queryOptions()).data?.demo ?? false;
  const check = useQuery(api.sources.rateDifferences.queryOptions());
  const pairs = check.data?.pairs ?? [];
  const differing = pairs.filter((pair) => pair.differing > 0).length;
  const state = stateOf(check);
  return (
    <Tile
      flush
      title="Exchange rates checked against each other"
      subtitle={
        check.data === undefined
          ? undefined
          : `${demo ? 'The demo’s rates are invented, so they differ. ' : ''}A day counts as different from ${format.percent(check.data.tolerance)} on. Figures rest on the first of two providers.`
      }
      actions={
        pairs.length === 0 ? undefined : differing === 0 ? (
          <Badge tone="gain">Agree</Badge>
        ) : (
          <Badge tone="warn" sign>
            {format.count(differing, { one: 'pair differs', other: 'pairs differ' })}
          </Badge>
        )
      }
    >
      <DataTable
        label="Exchange rates checked"
        columns={columnsOf(format)}
        rows={pairs}
        rowKey={({ currency, trusted, other }) => `${currency} ${trusted} ${other}`}
        maxHeight={320}
        exportName="exchange rates checked"
        state={
          state.kind === 'ready' && pairs.length === 0
            ? {
                kind: 'empty',
                title: 'Nothing to check against',
                hint: 'Rates are checked on the days for which two providers have one. Connect the European Central Bank as the second.',
              }
            : state
        }
      />
    </Tile>
  );
}

function columnsOf(format: Formatter): Column<Pair>[] {
  return [
    { id: 'currency', header: 'Currency', value: ({ currency }) => currency, width: 100 },
    {
      id: 'providers',
      header: 'Providers',
      value: ({ trusted, other }) => `${PROVIDERS[trusted] ?? trusted} · ${PROVIDERS[other] ?? other}`,
    },
    {
      id: 'days',
      header: 'Days compared',
      align: 'end',
      width: 140,
      value: ({ days }) => days,
      text: ({ days }) => format.count(days),
    },
    {
      id: 'differing',
      header: 'Different',
      align: 'end',
      width: 100,
      value: ({ differing }) => differing,
      text: ({ differing }) => format.count(differing),
    },
    {
      id: 'share',
      header: 'Furthest apart',
      align: 'end',
      width: 130,
      value: ({ worst }) => worst.share,
      text: ({ worst }) => format.percent(worst.share),
    },
    {
      id: 'worst',
      header: 'On that day',
      width: 260,
      value: ({ worst }) => `${worst.on}: ${worst.trusted} · ${worst.other}`,
      text: ({ worst }) => `${format.day(worst.on)}: ${worst.trusted} · ${worst.other}`,
    },
  ];
}
