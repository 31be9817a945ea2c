/** Week: how it went, against the week before and against the target, what made it, what comes next. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import type { WeeklyDigestReport } from '../../../shared/contract/digest.ts';
import { addDays, type PlainDay } from '../../../shared/kernel/day.ts';
import { stateOf, useEngine } from '../../lib/engine/index.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { useDigestActions } from '../../ui/digest/digest-actions.tsx';
import { Caveats, Figures, Sentences } from '../../ui/digest/digest-head.tsx';
import { groupsOf, stretchText, type Group } from '../../ui/digest/digest-words.ts';
import { KeptNote } from '../../ui/digest/kept-note.tsx';
import { SectionGroup } from '../../ui/digest/section-group.tsx';
import { SourceStates } from '../../ui/digest/source-states.tsx';
import { TellButton } from '../../ui/digest/tell-button.tsx';
import { Page } from '../../ui/page.tsx';
import { StateGate } from '../../ui/states.tsx';
import { Targets } from './parts/targets.tsx';
import { WeekBridge } from './parts/week-bridge.tsx';
import { WeekClimb } from './parts/week-climb.tsx';

export function WeekPage(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const { of: on, digest: digestId } = useSearch({ from: '/frame/week' });
  const report = useQuery({
    ...api.digests.weekly.queryOptions({ input: { on, digestId } }),
    placeholderData: keepPreviousData,
  });
  const { buttons, outcome } = useDigestActions({ kind: 'weekly', to: on, digestId }, format.paper);
  return (
    <Page
      title="Week"
      subtitle={report.data === undefined ? ' ' : stretchText(report.data, format)}
      actions={
        <>
          <WeekControl report={report.data} />
          {buttons}
          <TellButton kind="weekly" />
        </>
      }
    >
      {outcome}
      <StateGate state={stateOf(report)}>
        {report.data !== undefined && <Body report={report.data} kept={digestId !== undefined} />}
      </StateGate>
    </Page>
  );
}

function WeekControl({ report }: { report: WeeklyDigestReport | undefined }): ReactNode {
  const navigate = useNavigate();
  const { api } = useEngine();
  const today = useQuery(api.metrics.freshness.queryOptions()).data?.today;
  const isDefault = useSearch({ from: '/frame/week' }).of === undefined;
  const go = (day: PlainDay | undefined): void =>
    void navigate({
      to: '/week',
      search: (known) => ({ ...known, of: day, digest: undefined }),
      resetScroll: false,
    });
  const next = report === undefined ? undefined : addDays(report.from, 7);
  return (
    <>
      <IconButton
        icon={ChevronLeft}
        label="The week before"
        disabled={report === undefined}
        onClick={() => report !== undefined && go(addDays(report.from, -7))}
      />
      <IconButton
        icon={ChevronRight}
        label="The week after"
        disabled={next === undefined || today === undefined || next > today}
        onClick={() => go(next)}
      />
      {!isDefault && (
        <Button kind="ghost" onClick={() => go(undefined)}>
          Latest week
        </Button>
      )}
    </>
  );
}

const COLUMNS: readonly (readonly Group[])[] = [['growth'], ['losses', 'money'], ['attention', 'ahead']];

function Body({ report, kept }: { report: WeeklyDigestReport; kept: boolean }): ReactNode {
  const groups = groupsOf(report.sections);
  return (
    <>
      {kept && <KeptNote report={report} />}
      <div className="grid grid-cols-1 items-start gap-4 min-[1180px]:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Sentences summary={report.summary} />
        <WeekClimb report={report} />
      </div>
      <Figures report={report} period="week before" />
      <Targets report={report} kept={kept} />
      <WeekBridge report={report} />
      <div className="grid grid-cols-1 items-start gap-4 min-[900px]:grid-cols-2 min-[1180px]:grid-cols-3">
        {COLUMNS.map((column) => (
          <div key={column.join()} className="flex min-w-0 flex-col gap-4">
            {groups
              .filter(({ group }) => column.includes(group))
              .map((of) => (
                <SectionGroup key={of.group} of={of} currency={report.currency} />
              ))}
            {column.includes('ahead') && <SourceStates sources={report.sources} />}
          </div>
        ))}
      </div>
      <Caveats caveats={report.caveats} />
    </>
  );
}
