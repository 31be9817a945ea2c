/** What every figure of the pack means, and what has to be said with them. */
import type { ReactNode } from 'react';
import type { BoardPack } from '../../../../../shared/contract/reports.ts';
import { Sheet } from './sheet.tsx';

export function Definitions({ pack }: { pack: BoardPack }): ReactNode {
  return (
    <Sheet title="Definitions">
      <dl className="mt-3 columns-2 gap-7">
        {pack.definitions.map((definition) => (
          <div key={definition.id} className="mb-2 break-inside-avoid text-[7.5pt] leading-[1.35]">
            <dt className="text-[8.5pt] font-semibold">{definition.title}</dt>
            <dd className="text-pretty">{definition.definition}</dd>
            <dd className="mt-0.5 text-pretty text-muted">
              <span className="font-mono text-[6.75pt]">{definition.formula}</span>
            </dd>
            <dd className="text-muted">
              Source:{' '}
              <a
                href={definition.source.url}
                target="_blank"
                rel="noreferrer noopener"
                className="text-inherit underline decoration-line-strong underline-offset-2"
              >
                {definition.source.title}
              </a>
            </dd>
          </div>
        ))}
      </dl>
      {pack.caveats.length > 0 && (
        <div className="board-part">
          <h3 className="text-base font-semibold">To be said with these figures</h3>
          <ul className="mt-1 list-disc pl-4">
            {pack.caveats.map((caveat) => (
              <li key={caveat} className="text-pretty">
                {caveat}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Sheet>
  );
}
