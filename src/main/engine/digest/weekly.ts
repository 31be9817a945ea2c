/** `digests.weekly`: how a week went, against the one before and against the target. */
import type { DigestSection, WeeklyDigestReport } from '../../../shared/contract/digest.ts';
import type { Trajectory } from '../../../shared/contract/targets.ts';
import { addDays } from '../../../shared/kernel/day.ts';
import { minor } from '../../../shared/kernel/money.ts';
import { divideRounded } from '../../../shared/kernel/rational.ts';
import { bridge, climb, levelOn, type MetricsContext } from '../metrics/index.ts';
import type { ReadDb } from '../store/index.ts';
import { askFor, NO_BILLING, type Ask } from './ask.ts';
import { levelFigures, rateFigures, supportFigures } from './figures.ts';
import type { Days } from './period.ts';
import { aheadSections } from './sections/ahead.ts';
import { alertSections, supportSections } from './sections/attention.ts';
import { cancellationSection } from './sections/cancellations.ts';
import { limitSection } from './sections/limits.ts';
import { extremes, movesOf, type Move } from './sections/moves.ts';
import { failedPaymentSection, recoverySection } from './sections/payments.ts';
import { conversionSection, trialsStartedSection } from './sections/sign-ups.ts';
import { section, unknown } from './section.ts';
import { caveatsOf, sourceStates } from './state.ts';
import { targetTrajectories } from './target-trajectories.ts';
import { weeklySentences } from './weekly-sentences.ts';
import { dayText, moneyText } from '../wording/index.ts';

/** Weeks whose ends are drawn: a quarter. */
const COURSE_WEEKS = 13;

/** As it is known now, like the digest of a day. `week` may still run: then it is compared with as many days of the week before. */
export function weeklyDigest(
  db: ReadDb,
  { from, to, isOver }: Days & { readonly isOver: boolean },
  companyName: string,
  context: MetricsContext,
): WeeklyDigestReport {
  const days = { from, to };
  const before = { from: addDays(from, -7), to: addDays(to, -7) };
  const ask = askFor(db, days, context);
  const moves = movesOf(ask);
  const moved = bridge(db, days, context);
  const trajectories = targetTrajectories(db, to, context);
  const climbed = climbOf(ask, before, trajectories);
  const sections = [
    extremeSection(ask, moves, 1),
    extremeSection(ask, moves, -1),
    cancellationSection(ask),
    trialsStartedSection(ask),
    conversionSection(ask),
    failedPaymentSection(ask),
    recoverySection(ask),
    limitSection(ask),
    ...alertSections(ask).filter(({ id }) => id === 'alertsOpened'),
    ...supportSections(ask).filter(({ id }) => id === 'slowTickets'),
    ...aheadSections(ask),
  ];
  const figures = [...levelFigures(ask, before), ...rateFigures(ask, before), ...supportFigures(ask, before)];
  return {
    kind: 'weekly',
    ...days,
    isOver,
    computedAt: context.now,
    companyName,
    currency: context.currency,
    policy: context.policy.name,
    timeZone: context.zone,
    before,
    bridge: moved,
    climb: climbed,
    trajectories,
    course: courseOf(ask),
    summary: weeklySentences({ days, isOver, moved, climb: climbed, trajectories, figures, sections, context }),
    figures,
    sections,
    sources: sourceStates(db),
    caveats: caveatsOf(db, days, context),
  };
}

function extremeSection(ask: Ask, moves: readonly Move[], sign: 1 | -1): DigestSection {
  const named = {
    id: sign === 1 ? 'gains' : 'losses',
    group: sign === 1 ? 'growth' : 'losses',
    title: sign === 1 ? 'Largest gains' : 'Largest losses',
    definition: `Customers by what all their movements of the week come to, the largest ${sign === 1 ? 'gain' : 'loss'} first.`,
    how: 'movements',
  } as const;
  if (!ask.hasBilling) return unknown(named, NO_BILLING);
  return section(
    { ...named, why: { metric: 'netNewMrr', kind: null, from: ask.from, to: ask.to } },
    extremes(ask, moves, sign),
  );
}

/** What a week asks for: the path of ARR, else of MRR; without targets the milestone ahead. */
function climbOf(ask: Ask, before: Days, trajectories: readonly Trajectory[]): WeeklyDigestReport['climb'] {
  const { db, context } = ask;
  const arrOn = (day: Days['to']) => levelOn(db, day, context.currency).annual;
  const net = ({ from, to }: Days) => minor(arrOn(to) - arrOn(addDays(from, -1)));
  return { actual: net(ask), before: net(before), ...neededOf(ask, trajectories) };
}

function neededOf(
  { db, to, context }: Ask,
  trajectories: readonly Trajectory[],
): Pick<WeeklyDigestReport['climb'], 'needed' | 'neededFor'> {
  const own = ['arr', 'mrr'].flatMap((metric) => trajectories.filter((each) => each.metric === metric));
  const aim = own.find(
    ({ currency, isOver, pace }) => currency === context.currency && !isOver && pace.needed !== null,
  );
  if (aim?.pace.needed != null) {
    const yearly = aim.metric === 'mrr' ? 12 : 1;
    const goal = `${aim.metric.toUpperCase()} of ${moneyText(aim.target.value, context.currency)} by ${dayText(aim.target.dueOn, to)}`;
    return { needed: minor(aim.pace.needed * yearly), neededFor: goal };
  }
  const { milestone } = climb(db, { asOf: to }, context);
  if (milestone === null) return { needed: null, neededFor: null };
  return {
    needed: milestone.neededPerWeek,
    neededFor: `the milestone of ${moneyText(milestone.target, context.currency)} ARR by ${dayText(milestone.dueOn, to)}`,
  };
}

function courseOf({ db, to, context }: Ask): WeeklyDigestReport['course'] {
  return Array.from({ length: COURSE_WEEKS }, (_, index) => {
    const on = addDays(to, -7 * (COURSE_WEEKS - 1 - index));
    const { annual, missing } = levelOn(db, on, context.currency);
    return { on, mrr: missing.length > 0 && annual === 0 ? null : divideRounded(annual, 12) };
  });
}
