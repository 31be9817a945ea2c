/** The answers to the survey, the latest first, with what was added to them; a row leads to its customer. */
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { NpsAnswer } from '../../../../shared/contract/support.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';
import type { useNps } from '../use-support.ts';
import { MOOD } from '../words.ts';

const HEIGHT = 360;

export function Answers({ nps }: { nps: ReturnType<typeof useNps> }): ReactNode {
  const format = useFormat();
  const navigate = useNavigate();
  const answers = nps.data?.answers ?? [];
  return (
    <Tile
      flush
      title="Answers"
      subtitle={
        nps.data === undefined
          ? ' '
          : `${format.count(nps.data.total.people, { one: 'person', other: 'people' })} in the period; the latest ${format.count(answers.length, { one: 'answer', other: 'answers' })}. Comments stay on this computer`
      }
    >
      <DataTable
        label="Answers to the survey"
        columns={columnsOf(format)}
        rows={answers}
        rowKey={({ sourceName, answerId }) => `${sourceName} ${answerId}`}
        state={
          nps.data !== undefined && answers.length === 0
            ? {
                kind: 'empty',
                title: nps.data.any ? 'Nobody answered in the period' : 'No answers yet',
                hint: 'Import what the survey tool exports: a day, a score from 0 to 10, an address.',
              }
            : stateOf(nps)
        }
        maxHeight={HEIGHT}
        onOpen={({ customerId }) => {
          if (customerId !== null) void navigate({ to: '/customers/$customerId', params: { customerId } });
        }}
        exportName="nps answers"
      />
    </Tile>
  );
}

function columnsOf(format: Formatter): Column<NpsAnswer>[] {
  return [
    { id: 'on', header: 'Day', width: 124, value: ({ on }) => on, text: ({ on }) => format.day(on) },
    { id: 'from', header: 'From', value: ({ from }) => from },
    { id: 'score', header: 'Score', align: 'end', width: 88, value: ({ score }) => score },
    {
      id: 'kind',
      header: 'Counts as',
      width: 124,
      value: ({ kind }) => MOOD[kind].label,
      cell: ({ kind }) => (
        <Badge tone={MOOD[kind].tone} sign>
          {MOOD[kind].label}
        </Badge>
      ),
    },
    { id: 'comment', header: 'Comment', value: ({ comment }) => comment },
    { id: 'survey', header: 'Survey', width: 120, value: ({ survey }) => survey },
  ];
}
