/** Today: what happened since yesterday, or on any days, and what the next seven bring. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DailyDigestReport } from '../../../shared/contract/digest.ts';
import { addDays, daysBetween, plainDay, type PlainDay } from '../../../shared/kernel/day.ts';
import { isAppError } from '../../../shared/kernel/errors.ts';
import { stateOf, useEngine } from '../../lib/engine/index.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { useDigestActions } from '../../ui/digest/digest-actions.tsx';
import { Caveats, Figures, Sentences } from '../../ui/digest/digest-head.tsx';
import { groupsOf, stretchText, type Group } from '../../ui/digest/digest-words.ts';
import { KeptNote } from '../../ui/digest/kept-note.tsx';
import { SectionGroup } from '../../ui/digest/section-group.tsx';
import { SourceStates } from '../../ui/digest/source-states.tsx';
import { TellButton } from '../../ui/digest/tell-button.tsx';
import { Page } from '../../ui/page.tsx';
import { StateGate } from '../../ui/states.tsx';
import { TextField } from '../../ui/text-field.tsx';

export function TodayPage(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const search = useSearch({ from: '/frame/today' });
  const { since: from, until: to, digest: digestId } = search;
  const chosen = { from, to, digestId };
  const report = useQuery({ ...api.digests.daily.queryOptions({ input: chosen }), placeholderData: keepPreviousData });
  const { buttons, outcome } = useDigestActions({ kind: 'daily', ...chosen }, format.paper);
  return (
    <Page
      title="Today"
      subtitle={report.data === undefined ? ' ' : stretchText(report.data, format)}
      actions={
        <>
          <DayControl report={report.data} />
          {buttons}
          <TellButton kind="daily" />
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

/** One day back and forth; the field chooses any; the button goes back to the default. */
function DayControl({ report }: { report: DailyDigestReport | undefined }): ReactNode {
  const navigate = useNavigate();
  const { api } = useEngine();
  const today = useQuery(api.metrics.freshness.queryOptions()).data?.today;
  const isDefault = useSearch({ from: '/frame/today' }).since === undefined;
  const go = (day: PlainDay | undefined): void =>
    void navigate({
      to: '/today',
      search: (known) => ({ ...known, since: day, until: day, digest: undefined }),
      resetScroll: false,
    });
  const length = report === undefined ? 0 : daysBetween(report.from, report.to);
  return (
    <>
      <IconButton
        icon={ChevronLeft}
        label="The day before"
        disabled={report === undefined}
        onClick={() => report !== undefined && go(length > 0 ? report.from : addDays(report.from, -1))}
      />
      <div className="w-36">
        <TextField
          label="Day"
          labelHidden
          type="date"
          value={report?.from ?? ''}
          {...(today === undefined ? {} : { max: today })}
          onChange={(text) => {
            const day = dayOf(text);
            if (day !== null) go(day);
          }}
        />
      </div>
      <IconButton
        icon={ChevronRight}
        label="The day after"
        disabled={report === undefined || today === undefined || report.to >= today}
        onClick={() => report !== undefined && go(addDays(report.to, 1))}
      />
      {!isDefault && (
        <Button kind="ghost" onClick={() => go(undefined)}>
          Since yesterday
        </Button>
      )}
    </>
  );
}

/** A day while it is being typed is none yet. */
function dayOf(text: string): PlainDay | null {
  try {
    return plainDay(text);
  } catch (error) {
    if (isAppError(error, 'invalid_input')) return null;
    throw error;
  }
}

const COLUMNS: readonly (readonly Group[])[] = [['growth', 'losses'], ['money', 'attention'], ['ahead']];

function Body({ report, kept }: { report: DailyDigestReport; kept: boolean }): ReactNode {
  const format = useFormat();
  const groups = groupsOf(report.sections);
  const length = daysBetween(report.from, report.to) + 1;
  return (
    <>
      {kept && <KeptNote report={report} />}
      {report.isQuiet && (
        <Callout tone="neutral" title={report.summary[0] ?? 'Nothing happened'}>
          A quiet stretch: of everything that can be known, nothing happened. What lies ahead stands below.
        </Callout>
      )}
      {!report.isQuiet && <Sentences summary={report.summary} />}
      <Figures report={report} period={length === 1 ? 'day before' : `${format.count(length)} days before`} />
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
