/**
 * Warnings.
 * Answers: what happened, or holds now, that the founder should know without
 * asking; what was done about it; which rules are on and how they are set.
 * Never: changes a fact or a figure, calls a vendor, raises the same thing twice.
 */
export { noteBackup } from './backup-health.ts';
export { cancellationText } from './cancellation.ts';
export { leavingSubscriptions } from './cancelling.ts';
export { lossReason } from './churned.ts';
export { evaluateAlerts, type Evaluation } from './evaluate.ts';
export { actOnAlert, listAlerts } from './inbox.ts';
export { subscriptionArr } from './ledger-view.ts';
export { failedInvoices } from './payment-failed.ts';
export { isQuiet, quietNow } from './quiet-hours.ts';
export { listRules, updateRule } from './rules.ts';
export { TOLD_COLUMNS, toldOf, type ToldRow } from './told.ts';
export { watchTime } from './wake.ts';
