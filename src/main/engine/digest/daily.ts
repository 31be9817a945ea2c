/** `digests.daily`: what happened in some days, and what is to come. */
import type { DailyDigestReport } from '../../../shared/contract/digest.ts';
import { bridge, type MetricsContext } from '../metrics/index.ts';
import type { ReadDb } from '../store/index.ts';
import { askFor } from './ask.ts';
import { levelFigures, stretchBefore } from './figures.ts';
import type { Days } from './period.ts';
import { aheadSections } from './sections/ahead.ts';
import { alertSections, supportSections } from './sections/attention.ts';
import { cancellationSection } from './sections/cancellations.ts';
import { limitSection } from './sections/limits.ts';
import { movementSections, movesOf } from './sections/moves.ts';
import { cashSection, failedPaymentSection, recoverySection } from './sections/payments.ts';
import { conversionSection, signUpSection, trialsStartedSection } from './sections/sign-ups.ts';
import { caveatsOf, sourceStates } from './state.ts';
import { dailySentences } from './daily-sentences.ts';

/** As it is known now: a day of the past is told by what has come to light since. */
export function dailyDigest(db: ReadDb, days: Days, companyName: string, context: MetricsContext): DailyDigestReport {
  const ask = askFor(db, days, context);
  const moved = bridge(db, days, context);
  const [newCustomers, expansion, cameBack, left, downgrades] = movementSections(ask, movesOf(ask), moved);
  const sections = [
    signUpSection(ask),
    trialsStartedSection(ask),
    conversionSection(ask),
    newCustomers,
    expansion,
    cameBack,
    cancellationSection(ask),
    left,
    downgrades,
    cashSection(ask),
    failedPaymentSection(ask),
    recoverySection(ask),
    limitSection(ask),
    ...alertSections(ask),
    ...supportSections(ask),
    ...aheadSections(ask),
  ].filter((section) => section !== undefined);
  const isQuiet = sections.every(({ isEvent, count }) => !isEvent || count === null || count === 0);
  const figures = levelFigures(ask, stretchBefore(days));
  return {
    kind: 'daily',
    ...days,
    isOver: days.to < context.today,
    computedAt: context.now,
    companyName,
    currency: context.currency,
    policy: context.policy.name,
    timeZone: context.zone,
    isQuiet,
    summary: dailySentences({ days, isQuiet, sections, moved, context }),
    figures,
    sections,
    sources: sourceStates(db),
    caveats: caveatsOf(db, days, context),
  };
}
