/** The types of the contract's calls by their dotted names, as the tables of queries and commands need them. */
import type { ContractProcedure, InferSchemaInput, InferSchemaOutput } from '@orpc/contract';
import type { Contract } from '../../../shared/contract/index.ts';
import type { QueryContext, ReadDb } from '../store/index.ts';

type Namespace = keyof Contract;
export type CallName = { [Space in Namespace]: `${Space}.${Extract<keyof Contract[Space], string>}` }[Namespace];

type ProcedureOf<Name extends CallName> = Name extends `${infer Space extends Namespace}.${infer Call}`
  ? Call extends keyof Contract[Space]
    ? Contract[Space][Call]
    : never
  : never;

/** The input after the contract has parsed it, defaults filled in. */
export type CallInput<Name extends CallName> =
  ProcedureOf<Name> extends ContractProcedure<infer Input, infer _Output, infer _Errors, infer _Meta>
    ? InferSchemaOutput<Input>
    : never;

/** The output as a handler gives it, before the contract parses it. */
export type CallOutput<Name extends CallName> =
  ProcedureOf<Name> extends ContractProcedure<infer _Input, infer Output, infer _Errors, infer _Meta>
    ? InferSchemaInput<Output>
    : never;

/** Calls that only read: they run on the reader's thread. */
export type QueryName =
  | 'workspace.get'
  | 'workspace.logo'
  | 'diagnostics.contacts'
  | 'diagnostics.facts'
  | 'onboarding.state'
  | Extract<
      CallName,
      | `metrics.${string}`
      | `customers.${string}`
      | `retention.${string}`
      | `revenue.${string}`
      | `revops.${string}`
      | `support.${string}`
    >
  | 'digests.daily'
  | 'digests.weekly'
  | 'digests.markdown'
  | 'digests.archive'
  | 'targets.list'
  | 'targets.trajectories'
  | 'targets.edits'
  | 'usage.sources'
  | 'usage.active'
  | 'usage.features'
  | 'usage.behind'
  | 'usage.funnel'
  | 'usage.limits'
  | 'usage.limitsOfCustomer'
  | 'usage.daysOfUse'
  | 'usage.ofCustomer'
  | 'usage.mapping'
  | 'usage.preview'
  | 'identity.accounts'
  | 'identity.alike'
  | 'identity.ofCustomer'
  | 'identity.decisions'
  | 'crmFields.list'
  | 'crmFields.changes'
  | 'closing.list'
  | 'closing.reported'
  | 'closing.compare'
  | 'closing.restatements'
  | 'cash.payouts'
  | 'cash.openQuotes'
  | 'cash.plannedChanges'
  | 'cash.meterUsage'
  | 'sources.completeness'
  | 'costs.sheet'
  | 'costs.edits'
  | 'costs.rejected'
  | 'segments.list'
  | 'annotations.list'
  | 'views.list'
  | 'since.changes'
  | Extract<CallName, `cockpit.${string}`>
  | 'files.kinds'
  | 'files.upload'
  | 'files.uploads'
  | 'files.preview'
  | 'files.imports'
  | 'files.rejected'
  | 'files.mappings'
  | 'files.records'
  | 'sources.catalogue'
  | 'sources.list'
  | 'sources.quarantine'
  | 'sources.holdings'
  | 'sources.budgets'
  | 'sources.rateDifferences'
  | 'alerts.list'
  | 'alerts.rules'
  | 'alerts.quiet'
  | 'reports.boardPack'
  | 'reports.archive';

/** Calls that change something: they run beside the writer. */
export type CommandName =
  | 'workspace.update'
  | 'workspace.setLogo'
  | 'workspace.testNotification'
  | 'data.places'
  | 'data.compact'
  | 'data.exportAll'
  | 'diagnostics.versions'
  | 'diagnostics.preview'
  | 'diagnostics.save'
  | 'workspace.backUp'
  | 'workspace.startDemo'
  | 'onboarding.begin'
  | 'onboarding.note'
  | 'segments.save'
  | 'segments.remove'
  | 'segments.restore'
  | 'annotations.save'
  | Exclude<Extract<CallName, `views.${string}`>, 'views.list'>
  | 'since.look'
  | 'annotations.remove'
  | 'annotations.restore'
  | 'digests.keep'
  | 'digests.print'
  | 'targets.save'
  | 'targets.remove'
  | 'targets.undo'
  | 'privacy.exportCustomer'
  | 'privacy.eraseCustomer'
  | 'usage.saveMapping'
  | 'usage.saveFeature'
  | 'usage.saveLimit'
  | 'identity.decide'
  | 'identity.merge'
  | 'identity.split'
  | 'identity.undo'
  | 'crmFields.save'
  | 'crmFields.undo'
  | 'crmFields.read'
  | 'closing.close'
  | 'closing.reopen'
  | 'sources.retry'
  | 'sources.retryQuarantined'
  | 'costs.enter'
  | 'costs.import'
  | 'costs.undo'
  | 'costs.dismissRejected'
  | 'costs.restoreRejected'
  | 'files.begin'
  | 'files.append'
  | 'files.read'
  | 'files.discard'
  | 'files.dryRun'
  | 'files.import'
  | 'files.undo'
  | 'files.forgetMapping'
  | 'files.recallMapping'
  | 'sources.check'
  | 'sources.connect'
  | 'sources.signIn'
  | 'sources.signInState'
  | 'sources.cancelSignIn'
  | 'sources.sync'
  | 'sources.disconnect'
  | 'sources.undoDisconnect'
  | 'sources.pause'
  | 'sources.resume'
  | 'sources.edit'
  | 'sources.nudge'
  | 'alerts.act'
  | 'alerts.updateRule'
  | 'reports.printBoard';

/** Calls of the host, answered also while the database is locked. */
export type SessionName = Extract<CallName, `session.${string}`>;

/** The functions that answer the queries. */
export type QueryTable = {
  readonly [Name in QueryName]: (db: ReadDb, input: CallInput<Name>, context: QueryContext) => CallOutput<Name>;
};
