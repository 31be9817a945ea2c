/** How far each source has come: a digest is as good as what it was told. */
import type { ReactNode } from 'react';
import type { DigestReport } from '../../../shared/contract/digest.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { Badge } from '../badge.tsx';
import { Tile } from '../tile.tsx';

export function SourceStates({ sources }: Pick<DigestReport, 'sources'>): ReactNode {
  const format = useFormat();
  return (
    <Tile title="Sources">
      {sources.length === 0 && <p className="text-muted">None is connected.</p>}
      <ul className="flex flex-col gap-1">
        {sources.map(({ name, state, syncedAt, complete, problem }) => (
          <li key={name} className="flex flex-wrap items-baseline gap-x-2">
            <span className="text-ink">{name}</span>
            {state !== 'ready' && <Badge tone={state === 'failing' ? 'loss' : 'neutral'}>{state}</Badge>}
            <span className="ml-auto text-xs text-subtle">
              {syncedAt === null ? 'not synced' : `synced ${format.instant(syncedAt)}`}
              {complete ? ', complete' : ''}
            </span>
            {problem !== null && <p className="basis-full text-xs text-pretty text-loss">{problem}</p>}
          </li>
        ))}
      </ul>
    </Tile>
  );
}
