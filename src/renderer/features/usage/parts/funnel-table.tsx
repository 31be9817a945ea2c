/** From visit to payment, by channel: cohorts of the first sight, each with equally long for its steps. */
import { CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FunnelRow } from '../../../../shared/contract/usage.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { IconButton } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';
import { useFunnel, type Span } from '../use-usage.ts';

type Within = '7' | '30' | '90';

export interface FunnelTableProps {
  span: Span;
  withinDays: number;
  onWithin: (days: Within) => void;
  onHow: () => void;
}

export function FunnelTable({ span, withinDays, onWithin, onHow }: FunnelTableProps): ReactNode {
  const format = useFormat();
  const funnel = useFunnel(span, withinDays);
  const state = stateOf(funnel);
  const open = funnel.data?.openFrom ?? null;
  const untracked = funnel.data?.untracked ?? [];
  const told = [
    `First seen in the span; steps within ${withinDays} days`,
    ...(open === null ? [] : [`those since ${format.day(open)} still have time`]),
    ...untracked.map((step) => `no event is named for “${STEP_WORDS[step]}”`),
  ];
  return (
    <Tile
      flush
      title="From visit to payment, by channel"
      subtitle={told.join('; ')}
      actions={
        <>
          <Segmented
            label="Days for the steps"
            choices={[
              { value: '7', label: '7 days' },
              { value: '30', label: '30' },
              { value: '90', label: '90' },
            ]}
            value={String(withinDays) as Within}
            onChange={onWithin}
          />
          <IconButton icon={CircleHelp} label="How the funnel is counted" onClick={onHow} />
        </>
      }
    >
      <DataTable
        label="From visit to payment, by channel"
        columns={funnel.data === undefined ? [] : columnsOf(funnel.data.total, format)}
        rows={funnel.data?.rows ?? []}
        rowKey={({ channel }) => channel ?? ''}
        state={
          state.kind === 'ready' && funnel.data?.rows.length === 0
            ? {
                kind: 'empty',
                title: 'Nobody was first seen in this span',
                hint: 'Under “What events mean”, name the events of a visit, of signing up and of activation.',
              }
            : state
        }
        exportName="funnel by channel"
      />
    </Tile>
  );
}

const STEP_WORDS = { visited: 'visited', signedUp: 'signed up', activated: 'activated' } as const;

/** Each step with its share of the step it is taken from. */
const STEPS = [
  { id: 'signedUp', header: 'Signed up', of: (row: FunnelRow) => row.signedUp, from: (row: FunnelRow) => row.visited },
  {
    id: 'activated',
    header: 'Activated',
    of: (row: FunnelRow) => row.activated,
    from: (row: FunnelRow) => row.signedUp,
  },
  { id: 'trial', header: 'On trial', of: (row: FunnelRow) => row.trial, from: (row: FunnelRow) => row.signedUp },
  { id: 'paid', header: 'Paid', of: (row: FunnelRow) => row.paid, from: (row: FunnelRow) => row.signedUp },
] as const;

function columnsOf(total: FunnelRow, format: Formatter): Column<FunnelRow>[] {
  const share = (part: number, whole: number): string => (whole === 0 ? '' : ` · ${format.percent(part / whole)}`);
  return [
    {
      id: 'channel',
      header: 'Channel',
      value: ({ channel }) => (channel === null || channel === '' ? 'Not known' : channel),
      total: 'All channels',
    },
    {
      id: 'visited',
      header: 'Visited',
      align: 'end',
      width: 110,
      value: ({ visited }) => visited,
      text: ({ visited }) => format.count(visited),
      total: format.count(total.visited),
    },
    ...STEPS.map(({ id, header, of, from }): Column<FunnelRow> => ({
      id,
      header,
      align: 'end',
      width: 140,
      value: of,
      text: (row) => format.count(of(row)) + share(of(row), from(row)),
      total: format.count(of(total)) + share(of(total), from(total)),
    })),
  ];
}
