// Written by `npm run gen:db-types` from the migrations; not to be edited by hand.
import type { Generated } from 'kysely';

export interface ActiveSketchTable {
  source_id: number;
  day_on: string;
  usage_batch_id: number;
  users: Uint8Array;
  accounts: Uint8Array;
}

export interface ActiveUserTable {
  source_id: number;
  period: string;
  starts_on: string;
  users: number;
  accounts: number;
  is_exact: number;
}

export interface AlertTable {
  alert_id: Generated<number>;
  rule: string;
  dedupe_key: string;
  severity: string;
  title: string;
  body: string;
  customer_id: number | null;
  amount_minor: number | null;
  currency: string | null;
  raised_at: number;
  happened_on: string;
  state: string;
  snoozed_until_at: number | null;
  read_at: number | null;
  closed_at: number | null;
  closed_by: string | null;
  target: string;
  next_action: string | null;
  delivery: string;
  facts: string | null;
}

export interface AlertBaselineTable {
  source_id: Generated<number>;
  baseline_at: number;
}

export interface AlertConditionTable {
  rule: string;
  subject: string;
  since_at: number;
}

export interface AlertRuleTable {
  rule: string;
  enabled: number;
  notify: number;
  threshold: number | null;
  digest: Generated<number>;
}

export interface AnnotationTable {
  annotation_id: Generated<number>;
  noted_on: string;
  text: string;
  created_at: number;
  changed_at: number;
  removed_at: number | null;
}

export interface BalanceTransactionTable {
  source_id: number;
  id: string;
  type: string;
  reporting_category: string;
  source_object_id: string | null;
  currency: string;
  amount_minor: number;
  fee_minor: number;
  net_minor: number;
  created_at: number;
  available_at: number;
}

export interface BillingCustomerTable {
  source_id: number;
  id: string;
  customer_id: number;
  name: string | null;
  email: string | null;
  description: string | null;
  currency: string | null;
  country: string | null;
  created_at: number;
  deleted_at: number | null;
  delinquent: number;
  balance_minor: number;
  discounts: string;
  metadata: string;
}

export interface BillingMeterTable {
  source_id: number;
  id: string;
  title: string;
  event_name: string;
  active: number;
  adds_up: number;
}

export interface CalendarDayTable {
  starts_at: number;
  day: string;
}

export interface ChargeTable {
  source_id: number;
  id: string;
  billing_customer_id: string | null;
  invoice_id: string | null;
  payment_intent_id: string | null;
  status: string;
  currency: string;
  amount_minor: number;
  amount_refunded_minor: number;
  created_at: number;
  failure_code: string | null;
  failure_message: string | null;
  balance_transaction_id: string | null;
  amount_captured_minor: number | null;
}

export interface ClosingFlowChangeTable {
  change_id: Generated<number>;
  kind: string;
  source_id: number | null;
  object_id: string;
  flowed_at: number;
  currency: string;
  before_minor: number | null;
  after_minor: number | null;
}

export interface ClosingWatchTable {
  watch_id: Generated<number>;
  movement_head: number;
  rates_revision: number;
  basis: string;
  pending_from: string | null;
  closed_until_at: number;
}

export interface CockpitViewTable {
  view_id: Generated<number>;
  name: string;
  layout: string | null;
  filters: Generated<string>;
  opens: Generated<number>;
  created_at: number;
  removed_at: number | null;
  place: Generated<number>;
}

export interface ContactTable {
  host: string;
  contacted_on: string;
  requests: number;
  failures: number;
  bytes_sent: number;
  bytes_got: number;
  last_at: number;
}

export interface CostTable {
  month: string;
  kind: string;
  channel_key: string;
  currency: string;
  channel: string | null;
  amount_minor: number;
  note: string | null;
  cost_edit_id: number;
  entered_at: number;
  changed_at: number;
}

export interface CostChangeTable {
  cost_edit_id: number;
  month: string;
  kind: string;
  channel_key: string;
  currency: string;
  before: string | null;
  after: string | null;
}

export interface CostEditTable {
  cost_edit_id: Generated<number>;
  act: string;
  file: string | null;
  undoes_id: number | null;
  made_at: number;
  undone_at: number | null;
}

export interface CostRejectTable {
  cost_edit_id: number;
  line: number;
  reason: string;
  text: string;
  dismissed_at: number | null;
}

export interface CouponTable {
  source_id: number;
  id: string;
  body: string;
}

export interface CreditNoteTable {
  source_id: number;
  id: string;
  invoice_id: string;
  billing_customer_id: string;
  currency: string;
  created_at: number;
  voided_at: number | null;
  status: string;
  type: string;
  reason: string | null;
  total_minor: number;
  total_excluding_tax_minor: number;
  refunds: string | null;
  lines: string | null;
}

export interface CrmAccountTable {
  source_id: number;
  id: string;
  name: string | null;
  domain: string | null;
  country: string | null;
  industry: string | null;
  employees: number | null;
  owner_id: string | null;
  billing_customer_id: string | null;
  created_at: number;
  deleted_at: number | null;
  fields: string;
}

export interface CrmContactTable {
  source_id: number;
  id: string;
  account_id: string | null;
  name: string | null;
  email: string | null;
  title: string | null;
  owner_id: string | null;
  created_at: number;
  deleted_at: number | null;
  fields: string;
}

export interface CrmDealTable {
  source_id: number;
  id: string;
  name: string;
  account_id: string | null;
  contact_ids: string;
  owner_id: string | null;
  pipeline_id: string;
  stage_id: string;
  amount_minor: number | null;
  currency: string | null;
  close_on: string | null;
  created_at: number;
  last_activity_at: number | null;
  next_activity_at: number | null;
  loss_reason: string | null;
  deleted_at: number | null;
  fields: string;
  territory_id: string | null;
}

export interface CrmDealLineTable {
  source_id: number;
  id: string;
  deal_id: string | null;
  product_id: string | null;
  name: string | null;
  quantity: string;
  amount_minor: number | null;
  currency: string | null;
  deleted_at: number | null;
}

export interface CrmDealStageTable {
  source_id: number;
  deal_id: string;
  position: number;
  stage_id: string;
  entered_at: number;
}

export interface CrmFieldTable {
  source_id: number;
  object: string;
  key: string;
  label: string;
  type: string;
}

export interface CrmFieldChangeTable {
  change_id: Generated<number>;
  changed_at: number;
  source_id: number;
  object: string;
  key: string;
  before: string | null;
  after: string | null;
  undoes_id: number | null;
}

export interface CrmFieldMeaningTable {
  source_id: number;
  object: string;
  key: string;
  meaning: string;
  slice: string | null;
}

export interface CrmOwnerTable {
  source_id: number;
  id: string;
  name: string | null;
  email: string | null;
  team: string | null;
  active: number;
}

export interface CrmPipelineTable {
  source_id: number;
  id: string;
  name: string;
  position: number;
  archived: number;
  stages: string;
}

export interface CrmTerritoryTable {
  source_id: number;
  id: string;
  name: string;
  parent_id: string | null;
}

export interface CustomerTable {
  customer_id: Generated<number>;
  name: string;
  email: string | null;
  country: string | null;
  created_at: number;
  erased_at: number | null;
  merged_into_id: number | null;
  named_source_id: number | null;
  named_record_id: string | null;
}

export interface CustomerBlockTable {
  block_id: Generated<number>;
  body: Uint8Array;
}

export interface CustomerStandingTable {
  customer_id: Generated<number>;
  standing: string;
  reporting_minor: number | null;
  plan: string | null;
  first_paid_on: string | null;
  churned_on: string | null;
  next_change_on: string | null;
}

export interface DeferredIndexTable {
  name: string;
  sql: string;
}

export interface DigestTable {
  digest_id: Generated<number>;
  kind: string;
  from_on: string;
  to_on: string;
  made_at: number;
  made_as: string;
  headline: string;
  body: Uint8Array;
  file: string | null;
  format: string | null;
  bytes: number | null;
  pages: number | null;
}

export interface DigestToldTable {
  kind: string;
  settled_at: number;
}

export interface DirtyCustomerTable {
  customer_id: Generated<number>;
}

export interface DiscountRollupTable {
  changed_on: string;
  currency: string;
  delta: number;
}

export interface DiscountSpanTable {
  customer_id: number;
  source_id: number;
  subscription_id: string;
  effective_at: number;
  from_on: string;
  next_at: number | null;
  until_on: string | null;
  currency: string;
  annual_minor: number;
  listed_minor: number;
  next_annual_minor: number;
  parts: Generated<string>;
}

export interface DiscountStaleTable {
  customer_id: Generated<number>;
}

export interface DisputeTable {
  source_id: number;
  id: string;
  charge_id: string | null;
  status: string;
  reason: string | null;
  currency: string;
  amount_minor: number;
  created_at: number;
  reinstated_at: number | null;
}

export interface ErasedSubjectTable {
  digest: Uint8Array;
  erasure_id: number;
}

export interface ErasureTable {
  erasure_id: Generated<number>;
  customer_id: number;
  made_at: number;
  row_count: number;
}

export interface EventPropertyTable {
  source_id: number;
  name: string;
  seen: number;
}

export interface ExchangeRateTable {
  provider: string;
  base: string;
  quote: string;
  rate_on: string;
  rate: string;
}

export interface FailedPaymentTable {
  source_id: number;
  payment_id: string;
  billing_customer_id: string;
  charge_id: string;
  invoice_id: string | null;
  currency: string;
  amount_minor: number;
  failed_at: number;
  failed_tries: number;
  failure_code: string | null;
  recovered_at: number | null;
}

export interface FileAlsoTable {
  object: string;
  file_record_id: number;
}

export interface FileBeforeTable {
  file_import_id: number;
  file_record_id: number;
  before: string;
}

export interface FileDirtyObjectTable {
  source_id: number;
  object: string;
}

export interface FileImportTable {
  file_import_id: Generated<number>;
  file_stream_id: number | null;
  kind: string;
  file: string;
  bytes: number;
  fingerprint: string;
  mapping: string;
  state: string;
  upload_id: number | null;
  cost_edit_id: number | null;
  started_at: number;
  ended_at: number | null;
  undone_at: number | null;
  row_count: Generated<number>;
  added: Generated<number>;
  changed: Generated<number>;
  unchanged: Generated<number>;
  repeated: Generated<number>;
  rejected: Generated<number>;
  conflicts: Generated<number>;
}

export interface FileMappingTable {
  file_mapping_id: Generated<number>;
  kind: string;
  header: string;
  mapping: string;
  saved_at: number;
  used_at: number;
  forgotten_at: number | null;
}

export interface FileOverlapTable {
  file_import_id: number;
  earlier_id: number;
}

export interface FileRecordTable {
  file_record_id: Generated<number>;
  file_stream_id: number;
  record_key: string;
  file_import_id: number;
  line: number;
  part_of: string | null;
  also_of: string | null;
  body: string;
}

export interface FileRejectTable {
  file_import_id: number;
  line: number;
  field: string | null;
  reason: string;
  text: string;
}

export interface FileStreamTable {
  file_stream_id: Generated<number>;
  source_id: number;
  kind: string;
}

export interface FileUploadTable {
  upload_id: Generated<number>;
  name: string;
  bytes: number;
  received: number;
  path: string | null;
  spool_key: Uint8Array | null;
  state: string;
  problem: string | null;
  settings: string;
  reading: string | null;
  fingerprint: string | null;
  begun_at: number;
}

export interface FirstPaymentTable {
  source_id: number;
  billing_customer_id: string;
  invoice_id: string;
  paid_at: number;
}

export interface FirstVisitTable {
  source_id: number;
  day_on: string;
  channel: string;
  visitors: number;
}

export interface FlowRollupTable {
  flowed_on: string;
  kind: string;
  currency: string;
  amount_minor: number;
  entries: number;
}

export interface GaugeRollupTable {
  gauge: string;
  changed_on: string;
  currency: string;
  delta: number;
}

export interface IdentityComparedAccountTable {
  source_id: number;
  account_id: string;
  digest: Uint8Array;
  is_whole: number;
}

export interface IdentityComparedCustomerTable {
  customer_id: Generated<number>;
  digest: Uint8Array;
}

export interface IdentityDecisionTable {
  decision_id: Generated<number>;
  decided_at: number;
  by_hand: number;
  action: string;
  source_id: number;
  record_id: string;
  customer_id: number;
  from_customer_id: number | null;
  evidence: string;
  undoes_id: number | null;
  act_id: number | null;
  former_rule: string | null;
  former_decision_id: number | null;
}

export interface IdentityLinkTable {
  source_id: number;
  account_id: string;
  customer_id: number;
  rule: string;
  decision_id: number;
}

export interface IdentitySuggestionTable {
  source_id: number;
  account_id: string;
  customer_id: number;
  rule: string;
  score: number;
  evidence: string;
}

export interface InvoiceTable {
  source_id: number;
  id: string;
  number: string | null;
  billing_customer_id: string;
  subscription_id: string | null;
  status: string;
  billing_reason: string | null;
  currency: string;
  created_at: number;
  finalized_at: number | null;
  paid_at: number | null;
  voided_at: number | null;
  uncollectible_at: number | null;
  due_at: number | null;
  period_start_at: number;
  period_end_at: number;
  subtotal_minor: number;
  discount_minor: number;
  tax_minor: number;
  total_minor: number;
  amount_due_minor: number;
  amount_paid_minor: number;
  amount_remaining_minor: number;
  starting_balance_minor: number;
  ending_balance_minor: number | null;
  attempt_count: number;
  next_attempt_at: number | null;
  collection: string;
}

export interface InvoiceCountedTable {
  counted_day: number;
  source_id: number;
  created_day: number;
}

export interface InvoiceDayTable {
  source_id: number;
  created_day: number;
  first_id: string;
  last_id: string;
}

export interface InvoiceLineTable {
  source_id: number;
  invoice_id: string;
  position: number;
  id: string;
  subscription_id: string | null;
  subscription_item_id: string | null;
  kind: string;
  price_id: string | null;
  product_id: string | null;
  price: string | null;
  description: string | null;
  quantity: string;
  amount_minor: number;
  discounts: string | null;
  taxes: string | null;
  period_start_at: number;
  period_end_at: number;
  proration: number;
}

export interface InvoicePaymentTable {
  source_id: number;
  id: string;
  invoice_id: string;
  payment_intent_id: string | null;
  charge_id: string | null;
  status: string;
  currency: string;
  amount_paid_minor: number | null;
  created_at: number;
}

export interface JobTable {
  job_id: Generated<number>;
  kind: string;
  title: string;
  exclusive_key: string | null;
  payload: string;
  state: string;
  step: string | null;
  done: number | null;
  total: number | null;
  result: string | null;
  error_code: string | null;
  error_message: string | null;
  attempt: number;
  created_at: number;
  started_at: number | null;
  ended_at: number | null;
}

export interface LedgerBasisTable {
  basis_id: Generated<number>;
  time_zone: string;
  currency: string;
  policy: string;
  rules_version: number;
}

export interface LedgerHeadTable {
  name: string;
  value: number;
}

export interface LedgerItemTable {
  item_id: Generated<number>;
  source_id: number;
  price_id: string;
  product_id: string | null;
}

export interface LedgerRateTable {
  currency: string;
  moved_on: string;
  rate: string;
}

export interface LedgerRunTable {
  run_id: Generated<number>;
  started_at: number;
  ended_at: number | null;
  cause: string;
  customers: Generated<number>;
  added: Generated<number>;
  reversed: Generated<number>;
}

export interface MeterUsageTable {
  source_id: number;
  billing_customer_id: string;
  meter_id: string;
  used_on: string;
  quantity: number;
}

export interface MonthCloseTable {
  close_id: Generated<number>;
  month: string;
  version: number;
  closed_at: number;
  closed_by: string;
  time_zone: string;
  currency: string;
  policy: string;
  rules_version: number;
  program_version: string;
  ledger_run_id: number;
  movement_head: number;
  snapshot: string;
  bridge: string;
  flows: string;
  movements: Uint8Array;
  pack: Uint8Array;
  sources: string;
  rates: string;
  gaps: string;
  previous_hash: string;
  hash: string;
}

export interface MonthReopeningTable {
  close_id: Generated<number>;
  reopened_at: number;
  reason: string;
}

export interface MovementTable {
  movement_id: Generated<number>;
  run_id: number;
  customer_id: number;
  moved_on: string;
  kind: string;
  reason: string | null;
  source_id: number;
  subscription_id: string;
  price_id: string;
  product_id: string | null;
  currency: string;
  annual_minor: number;
  reporting_minor: number | null;
  evidence: string;
  evidence_id: string;
  reverses_id: number | null;
}

export interface MovementRollupTable {
  moved_on: string;
  kind: string;
  currency: string;
  annual_minor: number;
  reporting_minor: number;
  unvalued_minor: number;
  customers: number;
}

export interface NpsResponseTable {
  source_id: number;
  id: string;
  contact_id: string;
  score: number;
  responded_on: string;
  comment: string | null;
  survey: string | null;
}

export interface PaymentIntentTable {
  source_id: number;
  id: string;
  billing_customer_id: string | null;
  invoice_id: string | null;
  status: string;
  currency: string;
  amount_minor: number;
  created_at: number;
  canceled_at: number | null;
  cancellation_reason: string | null;
  next_action: string | null;
  failure_code: string | null;
  decline_code: string | null;
  failure_message: string | null;
  charge_id: string | null;
}

export interface PayoutTable {
  source_id: number;
  id: string;
  status: string;
  currency: string;
  amount_minor: number;
  created_at: number;
  arrival_at: number;
  automatic: number;
  failure_code: string | null;
  failure_message: string | null;
  balance_transaction_id: string | null;
  membership: string;
}

export interface PayoutPartTable {
  source_id: number;
  payout_id: string;
  balance_transaction_id: string;
}

export interface PriceTable {
  source_id: number;
  id: string;
  product_id: string | null;
  nickname: string | null;
  currency: string;
  body: string;
}

export interface ProductTable {
  source_id: number;
  id: string;
  name: string;
  active: number;
  metadata: string;
}

export interface ProductAccountTable {
  product_account_id: Generated<number>;
  source_id: number;
  id: string;
  name: string | null;
  domain: string | null;
  emails: string;
  billing_customer_id: string | null;
  channel: string | null;
  first_seen_at: number | null;
  signed_up_at: number | null;
  activated_at: number | null;
  deleted_at: number | null;
}

export interface ProductEventTable {
  product_event_id: Generated<number>;
  source_id: number;
  name: string;
  is_feature: number | null;
}

export interface QuarantineTable {
  quarantine_id: Generated<number>;
  source_id: number;
  stream: string;
  object_id: string;
  reason: string;
  path: string;
  record: Uint8Array;
  first_seen_at: number;
  last_seen_at: number;
}

export interface QuoteTable {
  source_id: number;
  id: string;
  number: string | null;
  billing_customer_id: string | null;
  status: string;
  currency: string | null;
  total_minor: number;
  recurring_minor: number | null;
  recurring_interval: string | null;
  recurring_count: number | null;
  created_at: number;
  finalized_at: number | null;
  accepted_at: number | null;
  canceled_at: number | null;
  expires_at: number;
  subscription_id: string | null;
  invoice_id: string | null;
}

export interface RawObjectTable {
  source_id: number;
  type: string;
  object_id: string;
  hash: Uint8Array;
  fetched_at: number;
  payload: Uint8Array;
}

export interface RefundTable {
  source_id: number;
  id: string;
  charge_id: string | null;
  payment_intent_id: string | null;
  status: string | null;
  reason: string | null;
  currency: string;
  amount_minor: number;
  created_at: number;
}

export interface ReleaseTable {
  source_id: number;
  id: string;
  released_on: string;
  title: string;
  link: string | null;
}

export interface RelistedTable {
  source_id: number;
  type: string;
  object_id: string;
}

export interface ReportFileTable {
  report_id: Generated<number>;
  kind: string;
  month: string;
  format: string;
  file: string;
  bytes: number;
  pages: number | null;
  created_at: number;
}

export interface RestatementTable {
  restatement_id: Generated<number>;
  close_id: number;
  line: string;
  customer_id: number | null;
  native_currency: string | null;
  native_before_minor: number | null;
  native_after_minor: number | null;
  before_minor: number;
  after_minor: number;
  cause: string;
  detail: string;
  source_id: number | null;
  object_id: string | null;
  ledger_run_id: number | null;
  found_at: number;
}

export interface RestatementRollupTable {
  close_id: number;
  line: string;
  cause: string;
  change_minor: number;
  entries: number;
}

export interface ScheduleTable {
  name: string;
  kind: string;
  payload: string;
  every_minutes: number;
  next_at: number;
  last_job_id: number | null;
}

export interface SecretTable {
  source_id: number;
  name: string;
  value: string;
}

export interface SegmentTable {
  segment_id: Generated<number>;
  name: string;
  filter: string;
  created_at: number;
  removed_at: number | null;
}

export interface SettingTable {
  name: string;
  value: string;
}

export interface SourceTable {
  source_id: Generated<number>;
  vendor: string;
  name: string;
  config: string;
  account_id: string | null;
  account_name: string | null;
  state: string;
  connected_at: number;
  disconnected_at: number | null;
  live_mode: number | null;
  counts: Generated<number>;
}

export interface SourceBudgetTable {
  source_id: number;
  budget: string;
  title: string;
  allowed: number | null;
  remaining: number;
  resets_at: number | null;
  seen_at: number;
}

export interface StateBlockTable {
  block_id: Generated<number>;
  body: Uint8Array;
}

export interface StatePartTable {
  part_id: Generated<number>;
  body: string;
}

export interface StreamStateTable {
  source_id: number;
  stream: string;
  cursor: string | null;
  backfilled_at: number | null;
  synced_at: number | null;
  sync_run_id: number | null;
  fetched: Generated<number>;
  changed: Generated<number>;
  quarantined: Generated<number>;
  complete: Generated<number>;
  proof: string | null;
  whole_from: number | null;
  expected: number | null;
  outcome: string | null;
  problem: string | null;
  ended_at: number | null;
}

export interface SubscriptionTable {
  source_id: number;
  id: string;
  billing_customer_id: string;
  status: string;
  currency: string;
  created_at: number;
  started_at: number;
  trial_end_at: number | null;
  cancel_at: number | null;
  canceled_at: number | null;
  ended_at: number | null;
  seen_at: number;
  body: string;
}

export interface SubscriptionSightingTable {
  source_id: number;
  subscription_id: string;
  seen_at: number;
  seen_by: string;
  event_id: string;
  event_type: string | null;
  body: string;
}

export interface SubscriptionStateTable {
  source_id: number;
  subscription_id: string;
  effective_at: number;
  effective_on: string;
  customer_id: number;
  status: string;
  standing: string;
  currency: string;
  annual_minor: number;
  trial_minor: number;
  scheduled_end: number;
  evidence: string;
  evidence_id: string;
  body: string;
}

export interface SupportAccountTable {
  source_id: number;
  id: string;
  name: string | null;
  domain: string | null;
  external_id: string | null;
}

export interface SupportCompanyTable {
  source_id: number;
  id: string;
  name: string | null;
  domain: string | null;
  external_id: string | null;
  seen_at: number;
}

export interface SupportContactTable {
  source_id: number;
  id: string;
  company_id: string | null;
  name: string | null;
  email: string | null;
  external_id: string | null;
  seen_at: number;
  account_id: string | null;
}

export interface SupportTicketTable {
  source_id: number;
  id: string;
  contact_id: string | null;
  company_id: string | null;
  status: string;
  priority: string | null;
  channel: string | null;
  opened_at: number;
  first_response_seconds: number | null;
  solved_at: number | null;
  reopens: number | null;
  deleted_at: number | null;
}

export interface SyncPaceTable {
  source_id: Generated<number>;
  remaining_seconds: number | null;
  per_second: number | null;
  measured_at: number;
}

export interface SyncPlanTable {
  source_id: Generated<number>;
  next_at: number;
  failures: Generated<number>;
  waits_for: string;
}

export interface SyncRunTable {
  sync_run_id: Generated<number>;
  source_id: number;
  started_at: number;
  ended_at: number | null;
  outcome: string | null;
  error_code: string | null;
  error_message: string | null;
  requests: Generated<number>;
}

export interface TargetTable {
  target_id: Generated<number>;
  metric: string;
  starts_on: string;
  start_value: number | null;
  due_on: string;
  value: number;
  currency: string | null;
  shape: string;
}

export interface TargetEditTable {
  edit_id: Generated<number>;
  target_id: number;
  made_at: number;
  before: string | null;
  after: string | null;
  undone_at: number | null;
}

export interface TrialTable {
  source_id: number;
  subscription_id: string;
  customer_id: number;
  started_on: string;
  ended_on: string | null;
  converted_on: string | null;
  currency: string | null;
  item_id: number | null;
}

export interface UnvaluedItemTable {
  source_id: number;
  subscription_id: string;
  item_id: string;
  customer_id: number;
  from_on: string;
  until_on: string | null;
  what: string;
  reason: string;
  annual_minor: number | null;
  currency: string | null;
}

export interface UsageBatchTable {
  usage_batch_id: Generated<number>;
  source_id: number;
  name: string;
  digest: Uint8Array;
  first_on: string;
  last_on: string;
  events: number;
}

export interface UsageDayTable {
  product_account_id: number;
  day_on: string;
  product_event_id: number;
  usage_batch_id: number;
  count: number;
  users: number;
}

export interface UsageEventDayTable {
  source_id: number;
  day_on: string;
  product_event_id: number;
  usage_batch_id: number;
  count: number;
  users: number;
  accounts: number;
}

export interface UsageLevelTable {
  source_id: number;
  subscription_id: string;
  item_id: string;
  changed_on: string;
  customer_id: number;
  currency: string;
  annual_minor: number;
}

export interface UsageLimitTable {
  usage_limit_id: Generated<number>;
  source_id: number;
  event: string;
  measure: string;
  plan: string | null;
  customer_id: number | null;
  amount: number;
}

export interface VisitTable {
  visit_id: Generated<number>;
  began_at: number;
  seen_at: number;
  looked_at: number | null;
  movement_head: number | null;
  restatement_head: number | null;
  known_until: string | null;
  basis: string | null;
}

export interface VisitorTable {
  source_id: number;
  visitor: number;
  seen_at: number;
  channel: string;
}

export interface Database {
  active_sketch: ActiveSketchTable;
  active_user: ActiveUserTable;
  alert: AlertTable;
  alert_baseline: AlertBaselineTable;
  alert_condition: AlertConditionTable;
  alert_rule: AlertRuleTable;
  annotation: AnnotationTable;
  balance_transaction: BalanceTransactionTable;
  billing_customer: BillingCustomerTable;
  billing_meter: BillingMeterTable;
  calendar_day: CalendarDayTable;
  charge: ChargeTable;
  closing_flow_change: ClosingFlowChangeTable;
  closing_watch: ClosingWatchTable;
  cockpit_view: CockpitViewTable;
  contact: ContactTable;
  cost: CostTable;
  cost_change: CostChangeTable;
  cost_edit: CostEditTable;
  cost_reject: CostRejectTable;
  coupon: CouponTable;
  credit_note: CreditNoteTable;
  crm_account: CrmAccountTable;
  crm_contact: CrmContactTable;
  crm_deal: CrmDealTable;
  crm_deal_line: CrmDealLineTable;
  crm_deal_stage: CrmDealStageTable;
  crm_field: CrmFieldTable;
  crm_field_change: CrmFieldChangeTable;
  crm_field_meaning: CrmFieldMeaningTable;
  crm_owner: CrmOwnerTable;
  crm_pipeline: CrmPipelineTable;
  crm_territory: CrmTerritoryTable;
  customer: CustomerTable;
  customer_block: CustomerBlockTable;
  customer_standing: CustomerStandingTable;
  deferred_index: DeferredIndexTable;
  digest: DigestTable;
  digest_told: DigestToldTable;
  dirty_customer: DirtyCustomerTable;
  discount_rollup: DiscountRollupTable;
  discount_span: DiscountSpanTable;
  discount_stale: DiscountStaleTable;
  dispute: DisputeTable;
  erased_subject: ErasedSubjectTable;
  erasure: ErasureTable;
  event_property: EventPropertyTable;
  exchange_rate: ExchangeRateTable;
  failed_payment: FailedPaymentTable;
  file_also: FileAlsoTable;
  file_before: FileBeforeTable;
  file_dirty_object: FileDirtyObjectTable;
  file_import: FileImportTable;
  file_mapping: FileMappingTable;
  file_overlap: FileOverlapTable;
  file_record: FileRecordTable;
  file_reject: FileRejectTable;
  file_stream: FileStreamTable;
  file_upload: FileUploadTable;
  first_payment: FirstPaymentTable;
  first_visit: FirstVisitTable;
  flow_rollup: FlowRollupTable;
  gauge_rollup: GaugeRollupTable;
  identity_compared_account: IdentityComparedAccountTable;
  identity_compared_customer: IdentityComparedCustomerTable;
  identity_decision: IdentityDecisionTable;
  identity_link: IdentityLinkTable;
  identity_suggestion: IdentitySuggestionTable;
  invoice: InvoiceTable;
  invoice_counted: InvoiceCountedTable;
  invoice_day: InvoiceDayTable;
  invoice_line: InvoiceLineTable;
  invoice_payment: InvoicePaymentTable;
  job: JobTable;
  ledger_basis: LedgerBasisTable;
  ledger_head: LedgerHeadTable;
  ledger_item: LedgerItemTable;
  ledger_rate: LedgerRateTable;
  ledger_run: LedgerRunTable;
  meter_usage: MeterUsageTable;
  month_close: MonthCloseTable;
  month_reopening: MonthReopeningTable;
  movement: MovementTable;
  movement_rollup: MovementRollupTable;
  nps_response: NpsResponseTable;
  payment_intent: PaymentIntentTable;
  payout: PayoutTable;
  payout_part: PayoutPartTable;
  price: PriceTable;
  product: ProductTable;
  product_account: ProductAccountTable;
  product_event: ProductEventTable;
  quarantine: QuarantineTable;
  quote: QuoteTable;
  raw_object: RawObjectTable;
  refund: RefundTable;
  release: ReleaseTable;
  relisted: RelistedTable;
  report_file: ReportFileTable;
  restatement: RestatementTable;
  restatement_rollup: RestatementRollupTable;
  schedule: ScheduleTable;
  secret: SecretTable;
  segment: SegmentTable;
  setting: SettingTable;
  source: SourceTable;
  source_budget: SourceBudgetTable;
  state_block: StateBlockTable;
  state_part: StatePartTable;
  stream_state: StreamStateTable;
  subscription: SubscriptionTable;
  subscription_sighting: SubscriptionSightingTable;
  subscription_state: SubscriptionStateTable;
  support_account: SupportAccountTable;
  support_company: SupportCompanyTable;
  support_contact: SupportContactTable;
  support_ticket: SupportTicketTable;
  sync_pace: SyncPaceTable;
  sync_plan: SyncPlanTable;
  sync_run: SyncRunTable;
  target: TargetTable;
  target_edit: TargetEditTable;
  trial: TrialTable;
  unvalued_item: UnvaluedItemTable;
  usage_batch: UsageBatchTable;
  usage_day: UsageDayTable;
  usage_event_day: UsageEventDayTable;
  usage_level: UsageLevelTable;
  usage_limit: UsageLimitTable;
  visit: VisitTable;
  visitor: VisitorTable;
}
