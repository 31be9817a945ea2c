/** The head of a digest on the screen: what it says in sentences, and its figures. */
import type { ReactNode } from 'react';
import type { DigestReport } from '../../../shared/contract/digest.ts';
import { useEvidence } from '../../lib/address/index.ts';
import { Callout } from '../callout.tsx';
import { KpiTile } from '../kpi-tile.tsx';
import { Tile } from '../tile.tsx';
import { figureValue } from './digest-words.ts';
import { Sentence } from './sentence.tsx';

export function Sentences({ summary }: Pick<DigestReport, 'summary'>): ReactNode {
  return (
    <Tile title="In short">
      <ul className="flex flex-col gap-1.5">
        {summary.map((sentence) => (
          <li key={sentence} className="border-l-2 border-accent pl-3 text-pretty text-ink">
            <Sentence text={sentence} />
          </li>
        ))}
      </ul>
    </Tile>
  );
}

export function Caveats({ caveats }: Pick<DigestReport, 'caveats'>): ReactNode {
  if (caveats.length === 0) return null;
  return (
    <Callout tone="neutral" title="To be known">
      <ul className="list-disc pl-4">
        {caveats.map((caveat) => (
          <li key={caveat}>{caveat}</li>
        ))}
      </ul>
    </Callout>
  );
}

export interface FiguresProps {
  report: DigestReport;
  /** The stretch that they are compared with, in words. */
  period: string;
}

export function Figures({ report, period }: FiguresProps): ReactNode {
  const evidence = useEvidence();
  return (
    <section aria-label="Figures" className="grid grid-cols-[repeat(auto-fit,minmax(11rem,1fr))] gap-2">
      {report.figures.map((figure) => {
        const { now, before } = figureValue(figure, report.currency);
        const { why } = figure;
        return (
          <KpiTile
            key={figure.id}
            label={figure.label}
            quantity={now}
            good={figure.better}
            previous={{ quantity: before, period }}
            className="px-3!"
            {...(why === null ? {} : { onWhy: () => evidence.open({ why: why.metric, from: why.from, to: why.to }) })}
            {...(figure.id === 'ticketsOpened' ? {} : { onHow: () => evidence.open({ how: figure.id }) })}
          />
        );
      })}
    </section>
  );
}
