/** The view of a week as it is printed: `/report/weekly?of=2026-11-16&format=A4`. */
import '@fontsource/inter/400.css';
import '@fontsource/inter/500.css';
import '@fontsource/inter/600.css';
import '../board/board.css';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { usePageTitle } from '../../../lib/address/index.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { stretchText } from '../../../ui/digest/digest-words.ts';
import { StateGate } from '../../../ui/states.tsx';
import { CONTENT_WIDTH } from '../board/paper.ts';
import { BackBar } from '../digest/back-bar.tsx';
import { DigestPaper } from '../digest/digest-paper.tsx';
import { useReadyMark } from '../ready-mark.ts';
import { WeekDrawings } from './week-drawings.tsx';

export function WeeklyReportPage(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const { of: on, digest: digestId, format: asked } = useSearch({ from: '/report/weekly' });
  const paper = asked ?? format.paper;
  const report = useQuery(api.digests.weekly.queryOptions({ input: { on, digestId } }));
  usePageTitle(report.data === undefined ? 'Week' : `${stretchText(report.data, format)} · ${report.data.companyName}`);
  useReadyMark(report.data !== undefined, report.isError);
  return (
    <>
      <BackBar to="/week" title="Week" paper={paper} />
      <StateGate state={stateOf(report)}>
        {report.data !== undefined && (
          <DigestPaper report={report.data} paper={paper} before="A week before">
            <WeekDrawings report={report.data} width={CONTENT_WIDTH[paper]} />
          </DigestPaper>
        )}
      </StateGate>
    </>
  );
}
