/** The contract, implemented: each handler hands its parsed input to the table that answers it. */
import { implement } from '@orpc/server';
import { contract } from '../../../shared/contract/index.ts';
import type { Job } from '../jobs/index.ts';
import type { CallContext } from './call-context.ts';
import type { InputOf } from '../store/index.ts';
import type { CallInput, CommandName, QueryName, QueryTable } from './call-types.ts';
import { answerOf } from './failure-answer.ts';

/** Calls slower than this are logged with their name, never with their input. */
export const SLOW_CALL_MS = 200;

interface Handled<Input> {
  readonly context: CallContext;
  readonly input: Input;
  readonly signal?: AbortSignal | undefined;
}

/** The router of every call; one serves all connections of a host. */
export function createCallRouter() {
  const os = implement(contract)
    .$context<CallContext>()
    .use(async ({ context, path, signal, next }) => {
      const call = path.join('.');
      try {
        return await next();
      } catch (error) {
        throw answerOf(error, call, context.logger, signal);
      }
    })
    .use(async ({ context, path, procedure, next }) => {
      const { kind, whileLocked } = procedure['~orpc'].meta;
      if (whileLocked !== true) context.engine();
      // A stream is no activity: it goes on in a tab that nobody looks at.
      if (kind !== 'stream') context.onActivity();
      const started = performance.now();
      const result = await next();
      const ms = performance.now() - started;
      if (ms > SLOW_CALL_MS) context.logger.warn('Slow call', { call: path.join('.'), ms: Math.round(ms) });
      return result;
    });

  const ask =
    <Name extends QueryName>(name: Name) =>
    ({ context, input, signal }: Handled<InputOf<QueryTable[Name]>>) =>
      context.engine().ask(name, input, signal ? { signal } : {});
  const run =
    <Name extends CommandName>(name: Name) =>
    ({ context, input, signal }: Handled<CallInput<Name>>) => {
      const { commands, worded } = context.engine();
      return worded(() => commands[name](input, signal));
    };

  return os.router({
    session: {
      status: os.session.status.handler(({ context }) => context.session.status()),
      create: os.session.create.handler(({ context, input }) => context.session.create(input)),
      unlock: os.session.unlock.handler(({ context, input }) => context.session.unlock(input)),
      lock: os.session.lock.handler(({ context }) => context.session.lock()),
      backups: os.session.backups.handler(({ context }) => context.session.backups()),
      restore: os.session.restore.handler(({ context, input }) => context.session.restore(input)),
      openDemo: os.session.openDemo.handler(({ context }) => context.session.openDemo()),
      leaveDemo: os.session.leaveDemo.handler(({ context }) => context.session.leaveDemo()),
      changePassphrase: os.session.changePassphrase.handler(({ context, input }) =>
        context.session.changePassphrase(input),
      ),
      setRecovery: os.session.setRecovery.handler(({ context, input }) => context.session.setRecovery(input)),
      ways: os.session.ways.handler(({ context }) => context.session.ways()),
      addKeychain: os.session.addKeychain.handler(({ context, input }) => context.session.addKeychain(input)),
      setPassphrase: os.session.setPassphrase.handler(({ context, input }) => context.session.setPassphrase(input)),
      removeWay: os.session.removeWay.handler(({ context, input }) => context.session.removeWay(input)),
      eraseAll: os.session.eraseAll.handler(({ context, input }) => context.session.eraseAll(input)),
    },
    workspace: {
      get: os.workspace.get.handler(ask('workspace.get')),
      update: os.workspace.update.handler(run('workspace.update')),
      backUp: os.workspace.backUp.handler(run('workspace.backUp')),
      logo: os.workspace.logo.handler(ask('workspace.logo')),
      setLogo: os.workspace.setLogo.handler(run('workspace.setLogo')),
      testNotification: os.workspace.testNotification.handler(run('workspace.testNotification')),
      startDemo: os.workspace.startDemo.handler(run('workspace.startDemo')),
    },
    onboarding: {
      state: os.onboarding.state.handler(ask('onboarding.state')),
      begin: os.onboarding.begin.handler(run('onboarding.begin')),
      note: os.onboarding.note.handler(run('onboarding.note')),
    },
    metrics: {
      definitions: os.metrics.definitions.handler(ask('metrics.definitions')),
      snapshot: os.metrics.snapshot.handler(ask('metrics.snapshot')),
      series: os.metrics.series.handler(ask('metrics.series')),
      bridge: os.metrics.bridge.handler(ask('metrics.bridge')),
      policyBridgeCustomers: os.metrics.policyBridgeCustomers.handler(ask('metrics.policyBridgeCustomers')),
      policyBridge: os.metrics.policyBridge.handler(ask('metrics.policyBridge')),
      climb: os.metrics.climb.handler(ask('metrics.climb')),
      explain: os.metrics.explain.handler(ask('metrics.explain')),
      movements: os.metrics.movements.handler(ask('metrics.movements')),
      evidenceDisagreements: os.metrics.evidenceDisagreements.handler(ask('metrics.evidenceDisagreements')),
      breakdown: os.metrics.breakdown.handler(ask('metrics.breakdown')),
      dimensions: os.metrics.dimensions.handler(ask('metrics.dimensions')),
      dimensionValues: os.metrics.dimensionValues.handler(ask('metrics.dimensionValues')),
      concentration: os.metrics.concentration.handler(ask('metrics.concentration')),
      freshness: os.metrics.freshness.handler(ask('metrics.freshness')),
    },
    customers: {
      list: os.customers.list.handler(ask('customers.list')),
      find: os.customers.find.handler(ask('customers.find')),
      get: os.customers.get.handler(ask('customers.get')),
      timeline: os.customers.timeline.handler(ask('customers.timeline')),
    },
    segments: {
      list: os.segments.list.handler(ask('segments.list')),
      save: os.segments.save.handler(run('segments.save')),
      remove: os.segments.remove.handler(run('segments.remove')),
      restore: os.segments.restore.handler(run('segments.restore')),
    },
    costs: {
      sheet: os.costs.sheet.handler(ask('costs.sheet')),
      edits: os.costs.edits.handler(ask('costs.edits')),
      rejected: os.costs.rejected.handler(ask('costs.rejected')),
      enter: os.costs.enter.handler(run('costs.enter')),
      import: os.costs.import.handler(run('costs.import')),
      undo: os.costs.undo.handler(run('costs.undo')),
      dismissRejected: os.costs.dismissRejected.handler(run('costs.dismissRejected')),
      restoreRejected: os.costs.restoreRejected.handler(run('costs.restoreRejected')),
    },
    cash: {
      payouts: os.cash.payouts.handler(ask('cash.payouts')),
      openQuotes: os.cash.openQuotes.handler(ask('cash.openQuotes')),
      plannedChanges: os.cash.plannedChanges.handler(ask('cash.plannedChanges')),
      meterUsage: os.cash.meterUsage.handler(ask('cash.meterUsage')),
    },
    sources: {
      catalogue: os.sources.catalogue.handler(ask('sources.catalogue')),
      list: os.sources.list.handler(ask('sources.list')),
      check: os.sources.check.handler(run('sources.check')),
      connect: os.sources.connect.handler(run('sources.connect')),
      signIn: os.sources.signIn.handler(run('sources.signIn')),
      signInState: os.sources.signInState.handler(run('sources.signInState')),
      cancelSignIn: os.sources.cancelSignIn.handler(run('sources.cancelSignIn')),
      sync: os.sources.sync.handler(run('sources.sync')),
      disconnect: os.sources.disconnect.handler(run('sources.disconnect')),
      undoDisconnect: os.sources.undoDisconnect.handler(run('sources.undoDisconnect')),
      pause: os.sources.pause.handler(run('sources.pause')),
      resume: os.sources.resume.handler(run('sources.resume')),
      edit: os.sources.edit.handler(run('sources.edit')),
      nudge: os.sources.nudge.handler(run('sources.nudge')),
      holdings: os.sources.holdings.handler(ask('sources.holdings')),
      budgets: os.sources.budgets.handler(ask('sources.budgets')),
      rateDifferences: os.sources.rateDifferences.handler(ask('sources.rateDifferences')),
      quarantine: os.sources.quarantine.handler(ask('sources.quarantine')),
      completeness: os.sources.completeness.handler(ask('sources.completeness')),
      retryQuarantined: os.sources.retryQuarantined.handler(run('sources.retryQuarantined')),
      retry: os.sources.retry.handler(run('sources.retry')),
    },
    files: {
      kinds: os.files.kinds.handler(ask('files.kinds')),
      begin: os.files.begin.handler(run('files.begin')),
      append: os.files.append.handler(run('files.append')),
      read: os.files.read.handler(run('files.read')),
      upload: os.files.upload.handler(ask('files.upload')),
      uploads: os.files.uploads.handler(ask('files.uploads')),
      discard: os.files.discard.handler(run('files.discard')),
      preview: os.files.preview.handler(ask('files.preview')),
      dryRun: os.files.dryRun.handler(run('files.dryRun')),
      import: os.files.import.handler(run('files.import')),
      imports: os.files.imports.handler(ask('files.imports')),
      rejected: os.files.rejected.handler(ask('files.rejected')),
      undo: os.files.undo.handler(run('files.undo')),
      mappings: os.files.mappings.handler(ask('files.mappings')),
      forgetMapping: os.files.forgetMapping.handler(run('files.forgetMapping')),
      recallMapping: os.files.recallMapping.handler(run('files.recallMapping')),
      records: os.files.records.handler(ask('files.records')),
    },
    usage: {
      sources: os.usage.sources.handler(ask('usage.sources')),
      active: os.usage.active.handler(ask('usage.active')),
      features: os.usage.features.handler(ask('usage.features')),
      behind: os.usage.behind.handler(ask('usage.behind')),
      funnel: os.usage.funnel.handler(ask('usage.funnel')),
      limits: os.usage.limits.handler(ask('usage.limits')),
      limitsOfCustomer: os.usage.limitsOfCustomer.handler(ask('usage.limitsOfCustomer')),
      daysOfUse: os.usage.daysOfUse.handler(ask('usage.daysOfUse')),
      ofCustomer: os.usage.ofCustomer.handler(ask('usage.ofCustomer')),
      mapping: os.usage.mapping.handler(ask('usage.mapping')),
      preview: os.usage.preview.handler(ask('usage.preview')),
      saveMapping: os.usage.saveMapping.handler(run('usage.saveMapping')),
      saveFeature: os.usage.saveFeature.handler(run('usage.saveFeature')),
      saveLimit: os.usage.saveLimit.handler(run('usage.saveLimit')),
    },
    identity: {
      accounts: os.identity.accounts.handler(ask('identity.accounts')),
      alike: os.identity.alike.handler(ask('identity.alike')),
      ofCustomer: os.identity.ofCustomer.handler(ask('identity.ofCustomer')),
      decisions: os.identity.decisions.handler(ask('identity.decisions')),
      decide: os.identity.decide.handler(run('identity.decide')),
      merge: os.identity.merge.handler(run('identity.merge')),
      split: os.identity.split.handler(run('identity.split')),
      undo: os.identity.undo.handler(run('identity.undo')),
    },
    digests: {
      daily: os.digests.daily.handler(ask('digests.daily')),
      weekly: os.digests.weekly.handler(ask('digests.weekly')),
      markdown: os.digests.markdown.handler(ask('digests.markdown')),
      archive: os.digests.archive.handler(ask('digests.archive')),
      keep: os.digests.keep.handler(run('digests.keep')),
      print: os.digests.print.handler(run('digests.print')),
    },
    targets: {
      list: os.targets.list.handler(ask('targets.list')),
      trajectories: os.targets.trajectories.handler(ask('targets.trajectories')),
      edits: os.targets.edits.handler(ask('targets.edits')),
      save: os.targets.save.handler(run('targets.save')),
      remove: os.targets.remove.handler(run('targets.remove')),
      undo: os.targets.undo.handler(run('targets.undo')),
    },
    support: {
      desk: os.support.desk.handler(ask('support.desk')),
      nps: os.support.nps.handler(ask('support.nps')),
      ofCustomer: os.support.ofCustomer.handler(ask('support.ofCustomer')),
    },
    views: {
      list: os.views.list.handler(ask('views.list')),
      save: os.views.save.handler(run('views.save')),
      open: os.views.open.handler(run('views.open')),
      move: os.views.move.handler(run('views.move')),
      remove: os.views.remove.handler(run('views.remove')),
      restore: os.views.restore.handler(run('views.restore')),
    },
    since: {
      changes: os.since.changes.handler(ask('since.changes')),
      look: os.since.look.handler(run('since.look')),
    },
    cockpit: {
      ahead: os.cockpit.ahead.handler(ask('cockpit.ahead')),
      leaving: os.cockpit.leaving.handler(ask('cockpit.leaving')),
      nextActions: os.cockpit.nextActions.handler(ask('cockpit.nextActions')),
      trials: os.cockpit.trials.handler(ask('cockpit.trials')),
    },
    annotations: {
      list: os.annotations.list.handler(ask('annotations.list')),
      save: os.annotations.save.handler(run('annotations.save')),
      remove: os.annotations.remove.handler(run('annotations.remove')),
      restore: os.annotations.restore.handler(run('annotations.restore')),
    },
    crmFields: {
      list: os.crmFields.list.handler(ask('crmFields.list')),
      changes: os.crmFields.changes.handler(ask('crmFields.changes')),
      save: os.crmFields.save.handler(run('crmFields.save')),
      undo: os.crmFields.undo.handler(run('crmFields.undo')),
      read: os.crmFields.read.handler(run('crmFields.read')),
    },
    closing: {
      list: os.closing.list.handler(ask('closing.list')),
      close: os.closing.close.handler(run('closing.close')),
      reopen: os.closing.reopen.handler(run('closing.reopen')),
      reported: os.closing.reported.handler(ask('closing.reported')),
      compare: os.closing.compare.handler(ask('closing.compare')),
      restatements: os.closing.restatements.handler(ask('closing.restatements')),
    },
    alerts: {
      list: os.alerts.list.handler(ask('alerts.list')),
      quiet: os.alerts.quiet.handler(ask('alerts.quiet')),
      act: os.alerts.act.handler(run('alerts.act')),
      rules: os.alerts.rules.handler(ask('alerts.rules')),
      updateRule: os.alerts.updateRule.handler(run('alerts.updateRule')),
    },
    reports: {
      boardPack: os.reports.boardPack.handler(ask('reports.boardPack')),
      printBoard: os.reports.printBoard.handler(run('reports.printBoard')),
      archive: os.reports.archive.handler(ask('reports.archive')),
    },
    retention: {
      cohorts: os.retention.cohorts.handler(ask('retention.cohorts')),
      members: os.retention.members.handler(ask('retention.members')),
      survival: os.retention.survival.handler(ask('retention.survival')),
      trials: os.retention.trials.handler(ask('retention.trials')),
      returned: os.retention.returned.handler(ask('retention.returned')),
    },
    revenue: {
      recovery: os.revenue.recovery.handler(ask('revenue.recovery')),
      churn: os.revenue.churn.handler(ask('revenue.churn')),
      timeToPay: os.revenue.timeToPay.handler(ask('revenue.timeToPay')),
      byPart: os.revenue.byPart.handler(ask('revenue.byPart')),
      discounts: os.revenue.discounts.handler(ask('revenue.discounts')),
      cliffs: os.revenue.cliffs.handler(ask('revenue.cliffs')),
    },
    revops: {
      deferredRevenue: os.revops.deferredRevenue.handler(ask('revops.deferredRevenue')),
    },
    data: {
      places: os.data.places.handler(run('data.places')),
      compact: os.data.compact.handler(run('data.compact')),
      exportAll: os.data.exportAll.handler(run('data.exportAll')),
    },
    privacy: {
      exportCustomer: os.privacy.exportCustomer.handler(run('privacy.exportCustomer')),
      eraseCustomer: os.privacy.eraseCustomer.handler(run('privacy.eraseCustomer')),
    },
    diagnostics: {
      versions: os.diagnostics.versions.handler(run('diagnostics.versions')),
      contacts: os.diagnostics.contacts.handler(ask('diagnostics.contacts')),
      facts: os.diagnostics.facts.handler(ask('diagnostics.facts')),
      preview: os.diagnostics.preview.handler(run('diagnostics.preview')),
      save: os.diagnostics.save.handler(run('diagnostics.save')),
    },
    jobs: {
      list: os.jobs.list.handler(({ context, input }) => context.engine().jobs.list(input.limit)),
      get: os.jobs.get.handler(({ context, input }) => context.engine().jobs.get(input.jobId)),
      cancel: os.jobs.cancel.handler(({ context, input }) => context.engine().jobs.cancel(input.jobId)),
      watch: os.jobs.watch.handler(({ context, signal }) =>
        answering(context.engine().jobEvents.listen(signal, sameJob), context, 'jobs.watch'),
      ),
    },
    changes: {
      watch: os.changes.watch.handler(({ context, signal }) =>
        answering(context.engine().changes.watch(signal), context, 'changes.watch'),
      ),
      notifications: os.changes.notifications.handler(({ context, signal }) =>
        answering(context.engine().notifications.listen(signal), context, 'changes.notifications'),
      ),
    },
  });
}

export type CallRouter = ReturnType<typeof createCallRouter>;

/** Older progress of the same job is pointless to a listener that has not read it yet. */
function sameJob(later: Job, earlier: Job): boolean {
  return later.jobId === earlier.jobId;
}

/** A stream fails after its handler has returned; its failures are answered in the same words as any call's. */
async function* answering<Event>(
  events: AsyncGenerator<Event, void, void>,
  { logger }: CallContext,
  call: string,
): AsyncGenerator<Event, void, void> {
  try {
    yield* events;
  } catch (error) {
    // Boundary: the end of a stream is an answer.
    throw answerOf(error, call, logger);
  }
}
