/**
 * Every read-only call, as a function of the database: run by the reader's
 * thread, which imports this table, and typed for the engine's side of it.
 */
import { instant } from '../../../shared/kernel/instant.ts';
import { listAnnotations } from '../annotations/index.ts';
import { listAlerts, listRules, quietNow } from '../alerts/index.ts';
import { listFieldChanges, listFields } from '../crm-fields/index.ts';
import { costEdits, costSheet, rejectedRows } from '../costs/index.ts';
import {
  breakdown,
  bridge,
  churnReport,
  cliffs,
  climb,
  cohortMembers,
  cohorts,
  concentration,
  customer,
  customers,
  findCustomers,
  customerTimeline,
  DEFINITIONS,
  dimensions,
  deskReport,
  dimensionValues,
  discounts,
  evidenceDisagreements,
  explain,
  freshness,
  meterUsage,
  openQuotes,
  payouts,
  plannedChanges,
  movements,
  npsReport,
  policyBridge,
  policyBridgeCustomers,
  recovery,
  returned,
  segments,
  series,
  snapshot,
  supportOfCustomer,
  survival,
  trialCohorts,
  revenueByPart,
  timeToPay,
} from '../metrics/index.ts';
import { alikeCustomers, listAccounts, listDecisions, recordsOfCustomer } from '../identity/index.ts';
import { closingList, comparedMonth, reportedMonth, restatements } from '../closing/index.ts';
import { boardPack, listReportFiles } from '../reports/index.ts';
import { deferredRevenue } from '../revops/index.ts';
import { databaseFacts, listContacts } from '../diagnostics/index.ts';
import type { QueryContext, ReadDb } from '../store/index.ts';
import { completeness } from '../sync/index.ts';
import { setAside } from './set-aside.ts';
import { crmFieldSettings } from './crm-field-settings.ts';
import {
  activeUsers,
  daysOfUse,
  featureUse,
  funnel,
  customerLimits,
  limitUse,
  previewMapping,
  usageMapping,
  usageOfCustomer,
  usageSources,
  useBehind,
} from '../usage/index.ts';
import type { QueryTable } from './call-types.ts';
import { cockpitQueries } from './cockpit-queries.ts';
import { DIGEST_QUERIES } from './digest-calls.ts';
import { fileQueries } from './file-queries.ts';
import { metricsContext } from './metrics-context.ts';
import { listSources, sourceCatalogue } from './source-list.ts';
import { onboardingState } from './onboarding-commands.ts';
import { SOURCE_UPKEEP_QUERIES } from './source-upkeep.ts';
import { readLogo } from './company-logo.ts';
import { readWorkspace } from './workspace-settings.ts';

function contextOf(db: ReadDb, { nowMs }: QueryContext) {
  return metricsContext(readWorkspace(db), instant(nowMs));
}

export const queries: QueryTable = {
  'workspace.get': (db) => readWorkspace(db),
  'workspace.logo': (db) => readLogo(db),
  'diagnostics.contacts': (db) => listContacts(db),
  'diagnostics.facts': (db, _input, { nowMs }) => databaseFacts(db, readWorkspace(db), nowMs),
  'onboarding.state': (db) => onboardingState(db),
  'metrics.definitions': () => [...DEFINITIONS],
  'metrics.snapshot': (db, input, context) => snapshot(db, input, contextOf(db, context)),
  'metrics.series': (db, input, context) => series(db, input, contextOf(db, context)),
  'metrics.bridge': (db, input, context) => bridge(db, input, contextOf(db, context)),
  'metrics.policyBridgeCustomers': (db, input, context) => policyBridgeCustomers(db, input, contextOf(db, context)),
  'metrics.policyBridge': (db, input, context) => policyBridge(db, input, contextOf(db, context)),
  'metrics.climb': (db, input, context) => climb(db, input, contextOf(db, context)),
  'metrics.explain': (db, input, context) => explain(db, input, contextOf(db, context)),
  'metrics.movements': (db, input, context) => movements(db, input, contextOf(db, context)),
  'metrics.evidenceDisagreements': (db, input, context) => evidenceDisagreements(db, input, contextOf(db, context)),
  'metrics.breakdown': (db, input, context) => breakdown(db, input, contextOf(db, context)),
  'metrics.dimensions': (db) => dimensions(db),
  'metrics.dimensionValues': (db, input, context) => dimensionValues(db, input, contextOf(db, context)),
  ...cockpitQueries,
  'annotations.list': (db) => listAnnotations(db),
  'segments.list': (db, _input, context) => segments(db, contextOf(db, context)),
  'metrics.concentration': (db, input, context) => concentration(db, input, contextOf(db, context)),
  'customers.list': (db, input, context) => customers(db, input, contextOf(db, context)),
  'customers.find': (db, input, context) => findCustomers(db, input, contextOf(db, context)),
  'customers.get': (db, input, context) => customer(db, input, contextOf(db, context)),
  'customers.timeline': (db, input, context) => customerTimeline(db, input, contextOf(db, context)),
  'metrics.freshness': (db, _input, context) => freshness(db, contextOf(db, context)),
  'costs.sheet': (db, input, context) => costSheet(db, input, contextOf(db, context)),
  'costs.edits': (db, input) => costEdits(db, input),
  'costs.rejected': (db) => rejectedRows(db),
  ...fileQueries,
  ...DIGEST_QUERIES,
  'sources.catalogue': () => sourceCatalogue(),
  'sources.list': (db) => listSources(db),
  ...SOURCE_UPKEEP_QUERIES,
  'sources.completeness': (db) => completeness(db),
  'usage.sources': (db) => usageSources(db),
  'usage.active': (db, input) => activeUsers(db, input),
  'usage.features': (db, input) => featureUse(db, input),
  'usage.behind': (db, input) => useBehind(db, input),
  'usage.funnel': (db, input, context) => funnel(db, input, contextOf(db, context).today),
  'usage.limits': (db, input, context) => limitUse(db, input, contextOf(db, context).today),
  'usage.limitsOfCustomer': (db, input, context) => customerLimits(db, input, contextOf(db, context).today),
  'usage.daysOfUse': (db, input, context) => daysOfUse(db, input, contextOf(db, context).today),
  'usage.ofCustomer': (db, input, context) => usageOfCustomer(db, input, contextOf(db, context).today),
  'usage.mapping': (db, input) => usageMapping(db, input),
  'usage.preview': (db, input) => previewMapping(db, input),
  'identity.accounts': (db, input) => listAccounts(db, input),
  'identity.alike': (db, input) => alikeCustomers(db, input),
  'identity.ofCustomer': (db, input) => recordsOfCustomer(db, input),
  'identity.decisions': (db, input) => listDecisions(db, input),
  'support.desk': (db, input, context) => deskReport(db, input, contextOf(db, context)),
  'support.nps': (db, input, context) => npsReport(db, input, contextOf(db, context)),
  'support.ofCustomer': (db, input) => supportOfCustomer(db, input),
  'crmFields.list': (db) => listFields(db, crmFieldSettings),
  'crmFields.changes': (db) => listFieldChanges(db),
  'cash.payouts': (db, input, context) => payouts(db, input, contextOf(db, context)),
  'cash.openQuotes': (db, input, context) => openQuotes(db, input, contextOf(db, context)),
  'cash.plannedChanges': (db, input, context) => plannedChanges(db, input, contextOf(db, context)),
  'cash.meterUsage': (db, input, context) => meterUsage(db, input, contextOf(db, context)),
  'closing.list': (db, _input, context) => closingList(db, readWorkspace(db).closeOnDay, contextOf(db, context)),
  'closing.reported': (db, { month }, context) => reportedMonth(db, month, contextOf(db, context)),
  'closing.compare': (db, { month }, context) => comparedMonth(db, month, contextOf(db, context)),
  'closing.restatements': (db, input) => restatements(db, input),
  'sources.quarantine': (db, input) => setAside(db, input),
  'alerts.list': (db, input, { nowMs }) => listAlerts(db, input, instant(nowMs)),
  'alerts.rules': (db) => listRules(db),
  'alerts.quiet': (db, _input, { nowMs }) => {
    const { quietHours: hours, timeZone: zone } = readWorkspace(db);
    return quietNow(db, { hours, zone }, instant(nowMs));
  },
  'reports.boardPack': (db, { month, shows }, context) => {
    const { companyName } = readWorkspace(db);
    return boardPack(db, { month, companyName, shows }, contextOf(db, context));
  },
  'revops.deferredRevenue': (db, input, context) => deferredRevenue(db, input, contextOf(db, context)),
  'retention.cohorts': (db, input, context) => cohorts(db, input, contextOf(db, context)),
  'retention.members': (db, input, context) => cohortMembers(db, input, contextOf(db, context)),
  'retention.survival': (db, input, context) => survival(db, input, contextOf(db, context)),
  'retention.trials': (db, input, context) => trialCohorts(db, input, contextOf(db, context)),
  'retention.returned': (db, input, context) => returned(db, input, contextOf(db, context)),
  'revenue.recovery': (db, input, context) => recovery(db, input, contextOf(db, context)),
  'revenue.churn': (db, input, context) => churnReport(db, input, contextOf(db, context)),
  'revenue.timeToPay': (db, input, context) => timeToPay(db, input, contextOf(db, context)),
  'revenue.byPart': (db, input, context) => revenueByPart(db, input, contextOf(db, context)),
  'revenue.discounts': (db, input, context) => discounts(db, input, contextOf(db, context)),
  'revenue.cliffs': (db, input, context) => cliffs(db, input, contextOf(db, context)),
  'reports.archive': (db) => listReportFiles(db),
};
