/**
 * Cohorts and survival (R24).
 * Answers: of those who began in a month, quarter or year, who stays and how
 * much of their MRR; how long do customers stay; who came back?
 * One pass over all customers' levels; every value leads to its customers.
 * Never: stores anything, or guesses how long those who still pay will stay.
 */
export { closedMonthCohorts, cohorts } from './cohorts.ts';
export { ageAtShare, kaplanMeier, restrictedMean, type ObservedLife } from './kaplan-meier.ts';
export { valueAt } from './matrix.ts';
export { cohortMembers } from './members.ts';
export { returned } from './returned.ts';
export { survival } from './survival.ts';
export { trialCohorts } from './trials.ts';
export { trialFunnel } from './trial-funnel.ts';
