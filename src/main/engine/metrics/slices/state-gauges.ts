/** The stocks beside MRR that states give, in the order in which columns number them. */
export const STATE_GAUGES = ['committed', 'past_due', 'trial', 'committed_trial', 'usage', 'trials'] as const;

export const COMMITTED = STATE_GAUGES.indexOf('committed');
export const PAST_DUE = STATE_GAUGES.indexOf('past_due');
export const TRIAL = STATE_GAUGES.indexOf('trial');
export const COMMITTED_TRIAL = STATE_GAUGES.indexOf('committed_trial');
export const USAGE = STATE_GAUGES.indexOf('usage');
export const TRIALS = STATE_GAUGES.indexOf('trials');
