/** The further fields of one kind of object, with what each means. */
import { useDeferredValue, useState, type ReactNode } from 'react';
import { Download } from 'lucide-react';
import type { CrmField, CrmFieldObject } from '../../../../shared/contract/crm-fields.ts';
import type { DataState } from '../../../lib/data-state.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import type { Formatter } from '../../../lib/format.ts';
import { Button } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { useSay, type Say } from '../use-say.ts';
import { OBJECT_WORDS, saidText } from '../words.ts';
import { Meaning } from './meaning.tsx';

export interface FieldsProps {
  object: CrmFieldObject;
  fields: readonly CrmField[];
  state: DataState;
}

export function Fields({ object, fields, state }: FieldsProps): ReactNode {
  const format = useFormat();
  const say = useSay();
  const [search, setSearch] = useState('');
  const asked = useDeferredValue(search.trim().toLowerCase());
  const rows = fields.filter(({ label, key }) => `${label} ${key}`.toLowerCase().includes(asked));
  const title = `Custom fields of ${OBJECT_WORDS[object].toLowerCase()}`;
  return (
    <Tile
      title={title}
      subtitle={
        object === 'contact'
          ? 'No figure rests on who somebody is: fields of people mean nothing here, and their values are not shown.'
          : 'Billing comes first: what its metadata says of a customer is not replaced by a field.'
      }
      flush
    >
      <DataTable
        label={title}
        columns={columnsOf(format, say, new Set(fields.map(({ sourceId }) => sourceId)).size > 1)}
        rows={rows}
        rowKey={({ sourceId, key }) => `${sourceId} ${key}`}
        exportName={title.toLowerCase()}
        toolbar={
          <TextField
            label="Search fields"
            labelHidden
            placeholder="Search fields"
            value={search}
            onChange={setSearch}
          />
        }
        state={state.kind === 'ready' && rows.length === 0 ? nothing(asked, object) : state}
      />
    </Tile>
  );
}

function nothing(asked: string, object: CrmFieldObject): DataState {
  if (asked !== '') return { kind: 'empty', title: 'No field fits', hint: `None is called “${asked}”.` };
  return {
    kind: 'empty',
    title: `No custom fields of ${OBJECT_WORDS[object].toLowerCase()}`,
    hint: 'Fields that the company made in its CRM appear here after the next sync.',
  };
}

function columnsOf(format: Formatter, say: Say, hasSeveral: boolean): Column<CrmField>[] {
  const source: Column<CrmField> = {
    id: 'source',
    header: 'Source',
    width: 110,
    value: ({ sourceName }) => sourceName,
  };
  return [
    {
      id: 'field',
      header: 'Field',
      width: 220,
      value: ({ label }) => label,
      cell: ({ label, type, key }) => (
        <span title={key} className="flex min-w-0 items-baseline gap-1.5">
          <span className="truncate">{label}</span>
          {type !== null && <span className="shrink-0 text-xs text-subtle">{type}</span>}
        </span>
      ),
    },
    ...(hasSeveral ? [source] : []),
    {
      id: 'filled',
      header: 'Filled in',
      align: 'end',
      width: 90,
      value: ({ filled, objects }) => (objects === 0 ? null : filled / objects),
      cell: ({ isRead, filled, objects }) =>
        isRead ? (
          <span title={`${format.count(filled)} of ${format.count(objects)}`}>
            {format.percent(objects === 0 ? null : filled / objects)}
          </span>
        ) : (
          <span className="text-subtle">not read</span>
        ),
    },
    {
      id: 'samples',
      header: 'Values',
      value: ({ samples }) => samples.join(', '),
      cell: ({ samples }) => (
        <span className="block truncate" title={samples.join('\n')}>
          {samples.join(', ')}
        </span>
      ),
    },
    {
      id: 'means',
      header: 'Means',
      width: 290,
      value: ({ said }) => (said === null ? null : saidText(said)),
      cell: (field) =>
        field.isRead || field.object === 'contact' ? (
          <Meaning field={field} onSay={(said) => say.say(field, said)} />
        ) : (
          <Button size="sm" icon={Download} disabled={say.busy} onClick={() => say.read(field)}>
            Read this field
          </Button>
        ),
    },
  ];
}
