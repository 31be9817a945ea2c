/**
 * Warnings.
 * Answers: what happened, or holds now, that the founder should know without
 * asking; what was done about it; which rules are on and how they are set.
 * Never: changes a fact or a figure, calls a vendor, raises the same thing twice.
 */
export { cancellationText } from './cancellation.ts';
export { leavingSubscriptions, type Leaving } from './cancelling.ts';
export { lossReason } from './churned.ts';
export { evaluateAlerts, type Evaluation, type EvaluationContext } from './evaluate.ts';
export { actOnAlert, listAlerts, type AlertAction, type AlertPage, type AlertQuery } from './inbox.ts';
export { failedInvoices, type FailedInvoice } from './payment-failed.ts';
export { listRules, updateRule, type AlertRule, type RuleChange } from './rules.ts';
export { counted, dayText, moneyText, monthText, percentText, tenureText } from './wording.ts';
