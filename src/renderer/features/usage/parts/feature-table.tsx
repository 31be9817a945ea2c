/** Which features are used, and whether more or less than before. */
import { CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FeatureUse } from '../../../../shared/contract/usage.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { NO_VALUE } from '../../../../shared/formats/number.ts';
import { IconButton } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';
import { useFeatures, type Span } from '../use-usage.ts';
import { meanText } from '../words.ts';

const HEIGHT = 320;

interface FeatureTableProps {
  span: Span;
  /** Of a billing system's meters, which count customers and no people. */
  isMeters: boolean;
  onHow: () => void;
  /** Whose use of an event it was. */
  onBehind: (event: string) => void;
}

export function FeatureTable({ span, isMeters, onHow, onBehind }: FeatureTableProps): ReactNode {
  const title = isMeters ? 'Meters' : 'Features in use';
  const format = useFormat();
  const features = useFeatures(span);
  const state = stateOf(features);
  const rows = features.data?.rows ?? [];
  return (
    <Tile
      flush
      title={title}
      subtitle={
        features.data?.daysBeforeKnown === false
          ? 'The days before were not read, so that there is nothing to compare with'
          : 'Against as many days before; a row shows whose use it was'
      }
      actions={<IconButton icon={CircleHelp} label="What counts as a feature" onClick={onHow} />}
    >
      <DataTable
        label={title}
        columns={columnsOf(format, isMeters)}
        rows={rows}
        rowKey={({ event }) => event}
        onOpen={({ event }) => onBehind(event)}
        maxHeight={HEIGHT}
        state={
          state.kind === 'ready' && rows.length === 0
            ? {
                kind: 'empty',
                title: isMeters ? 'No meter counted anything in this span' : 'No feature was used in this span',
                hint: isMeters
                  ? 'Meters whose last value counts have no sum of days; they stand on the pages of their customers.'
                  : 'Which events are features is said under “What events mean”.',
              }
            : state
        }
        exportName="features in use"
      />
    </Tile>
  );
}

function columnsOf(format: Formatter, isMeters: boolean): Column<FeatureUse>[] {
  return [
    { id: 'event', header: isMeters ? 'Meter' : 'Feature', value: ({ event }) => event },
    {
      id: 'count',
      header: 'Times',
      align: 'end',
      width: 92,
      value: ({ count }) => count,
      text: ({ count }) => format.count(count),
    },
    {
      id: 'change',
      header: 'Change',
      align: 'end',
      width: 96,
      value: changeOf,
      text: (row) => {
        const change = changeOf(row);
        return change === null ? NO_VALUE : `${change > 0 ? '+' : ''}${format.percent(change)}`;
      },
    },
    isMeters
      ? {
          id: 'customers',
          header: 'Customers a day',
          align: 'end',
          width: 128,
          value: ({ accountsPerDay }) => accountsPerDay,
          text: ({ accountsPerDay }) => meanText(accountsPerDay, format),
        }
      : {
          id: 'people',
          header: 'People a day',
          align: 'end',
          width: 128,
          value: ({ usersPerDay }) => usersPerDay,
          text: ({ usersPerDay }) => (usersPerDay === null ? NO_VALUE : meanText(usersPerDay, format)),
        },
  ];
}

function changeOf({ count, countBefore }: FeatureUse): number | null {
  return countBefore === null || countBefore === 0 ? null : count / countBefore - 1;
}
