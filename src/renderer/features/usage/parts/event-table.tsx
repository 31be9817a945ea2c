/** Every event that was found: whether it counts as use, and whether it is a feature worth showing. */
import type { ReactNode } from 'react';
import type { MappedEvent } from '../../../../shared/contract/usage.ts';
import type { SourceId } from '../../../../shared/kernel/ids.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { NO_VALUE } from '../../../../shared/formats/number.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';
import { Checkbox } from '../../../ui/toggle.tsx';
import { meanText } from '../words.ts';
import { useUsageChoices, type Mapping, type MappingDraft } from '../use-mapping.ts';

const HEIGHT = 420;

export interface EventTableProps {
  sourceId: SourceId;
  found: Mapping;
  draft: MappingDraft;
}

export function EventTable({ sourceId, found, draft }: EventTableProps): ReactNode {
  const format = useFormat();
  const { setFeature } = useUsageChoices(sourceId);
  const idle = namesOf(draft.mapping.idleEvents);
  const setUse = (event: string, counts: boolean): void =>
    draft.change({ idleEvents: (counts ? idle.filter((name) => name !== event) : [...idle, event]).join(', ') });
  return (
    <Tile
      flush
      title="Events"
      subtitle="Features are shown at once; what counts as use is applied above, because people have to be counted again"
    >
      <DataTable
        label="Events"
        columns={columnsOf(format, {
          isUse: (event) => !idle.includes(event) && event !== draft.mapping.visitedEvent,
          isVisit: (event) => event === draft.mapping.visitedEvent,
          setUse,
          setFeature,
        })}
        rows={found.events}
        rowKey={({ event }) => event}
        maxHeight={HEIGHT}
        state={
          found.events.length === 0
            ? { kind: 'empty', title: 'No events were read yet', hint: 'They are listed after the first sync.' }
            : { kind: 'ready' }
        }
        exportName="events"
      />
    </Tile>
  );
}

function namesOf(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

interface Choices {
  readonly isUse: (event: string) => boolean;
  readonly isVisit: (event: string) => boolean;
  readonly setUse: (event: string, counts: boolean) => void;
  readonly setFeature: (event: string, isFeature: boolean) => void;
}

function columnsOf(format: Formatter, { isUse, isVisit, setUse, setFeature }: Choices): Column<MappedEvent>[] {
  return [
    { id: 'event', header: 'Event', value: ({ event }) => event },
    {
      id: 'count',
      header: 'In 30 days',
      align: 'end',
      width: 110,
      value: ({ count }) => count,
      text: ({ count }) => format.count(count),
    },
    {
      id: 'people',
      header: 'People a day',
      align: 'end',
      width: 120,
      value: ({ usersPerDay }) => usersPerDay,
      text: ({ usersPerDay }) => (usersPerDay === null ? NO_VALUE : meanText(usersPerDay, format)),
    },
    {
      id: 'feature',
      header: 'Feature',
      width: 110,
      value: ({ isFeature }) => (isFeature ? 'yes' : 'no'),
      cell: ({ event, isFeature }) => (
        <Checkbox
          label={<span className="sr-only">{event} is a feature</span>}
          checked={isFeature}
          onChange={(next) => setFeature(event, next)}
        />
      ),
    },
    {
      id: 'use',
      header: 'Counts as use',
      width: 130,
      value: ({ event }) => (isUse(event) ? 'yes' : 'no'),
      cell: ({ event }) => (
        <Checkbox
          label={<span className="sr-only">{event} counts as use</span>}
          checked={isUse(event)}
          disabled={isVisit(event)}
          onChange={(next) => setUse(event, next)}
        />
      ),
    },
  ];
}
