/** What the pack will say, before it is printed: its own sentences, and the page itself in a click. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { PlainMonth } from '../../../../shared/kernel/day.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { StateGate } from '../../../ui/states.tsx';

/** As high as what usually comes, so that nothing below it moves. */
const USUAL_ROWS = 13;

export interface PackPreviewProps {
  month: PlainMonth;
  paper: 'A4' | 'Letter';
  shows: 'known' | 'reported';
  notes: boolean;
}

export function PackPreview({ month, paper, shows, notes }: PackPreviewProps): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const pack = useQuery(api.reports.boardPack.queryOptions({ input: { month, shows } }));
  return (
    <section className="mt-5 flex flex-col gap-3" aria-label="Preview">
      <StateGate state={stateOf(pack)} loading={<SkeletonRows rows={USUAL_ROWS} />}>
        {pack.data !== undefined && (
          <>
            <ul className="flex flex-col gap-2">
              {pack.data.summary.map((sentence) => (
                <li key={sentence} className="border-l-2 border-accent pl-3 text-base text-pretty text-ink">
                  {sentence}
                </li>
              ))}
            </ul>
            {pack.data.caveats.length > 0 && (
              <Callout tone="warn" title="To be said with these figures">
                <ul className="list-disc pl-4">
                  {pack.data.caveats.map((caveat) => (
                    <li key={caveat}>{caveat}</li>
                  ))}
                </ul>
              </Callout>
            )}
            <p className="flex gap-3 text-xs text-subtle">
              <span className="flex-1">
                As of {format.day(pack.data.asOf)}, computed {format.instant(pack.data.computedAt)}
              </span>
              <Link
                to="/report/board"
                search={{ month, format: paper, shows, noted: notes ? 'yes' : undefined }}
                className="font-medium text-accent underline-offset-2 hover:underline"
              >
                Look at the pages
              </Link>
            </p>
          </>
        )}
      </StateGate>
    </section>
  );
}
