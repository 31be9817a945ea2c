/** The parts of Today and the week, and a figure against its target. */
import type { ReactNode } from 'react';
import type { DailyDigestReport, DigestSection } from '../../shared/contract/digest.ts';
import type { Trajectory } from '../../shared/contract/targets.ts';
import { USD } from '../../shared/kernel/currency.ts';
import { addDays, plainDay } from '../../shared/kernel/day.ts';
import { instantOfIso } from '../../shared/kernel/instant.ts';
import { minor } from '../../shared/kernel/money.ts';
import { TrajectoryChart } from '../charts/trajectory-chart.tsx';
import { useDigestActions } from '../ui/digest/digest-actions.tsx';
import { Caveats, Figures, Sentences } from '../ui/digest/digest-head.tsx';
import { groupsOf } from '../ui/digest/digest-words.ts';
import { KeptNote } from '../ui/digest/kept-note.tsx';
import { SectionGroup } from '../ui/digest/section-group.tsx';
import { SourceStates } from '../ui/digest/source-states.tsx';
import { TellButton } from '../ui/digest/tell-button.tsx';
import { Exhibit, Room } from './frame.tsx';
import { open, TODAY } from './sample.ts';

const section = (id: string, title: string, count: number | null): DigestSection => ({
  id,
  group: 'growth',
  title,
  definition: 'Who pays for the first time.',
  count,
  reason: count === null ? 'No source of payments is connected' : null,
  amount: count === null ? null : minor(count * 4_900),
  amountIs: 'mrr',
  note: null,
  why: null,
  how: null,
  lines:
    count === 1
      ? [
          {
            customerId: null,
            who: 'Acme Ltd',
            on: TODAY,
            what: 'Team, by month',
            amount: minor(4_900),
            currency: USD,
            note: null,
            target: '/customers',
            evidence: 'event',
            sourceObjectId: null,
            sourceUrl: null,
          },
        ]
      : [],
  more: 0,
  isEvent: true,
});

const REPORT: DailyDigestReport = {
  kind: 'daily',
  from: addDays(TODAY, -1),
  to: TODAY,
  isOver: false,
  computedAt: instantOfIso('2026-11-21T08:00:00Z'),
  companyName: 'Acme',
  currency: USD,
  policy: 'own',
  timeZone: 'Europe/Berlin',
  summary: ['One customer came, none left: +$49 MRR.', 'Nothing has failed.'],
  figures: [
    {
      id: 'mrr',
      label: 'MRR',
      unit: 'money',
      value: 7_010_283,
      reason: null,
      before: 7_005_383,
      better: 'up',
      why: null,
    },
  ],
  sections: [section('new', 'New customers', 1), section('trials', 'Trials', 0), section('paid', 'Payments', null)],
  sources: [
    { name: 'Stripe', state: 'ready', syncedAt: instantOfIso('2026-11-21T07:55:00Z'), complete: true, problem: null },
    { name: 'HubSpot', state: 'failing', syncedAt: null, complete: false, problem: 'The key was refused' },
  ],
  caveats: ['The last day is not over.'],
  isQuiet: false,
};

const PATH: Trajectory = {
  metric: 'mrr',
  currency: USD,
  asOf: TODAY,
  target: {
    targetId: 1,
    metric: 'mrr',
    startsOn: plainDay('2026-01-01'),
    startValue: null,
    dueOn: plainDay('2027-03-31'),
    value: 9_000_000,
    currency: USD,
    shape: 'linear',
  },
  from: { on: plainDay('2026-01-01'), value: 4_000_000 },
  isOver: false,
  actual: 7_010_283,
  reason: null,
  planned: 7_560_000,
  variance: -549_717,
  daysBehind: 50,
  pace: { actual: 62_000, planned: 77_000, needed: 106_000 },
  neededGrowth: 0.06,
  expectedOn: plainDay('2027-06-20'),
  points: Array.from({ length: 66 }, (_, week) => {
    const on = addDays(plainDay('2026-01-01'), week * 7);
    return {
      on,
      planned: 4_000_000 + week * 76_923,
      actual: on <= TODAY ? 4_000_000 + week * 66_000 - (week % 5) * 20_000 : null,
    };
  }),
  sentences: ['MRR is $70.1K, $5.5K below the path to $90K by Mar 31, 2027.'],
};

export function DigestRoom(): ReactNode {
  const actions = useDigestActions({ kind: 'daily' }, 'A4');
  const [group] = groupsOf(REPORT.sections);
  return (
    <Room title="Digests">
      <div className="grid grid-cols-1 items-start gap-4 md:grid-cols-2">
        <Exhibit name="In short, figures, what to know">
          <Sentences summary={REPORT.summary} />
          <Figures report={REPORT} period="the day before" />
          <Caveats caveats={REPORT.caveats} />
        </Exhibit>
        <Exhibit name="Sections, sources">
          {group !== undefined && <SectionGroup of={group} currency={USD} />}
          <SourceStates sources={REPORT.sources} />
        </Exhibit>
        <Exhibit name="As it was told; what can be done with it">
          <KeptNote report={REPORT} />
          <div className="flex items-center gap-2">
            {actions.buttons}
            <TellButton kind="daily" />
          </div>
          {actions.outcome}
        </Exhibit>
        <TrajectoryChart trajectory={PATH} onHow={open} />
      </div>
    </Room>
  );
}
