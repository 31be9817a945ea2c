/**
 * The digest of some days as it is printed: `/report/daily?since=2026-11-19&until=2026-11-20&format=A4`.
 * The body says `data-ready="true"` when everything is drawn, `failed` when it cannot be.
 */
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
import { useReadyMark } from '../ready-mark.ts';
import { BackBar } from '../digest/back-bar.tsx';
import { DigestPaper } from '../digest/digest-paper.tsx';

export function DailyReportPage(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const { since: from, until: to, digest: digestId, format: asked } = useSearch({ from: '/report/daily' });
  const paper = asked ?? format.paper;
  const report = useQuery(api.digests.daily.queryOptions({ input: { from, to, digestId } }));
  usePageTitle(
    report.data === undefined ? 'Today' : `${stretchText(report.data, format)} · ${report.data.companyName}`,
  );
  useReadyMark(report.data !== undefined, report.isError);
  return (
    <>
      <BackBar to="/today" title="Today" paper={paper} />
      <StateGate state={stateOf(report)}>
        {report.data !== undefined && <DigestPaper report={report.data} paper={paper} before="Before" />}
      </StateGate>
    </>
  );
}
