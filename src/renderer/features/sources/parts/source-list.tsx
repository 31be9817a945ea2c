/** All connections: those to be looked at first, and with many of them a way to find one. */
import { useState, type ReactNode } from 'react';
import type { Source } from '../../../../shared/contract/sources.ts';
import type { Descriptor } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { useNow } from '../../../lib/now.ts';
import { Segmented } from '../../../ui/segmented.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { needsAttention, sorted, standingOf } from '../words.ts';
import { SourceCard } from './source-card.tsx';

/** From so many on, nobody finds one by looking. */
const MANY = 7;

export function SourceList({
  sources,
  offered,
}: {
  sources: readonly Source[];
  offered: readonly Descriptor[];
}): ReactNode {
  const format = useFormat();
  const now = useNow();
  const [wanted, setWanted] = useState('');
  const [shown, setShown] = useState<'all' | 'attention'>('all');
  const many = sources.length >= MANY;
  const attention = sources.filter((source) => needsAttention(standingOf(source, now)));
  const found = sorted(shown === 'attention' && many ? attention : sources, now).filter(
    (source) => !many || matches(source, wanted),
  );
  return (
    <div className="flex flex-col gap-4">
      {many && (
        <div className="flex flex-wrap items-end gap-3">
          <div className="w-64">
            <TextField
              label="Find a source"
              labelHidden
              type="search"
              placeholder="Find a source"
              value={wanted}
              onChange={setWanted}
            />
          </div>
          <Segmented
            label="Which sources"
            value={shown}
            onChange={setShown}
            choices={[
              { value: 'all', label: `All ${format.count(sources.length)}` },
              { value: 'attention', label: `Need attention ${format.count(attention.length)}` },
            ]}
          />
        </div>
      )}
      {found.length === 0 && (
        <p className="text-sm text-muted">
          {shown === 'attention' && attention.length === 0
            ? 'No source needs attention.'
            : `No source is called “${wanted}”.`}
        </p>
      )}
      {found.map((source) => (
        <SourceCard
          key={source.sourceId}
          source={source}
          descriptor={offered.find(({ vendor }) => vendor === source.vendor)}
        />
      ))}
    </div>
  );
}

function matches({ name, title, accountName }: Source, wanted: string): boolean {
  const text = `${name} ${title} ${accountName ?? ''}`.toLowerCase();
  return text.includes(wanted.trim().toLowerCase());
}
