/** Board packs: choose a month, look at it, print it as a PDF, and find the earlier ones. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { addToMonth, monthOf, monthsBetween, type PlainMonth } from '../../../shared/kernel/day.ts';
import { useFilters } from '../../lib/address/index.ts';
import { stateOf, useEngine } from '../../lib/engine/index.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { Page } from '../../ui/page.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { EmptyState, StateGate } from '../../ui/states.tsx';
import { Tile } from '../../ui/tile.tsx';
import { Checkbox } from '../../ui/toggle.tsx';
import { Archive } from './parts/archive.tsx';
import { DigestArchive } from './parts/digest-archive.tsx';
import { PrintBoard } from './parts/print-board.tsx';
import { PackPreview } from './parts/pack-preview.tsx';

export function ReportsPage(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const search = useSearch({ from: '/frame/reports' });
  const navigate = useNavigate();
  const freshness = useQuery(api.metrics.freshness.queryOptions());
  const today = freshness.data?.today;
  const months = offeredMonths(freshness.data?.firstDay ?? null, today);
  const asOf = useFilters().asOf;
  const ofDay = months.find((each) => asOf !== undefined && each === monthOf(asOf));
  const month = search.month ?? ofDay ?? months[1] ?? months[0];
  const paper = search.format ?? format.paper;
  const closing = useQuery(api.closing.list.queryOptions());
  const closed = new Set(closing.data?.months.flatMap(({ month: one, state }) => (state === 'closed' ? [one] : [])));
  const isClosed = month !== undefined && closed.has(month);
  const shows = isClosed ? (search.shows ?? 'known') : 'known';
  const notes = search.noted === 'yes';
  const change = (part: {
    month?: PlainMonth;
    format?: 'A4' | 'Letter';
    shows?: 'known' | 'reported';
    noted?: 'yes' | undefined;
  }): void =>
    void navigate({ to: '/reports', search: (known) => ({ ...known, ...part }), replace: true, resetScroll: false });
  return (
    <Page
      title="Reports"
      subtitle="The board pack of a month: figures, definitions and sources on paper"
      className="max-w-6xl"
    >
      <StateGate state={stateOf(freshness)}>
        {month === undefined ? (
          <EmptyState
            title="No month to report yet"
            hint="As soon as a source has been synced, its months can be printed here."
          />
        ) : (
          <div className="flex flex-col gap-4">
            <Tile title={`Board pack ${format.month(month, 'long')}`} subtitle={monthNote(month, today, isClosed)}>
              <div className="flex flex-wrap items-end gap-3">
                <div className="w-56">
                  <Select
                    label="Month"
                    options={months.map((value) => ({
                      value,
                      label: `${format.month(value, 'long')}${closed.has(value) ? ' (closed)' : ''}`,
                    }))}
                    value={month}
                    onChange={(value) => change({ month: value })}
                  />
                </div>
                <div className="flex h-8 items-center">
                  <Segmented
                    label="Paper"
                    className="self-center!"
                    choices={[
                      { value: 'A4', label: 'A4' },
                      { value: 'Letter', label: 'US Letter' },
                    ]}
                    value={paper}
                    onChange={(value) => change({ format: value })}
                  />
                </div>
                {isClosed && (
                  <div className="flex h-8 items-center">
                    <Segmented
                      label="Figures"
                      className="self-center!"
                      choices={[
                        { value: 'known', label: 'As known today' },
                        { value: 'reported', label: 'As reported' },
                      ]}
                      value={shows}
                      onChange={(value) => change({ shows: value })}
                    />
                  </div>
                )}
                <div className="flex h-8 items-center">
                  <Checkbox
                    label="Notes on charts"
                    checked={notes}
                    onChange={(on) => change({ noted: on ? 'yes' : undefined })}
                  />
                </div>
                <PrintBoard month={month} paper={paper} shows={shows} notes={notes} />
              </div>
              <PackPreview month={month} paper={paper} shows={shows} notes={notes} />
            </Tile>
            <Archive />
          </div>
        )}
      </StateGate>
      {/* After what stands above it, which would push it down. */}
      {!freshness.isPending && <DigestArchive />}
    </Page>
  );
}

function monthNote(month: PlainMonth, today: Parameters<typeof monthOf>[0] | undefined, closed: boolean): string {
  if (today !== undefined && month === monthOf(today)) return 'The month is still running: its figures go to today';
  return closed
    ? 'Closed: its figures are frozen, and restatements are noted beside them'
    : 'Not closed yet: later facts change its figures';
}

/** Newest first; at most five years, because older packs are asked for by address. */
function offeredMonths(
  firstDay: Parameters<typeof monthOf>[0] | null,
  today: Parameters<typeof monthOf>[0] | undefined,
): PlainMonth[] {
  if (firstDay === null || today === undefined) return [];
  const last = monthOf(today);
  const earliest = addToMonth(last, -59);
  const first = monthOf(firstDay);
  return monthsBetween(first > earliest ? first : earliest, last).reverse();
}
