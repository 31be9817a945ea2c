/**
 * The board pack of a month, as it is printed: `/report/board?month=2026-10&format=A4`.
 * The body says `data-ready="true"` when everything is drawn, `failed` when it cannot be.
 */
// Cut once per weight: Chromium embeds the screen's variable font as Type 3 outlines, which print coarsely, search
// badly and are large; these it embeds as TrueType subsets.
import '@fontsource/inter/400.css';
import '@fontsource/inter/500.css';
import '@fontsource/inter/600.css';
import './board.css';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import type { BoardPack } from '../../../../shared/contract/reports.ts';
import { addToMonth, monthOf } from '../../../../shared/kernel/day.ts';
import { ChartMarks } from '../../../charts/marks.tsx';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { usePageTitle } from '../../../lib/address/index.ts';
import { StateGate } from '../../../ui/states.tsx';
import { Cover } from './parts/cover.tsx';
import { Customers } from './parts/customers.tsx';
import { Definitions } from './parts/definitions.tsx';
import { Growth } from './parts/growth.tsx';
import { Overview } from './parts/overview.tsx';
import { Provisional } from './parts/provisional.tsx';
import { Restated } from './parts/restated.tsx';
import { Retention } from './parts/retention.tsx';
import { UnitEconomics } from './parts/unit-economics.tsx';
import { useReadyMark } from '../ready-mark.ts';
import { CONTENT_WIDTH, type Paper } from './paper.ts';
import { useShownNotes } from './use-shown-notes.ts';

export function BoardPage(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const search = useSearch({ from: '/report/board' });
  const freshness = useQuery(api.metrics.freshness.queryOptions());
  const today = freshness.data?.today;
  const month = search.month ?? (today === undefined ? undefined : addToMonth(monthOf(today), -1));
  const noted = useShownNotes(search.noted === 'yes');
  const pack = useQuery({
    ...api.reports.boardPack.queryOptions({ input: { month: month ?? '', shows: search.shows ?? 'known' } }),
    enabled: month !== undefined && noted !== undefined,
  });
  const paper: Paper = search.format ?? format.paper;
  usePageTitle(
    pack.data === undefined ? 'Board pack' : `Board pack ${format.month(pack.data.month)} · ${pack.data.companyName}`,
  );
  const logo = useQuery(api.workspace.logo.queryOptions());
  const queries = [pack, freshness, logo];
  useReadyMark(
    queries.every(({ data }) => data !== undefined),
    queries.some(({ isError }) => isError),
  );
  return (
    <>
      <header className="no-print flex items-center gap-3 border-b border-line bg-canvas px-5 py-2">
        <Link
          to="/reports"
          search={month === undefined ? {} : { month, format: paper, shows: search.shows, noted: search.noted }}
          className="inline-flex h-7 items-center gap-1.5 rounded-md px-2 text-sm font-medium text-muted hover:bg-hover hover:text-ink"
        >
          <ArrowLeft size={14} aria-hidden />
          Reports
        </Link>
        <span className="text-xs text-subtle">As it is printed on {paper === 'A4' ? 'A4' : 'US Letter'}</span>
      </header>
      <StateGate state={stateOf(pack)}>
        {pack.data !== undefined && noted !== undefined && (
          <ChartMarks value={noted}>
            <Pack pack={pack.data} paper={paper} logo={logo.data?.picture ?? null}>
              {freshness.data !== undefined && <Provisional history={freshness.data.history} />}
            </Pack>
          </ChartMarks>
        )}
      </StateGate>
    </>
  );
}

interface PackProps {
  pack: BoardPack;
  paper: Paper;
  logo: string | null;
  children: ReactNode;
}

function Pack({ pack, paper, logo, children }: PackProps): ReactNode {
  const width = CONTENT_WIDTH[paper];
  return (
    <main data-theme="light" className={paper === 'A4' ? 'board board-a4 relative' : 'board board-letter relative'}>
      {children}
      <Cover pack={pack} logo={logo} />
      <Overview pack={pack} />
      <Growth pack={pack} width={width} />
      <Retention pack={pack} />
      <Customers pack={pack} />
      <UnitEconomics pack={pack} />
      {pack.restated !== null && <Restated pack={pack} restated={pack.restated} />}
      <Definitions pack={pack} />
    </main>
  );
}
