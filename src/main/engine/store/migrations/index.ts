import { workspace } from './0010-workspace.ts';
import { billing } from './0020-billing.ts';
import { ledger } from './0030-ledger.ts';
import { jobs } from './0035-jobs.ts';
import { alerts } from './0040-alerts.ts';
import { subscriptionIndex } from './0050-subscription-index.ts';
import { stateBlocks } from './0051-state-blocks.ts';
import { closing } from './0070-closing.ts';
import { revenue } from './0075-revenue.ts';
import { costs } from './0060-costs.ts';
import { churnIndexes } from './0076-churn-indexes.ts';
import { discountSpans } from './0077-discount-spans.ts';
import { beginnings } from './0079-beginnings.ts';
import { crm } from './0090-crm.ts';
import { identity } from './0091-identity.ts';
import { territory } from './0092-territory.ts';
import { crmFields } from './0095-crm-fields.ts';
import { files } from './0110-files.ts';
import { closingFlows } from './0089-closing-flows.ts';
import { segments } from './0065-segments.ts';
import { productUsage } from './0100-product-usage.ts';
import { support } from './0140-support.ts';
import { merging } from './0120-merging.ts';
import { syncPlan } from './0135-sync-plan.ts';
import { accounts } from './0125-accounts.ts';
import { cash } from './0126-cash.ts';
import { meters } from './0127-meters.ts';
import { itemColumns } from './0150-item-columns.ts';
import { annotation } from './0151-annotation.ts';
import { release } from './0152-release.ts';
import { cockpitView } from './0153-cockpit-view.ts';
import { visit } from './0154-visit.ts';
import { cockpitIndexes } from './0155-cockpit-indexes.ts';
import { settings } from './0158-settings.ts';
import { targets } from './0160-targets.ts';
import { digests } from './0161-digests.ts';
import { comparedNames } from './0164-compared-names.ts';
import { calledOff } from './0165-called-off.ts';
import { alertFacts } from './0171-alert-facts.ts';
import { flowParts } from './0168-flow-parts.ts';
import { invoiceDays } from './0180-invoice-days.ts';
import { viewPlace } from './0173-view-place.ts';
import { waysBack } from './0174-ways-back.ts';
import { paymentIntents } from './0163-payment-intents.ts';
import { erasure } from './0176-erasure.ts';
import { rowsBefore } from './0177-rows-before.ts';
import { secondObjects } from './0178-second-objects.ts';
import { matchingChanges } from './0179-matching-changes.ts';
import { deferredIndexes } from './0185-deferred-indexes.ts';
import { fewerIndexes } from './0186-fewer-indexes.ts';
import { discountParts } from './0189-discount-parts.ts';
import type { Migration } from './migration.ts';

/** All migrations, oldest first. Imported and not read from files, because file look-ups do not survive bundling. */
export const MIGRATIONS: readonly Migration[] = [
  workspace,
  billing,
  ledger,
  jobs,
  alerts,
  subscriptionIndex,
  stateBlocks,
  costs,
  segments,
  closing,
  revenue,
  churnIndexes,
  discountSpans,
  beginnings,
  closingFlows,
  crm,
  identity,
  territory,
  crmFields,
  productUsage,
  files,
  merging,
  accounts,
  cash,
  meters,
  syncPlan,
  support,
  itemColumns,
  annotation,
  release,
  cockpitView,
  visit,
  cockpitIndexes,
  settings,
  targets,
  digests,
  paymentIntents,
  comparedNames,
  calledOff,
  flowParts,
  alertFacts,
  viewPlace,
  waysBack,
  erasure,
  rowsBefore,
  secondObjects,
  matchingChanges,
  invoiceDays,
  deferredIndexes,
  fewerIndexes,
  discountParts,
];
